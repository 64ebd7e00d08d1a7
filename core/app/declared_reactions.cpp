#include "app/declared_reactions.hpp"

#include <vector>

#include "manifest/active_parts.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

Json wish_of(const std::string& place, const char* command, Json body) {
  return {{"place", place}, {"command", command}, {"body", std::move(body)}};
}

Json notify_wish(const org::Unit& unit, const EnabledModule& module, const OutboxEvent& event, const Json& declared) {
  Json body{{"unit", unit.code}, {"title", declared.at("title")}};
  const bool own = event.data.value("module", "") == module.id && event.data.contains("record");
  if (own) body["record"] = event.data.at("record");
  return wish_of("notify", "notify", std::move(body));
}

// The module's records of the event's unit and period whose fields are as asked; not those that are closed.
Result<std::vector<std::string>> records_meant(Snapshot& snapshot, const records::RecordType& type,
                                               const OutboxEvent& event, const Json& where) {
  store::Statement statement("SELECT r.id, r.state FROM record r WHERE r.module = ");
  statement.value(type.module).text(" AND r.type = ").value(type.key);
  statement.text(" AND r.unit = ").value(event.data.value("unit", ""));
  statement.text(" AND r.period = ").value(event.data.value("period", ""));
  for (const auto& [field, text] : where.items()) {
    statement.text(" AND EXISTS (SELECT 1 FROM record_index i WHERE i.record = r.id AND i.field = ").value(field);
    statement.text(" AND i.words = ").value(text.get<std::string>()).text(")");
  }
  statement.text(" ORDER BY r.id");
  const auto rows = statement.rows(snapshot.session);
  if (!rows) return base::pass(rows);
  std::vector<std::string> records;
  for (const auto& row : *rows) {
    if (!type.is_closed(row.text(1))) records.push_back(row.text(0));
  }
  return records;
}

Result<void> propose_links(Snapshot& snapshot, const EnabledModule& module, const OutboxEvent& event,
                           const Json& declared, Json& wishes) {
  const auto about = event.data.value("record", "");
  const auto type = module.types.find(declared.at("to").get<std::string>());
  if (about.empty() || type == module.types.end()) return {};
  const auto meant = records_meant(snapshot, type->second, event, declared.value("where", Json::object()));
  if (!meant) return base::pass(meant);
  for (const auto& record : *meant) {
    if (record == about) continue;
    Json body{{"record", record}, {"kind", declared.at("kind")}, {"to", about}};
    wishes.push_back(wish_of("propose_link/" + record, "link", std::move(body)));
  }
  return {};
}

}  // namespace

Result<Json> declared_reactions(Snapshot& snapshot, const EnabledModule& module, const OutboxEvent& event,
                                const std::string& name) {
  auto wishes = Json::array();
  const auto reactions = manifest::active_parts(module.module->manifest().section("reactions"), module.uses);
  const auto* unit = snapshot.organisation().unit({event.data.value("unit", "")});
  if (unit == nullptr || !reactions.contains(name)) return wishes;
  const auto& declared = reactions.at(name);
  if (declared.contains("notify")) wishes.push_back(notify_wish(*unit, module, event, declared.at("notify")));
  if (!declared.contains("propose_link")) return wishes;
  const auto proposed = propose_links(snapshot, module, event, declared.at("propose_link"), wishes);
  if (!proposed) return base::pass(proposed);
  return wishes;
}

}  // namespace zeren::app
