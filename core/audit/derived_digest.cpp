#include "audit/derived_digest.hpp"

#include <array>
#include <functional>
#include <utility>
#include <vector>

#include "audit/table_reader.hpp"
#include "base/json.hpp"

namespace zeren::audit {
namespace {

using base::Result;

using TakeRow = std::function<void(const std::string& key, const std::string& text)>;

// Hands every row over as canonical JSON, with the first column of its key.
Result<void> each_text(store::Session& session, std::string_view table, const TakeRow& take) {
  const auto columns = columns_of(session, table);
  if (!columns) return base::pass(columns);
  const auto& shape = store::table(table);
  const auto key = position_of(*columns, key_of(shape).front());
  const auto source = position_of(*columns, kDerivedSource);
  Result<void> state;
  std::vector<store::Value> cells;
  std::string text;
  auto read = each_row(session, shape, *columns, [&](const store::Row& row) {
    if (!state || (source < row.size() && !row.is_null(source))) return;
    cells.clear();
    text.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(value_of((*columns)[i], row.optional_text(i)));
    }
    state = store::append_canonical(cells, text);
    if (state) take(row.text(key), text);
  });
  if (!read) return read;
  return state;
}

}  // namespace

Result<std::string> table_digest(store::Session& session, std::string_view table) {
  base::Sha256 digest;
  digest.add("[");
  bool first = true;
  const auto read = each_text(session, table, [&](const std::string&, const std::string& text) {
    if (!first) digest.add(",");
    first = false;
    digest.add(text);
  });
  if (!read) return base::pass(read);
  digest.add("]");
  return base::to_base64(digest.finish());
}

void PartedDigest::replace(const std::string& from, const std::string& to, const PartedDigest& fresh) {
  const auto end = to.empty() ? parts_.end() : parts_.lower_bound(to);
  parts_.erase(parts_.lower_bound(from), end);
  parts_.insert(fresh.parts_.begin(), fresh.parts_.end());
}

Result<std::string> PartedDigest::text() const {
  std::string all = "[";
  for (const auto& [part, digest] : parts_) {
    if (all.size() > 1) all += ',';
    const std::array<store::Value, 2> row = {part, base::to_base64(digest)};
    if (auto done = store::append_canonical(row, all); !done) return base::pass(done);
  }
  return std::string(kMark) + base::to_base64(base::sha256(all + "]"));
}

void PartDigester::add(std::string_view key, std::string_view row) {
  const auto part = key.substr(0, PartedDigest::kPartName);
  if (rows_ && part != part_) end_part();
  if (rows_) {
    rows_->add(",");
  } else {
    rows_.emplace();
    rows_->add("[");
    part_ = part;
  }
  rows_->add(row);
}

void PartDigester::end_part() {
  rows_->add("]");
  digest_.set(part_, rows_->finish());
  rows_.reset();
}

PartedDigest PartDigester::finish() {
  if (rows_) end_part();
  return std::move(digest_);
}

Result<PartedDigest> parted_digest(store::Session& session, std::string_view table) {
  PartDigester digester;
  const auto read = each_text(session, table, [&](const std::string& key, const std::string& text) {
    digester.add(key, text);
  });
  if (!read) return base::pass(read);
  return digester.finish();
}

Result<std::string> digest_like(std::string_view example, store::Session& session, std::string_view table) {
  if (!example.starts_with(PartedDigest::kMark)) return table_digest(session, table);
  const auto digest = parted_digest(session, table);
  if (!digest) return base::pass(digest);
  return digest->text();
}

}  // namespace zeren::audit
