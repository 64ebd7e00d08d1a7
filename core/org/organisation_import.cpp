#include "org/organisation_import.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "org/import_check.hpp"
#include "org/import_draft.hpp"
#include "org/import_file.hpp"
#include "org/organisation_rows.hpp"

namespace zeren::org {
namespace {

using base::Code;
using base::Json;
using store::RowWrite;
using Faults = std::vector<base::Error>;

std::size_t file_rank(std::string_view file) {
  const auto shapes = import_shapes();
  const auto found = std::find_if(shapes.begin(), shapes.end(),
                                  [file](const ImportShape& each) { return each.file == file; });
  return static_cast<std::size_t>(found - shapes.begin());
}

void refuse_unknown_files(const ImportTexts& texts, Faults& faults) {
  std::string expected;
  for (const auto& shape : import_shapes()) {
    if (!expected.empty()) expected += ", ";
    expected += shape.file;
  }
  for (const auto& [file, text] : texts) {
    if (file_rank(file) < import_shapes().size()) continue;
    faults.push_back(
        {Code::CsvUnknownFile, {{"file", file}, {"expected", expected}}, {file, 0, 0, {}}, {}});
  }
}

ImportFiles read_files(const ImportTexts& texts, Faults& faults) {
  const auto read = [&](const ImportShape& shape) {
    const auto text = texts.find(shape.file);
    return text == texts.end() ? ImportFile{} : read_import_file(shape, text->second, faults);
  };
  return {read(units_shape()), read(relations_shape()), read(persons_shape()), read(posts_shape()),
          read(appointments_shape())};
}

tl::unexpected<base::Error> reject(Faults faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) {
    return std::tuple(file_rank(a.where.file), a.where.line, a.where.column) <
           std::tuple(file_rank(b.where.file), b.where.line, b.where.column);
  });
  const auto count = std::to_string(faults.size());
  return base::fail(Code::OrgRowsRejected, {{"count", count}}, {}, std::move(faults));
}

store::Columns key_of(const std::string& id, std::int64_t rev) {
  return {{"id", id}, {"rev", rev}};
}

// A correction ends the record time of the revision in force and adds the next one.
template <class T>
Json write(const std::vector<Proposal<T>>& proposals, base::Instant now,
           std::vector<RowWrite>& rows) {
  std::int64_t added = 0;
  std::int64_t corrected = 0;
  std::int64_t unchanged = 0;
  for (const auto& [value, row, replaces, same] : proposals) {
    if (same) {
      ++unchanged;
      continue;
    }
    ++(replaces == 0 ? added : corrected);
    const std::string table(table_of(value));
    if (replaces != 0) {
      rows.push_back({RowWrite::Kind::Update,
                      table,
                      key_of(value.id.value, replaces),
                      {{"known_to", base::to_millis(now)}}});
    }
    auto values = columns_of(value);
    values.emplace_back("known_from", base::to_millis(now));
    values.emplace_back("known_to", std::monostate{});
    rows.push_back(
        {RowWrite::Kind::Insert, table, key_of(value.id.value, replaces + 1), std::move(values)});
  }
  return Json{{"added", added}, {"corrected", corrected}, {"unchanged", unchanged}};
}

void bump_epoch(std::int64_t version, std::vector<RowWrite>& rows) {
  rows.push_back({version == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                  "epoch",
                  {{"name", std::string(kEpochName)}},
                  {{"version", version + 1}}});
}

store::ChangeSet change_of(const Organisation& current, const Draft& draft, base::Instant now) {
  store::ChangeSet change;
  change.act.action = "organisation.import";
  change.reads.push_back({"epoch", {{"name", std::string(kEpochName)}}, current.epoch()});
  change.answer["units"] = write(draft.units, now, change.rows);
  change.answer["relations"] = write(draft.relations, now, change.rows);
  change.answer["persons"] = write(draft.persons, now, change.rows);
  change.answer["posts"] = write(draft.posts, now, change.rows);
  change.answer["appointments"] = write(draft.appointments, now, change.rows);
  if (change.rows.empty()) return change;
  bump_epoch(current.epoch(), change.rows);
  change.act.objects.push_back({"organisation", std::string(kEpochName), current.epoch() + 1});
  change.events.push_back(
      {"zeren.organisation.changed", "organisation/" + std::string(kEpochName), change.answer});
  return change;
}

}  // namespace

base::Result<store::ChangeSet> plan_import(const Organisation& current, const ImportTexts& texts,
                                           base::IdGenerator& ids, base::Instant now) {
  Faults faults;
  refuse_unknown_files(texts, faults);
  const auto files = read_files(texts, faults);
  const auto draft = draft_import(current, files, ids, faults);
  check_draft(current, draft, faults);
  if (!faults.empty()) return reject(std::move(faults));
  return change_of(current, draft, now);
}

}  // namespace zeren::org
