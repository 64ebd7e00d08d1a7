#include "records/link.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::Row;
using store::Session;
using store::Value;

constexpr std::array<std::string_view, 3> kLinkStates = {"proposed", "confirmed", "taken_back"};

LinkState link_state(const std::string& name) {
  const auto* const found = std::ranges::find(kLinkStates, name);
  base::invariant(found != kLinkStates.end(), "links are written with name_of()");
  return static_cast<LinkState>(found - kLinkStates.begin());
}

constexpr auto kEnd = " r.id, r.version, r.module, r.type, r.unit, r.period, r.state ";

LinkedRecord end_of(const Row& row, std::size_t at) {
  return {row.text(at),       row.integer(at + 1), row.text(at + 2), row.text(at + 3),
          {row.text(at + 4)}, row.text(at + 5),    row.text(at + 6)};
}

// The links whose column `here` is the record, with the record in the column `there`.
Result<std::vector<Link>> load_side(Session& session, const std::string& record, const std::string& here,
                                    const std::string& there) {
  const auto rows = session.query("SELECT k.id, k.version, k.kind, k.state, k.proposed_by, k.proposed_at, k.reason," +
                                      std::string(kEnd) + "FROM record_link k JOIN record r ON r.id = k." + there +
                                      " WHERE k." + here + " = :1 AND k.state <> 'taken_back' ORDER BY k.id",
                                  std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<Link> links;
  for (const auto& row : *rows) {
    links.push_back({row.text(0), row.integer(1), row.text(2), link_state(row.text(3)), row.text(4),
                     base::from_millis(row.integer(5)), row.text(6), end_of(row, 7)});
  }
  return links;
}

Result<void> load_content(Session& session, LinkedRecord& linked) {
  const auto row = session.first(
      "SELECT c.content, COALESCE(c.schema_version, r.schema_version) FROM record r JOIN record_content c"
      " ON c.record = r.id AND c.content_version = r.content_version WHERE r.id = :1",
      std::vector<Value>{linked.id});
  if (!row) return base::pass(row);
  base::invariant(row->has_value(), "every record has content");
  auto content = base::parse_json((*row)->text(0));
  if (!content) return base::pass(std::move(content));
  linked.content = std::move(*content);
  linked.content_schema = (*row)->integer(1);
  return {};
}

}  // namespace

std::string_view name_of(LinkState state) { return kLinkStates.at(static_cast<std::size_t>(state)); }

base::Json title_of(LinkState state) {
  constexpr std::array<std::array<std::string_view, 2>, 3> kTitles = {
      {{"Proposed", "待确认"}, {"Confirmed", "已确认"}, {"Taken back", "已撤销"}}};
  const auto& title = kTitles.at(static_cast<std::size_t>(state));
  return {{"en", std::string(title[0])}, {"zh-CN", std::string(title[1])}};
}

Result<Links> load_links(Session& session, const std::string& record) {
  auto out = load_side(session, record, "record", "target");
  if (!out) return base::pass(std::move(out));
  auto in = load_side(session, record, "target", "record");
  if (!in) return base::pass(std::move(in));
  return Links{std::move(*out), std::move(*in)};
}

Result<void> load_linked_contents(Session& session, const std::string& module, Links& links) {
  for (auto* side : {&links.out, &links.in}) {
    for (auto& link : *side) {
      if (link.other.module != module) continue;
      if (auto loaded = load_content(session, link.other); !loaded) return loaded;
    }
  }
  return {};
}

Result<std::optional<LinkedRecord>> find_linked(Session& session, const std::string& record) {
  const auto row = session.first("SELECT" + std::string(kEnd) + "FROM record r WHERE r.id = :1",
                                 std::vector<Value>{record});
  if (!row) return base::pass(row);
  if (!*row) return std::optional<LinkedRecord>{};
  return std::optional(end_of(**row, 0));
}

}  // namespace zeren::records
