#include "app/queries/inbox_queries.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/officials.hpp"
#include "app/reach.hpp"
#include "app/queries/unit_reference.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Value;

const Json& title_of_kind(const std::string& kind) {
  static const std::map<std::string, Json> kTitles = {
      {"due_soon", {{"en", "Due soon"}, {"zh-CN", "即将到期"}}},
      {"overdue", {{"en", "Overdue"}, {"zh-CN", "已逾期"}}},
      {"task_overdue", {{"en", "Task overdue"}, {"zh-CN", "任务逾期"}}},
      {"receipt_missing", {{"en", "To be signed for"}, {"zh-CN", "催办签收"}}},
      {"receipt_escalated", {{"en", "Not signed for below"}, {"zh-CN", "下级逾期未签收"}}}};
  static const Json kNone = Json::object();
  const auto found = kTitles.find(kind);
  return found == kTitles.end() ? kNone : found->second;
}

// The predicate, as a condition on `inbox_item i`.
void restrict_inbox(Snapshot& snapshot, const access::Principal& principal, store::Statement& statement) {
  statement.text("NOT EXISTS (SELECT 1 FROM recusal x WHERE x.record = i.record AND x.person = ")
      .value(principal.person.value)
      .text(") AND (0 = 1");
  for (const auto& [id, module] : snapshot.modules().all()) {
    std::vector<Value> units;
    for (const auto& held : actor_of(principal, module, snapshot).roles) {
      units.emplace_back(held.unit.value);
    }
    if (units.empty()) continue;
    statement.text(" OR (i.post = '' AND i.module = ").value(id).text(" AND i.unit IN ").list(units).text(")");
  }
  const Reach reach(principal, snapshot);
  std::vector<Value> posts;
  for (const auto& post : reach.visibility().posts) posts.emplace_back(post.value);
  if (!posts.empty()) statement.text(" OR i.post IN ").list(posts);
  statement.text(")");
}

Json item_json(const Snapshot& snapshot, const store::Row& row) {
  const auto& record = row.text(5);
  const auto& due = row.text(6);
  const auto title = row.optional_text(9);
  return {{"id", row.text(0)},
          {"kind", row.text(1)},
          {"title", title ? Json::parse(*title, nullptr, false) : title_of_kind(row.text(1))},
          {"module", row.text(2)},
          {"unit", unit_reference(snapshot, {row.text(3)})},
          {"subject", row.text(4)},
          {"record", record.empty() ? Json() : Json(record)},
          {"due", due.empty() ? Json() : Json(due)},
          {"at", base::to_string(base::from_millis(row.integer(7)))},
          {"read", !row.is_null(8)}};
}

}  // namespace

Query list_inbox(const access::Principal& principal, bool unread, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const std::string_view list = unread ? "inbox unread" : "inbox";
    auto after = text_of_cursor(list, page.cursor);
    if (!after) return base::pass(std::move(after));
    store::Statement statement(
        "SELECT i.id, i.kind, i.module, i.unit, i.subject, i.record, i.due, i.at, m.at, i.title FROM inbox_item i"
        " LEFT JOIN inbox_read m ON m.item = i.id AND m.account = ");
    statement.value(principal.id).text(" WHERE ");
    if (unread) statement.text("m.at IS NULL AND ");
    restrict_inbox(snapshot, principal, statement);
    if (!after->empty()) statement.text(" AND i.id < ").value(*after);
    // One more than is shown, to know whether there is a next page.
    const auto rows = statement.text(" ORDER BY i.id DESC LIMIT ").value(page.limit + 1).rows(snapshot.session);
    if (!rows) return base::pass(rows);
    Json answer{{"items", Json::array()}, {"next", nullptr}};
    auto& items = answer["items"];
    for (const auto& row : *rows) {
      if (static_cast<std::int64_t>(items.size()) == page.limit) {
        answer["next"] = cursor_after(list, Json::array({items.back().at("id")}));
        break;
      }
      items.push_back(item_json(snapshot, row));
    }
    return answer;
  };
}

Command mark_read(const access::Principal& principal, const std::string& item) {
  return {"inbox.read", [=](Snapshot& snapshot) -> Result<store::ChangeSet> {
            store::Statement statement("SELECT m.at FROM inbox_item i LEFT JOIN inbox_read m"
                                       " ON m.item = i.id AND m.account = ");
            statement.value(principal.id).text(" WHERE i.id = ").value(item).text(" AND ");
            restrict_inbox(snapshot, principal, statement);
            const auto row = statement.first(snapshot.session);
            if (!row) return base::pass(row);
            if (!*row) return base::fail(base::Code::InboxItemUnknown, {{"item", item}});
            store::ChangeSet change;
            change.answer = {{"id", item}, {"read", true}};
            if (!(*row)->is_null(0)) return change;
            change.rows.push_back({store::RowWrite::Kind::Insert,
                                   "inbox_read",
                                   {{"item", item}, {"account", principal.id}},
                                   {{"at", base::to_millis(snapshot.now)}}});
            return change;
          }};
}

}  // namespace zeren::app
