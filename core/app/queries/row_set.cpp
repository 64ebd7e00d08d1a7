#include "app/queries/row_set.hpp"

#include <algorithm>
#include <utility>

#include "app/queries/ledger_queries.hpp"
#include "app/queries/record_json.hpp"
#include "app/reach.hpp"
#include "app/record_case.hpp"
#include "records/field_groups.hpp"
#include "records/filter.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

void name_unit(const Snapshot& snapshot, const org::UnitId& id, Json& row) {
  const auto* unit = snapshot.organisation().unit(id);
  row["unit"] = unit == nullptr ? "" : unit->name;
  row["unit_code"] = unit == nullptr ? "" : unit->code;
  row["unit_kind"] = unit == nullptr ? "" : unit->kind;
  row["today"] = base::to_string(snapshot.today);
}

bool is_within(const Json& row, const RowScope& scope) {
  return (scope.unit.empty() || row.at("unit_code") == scope.unit) &&
         (scope.period.empty() || row.at("period") == scope.period);
}

/// Reads records of one type for one reader.
class RecordRows {
 public:
  RecordRows(Snapshot& snapshot, const access::Principal& principal, const EnabledModule& module,
             const records::RecordType& type)
      : snapshot_(snapshot),
        principal_(principal),
        module_(module),
        type_(type),
        reach_(principal, snapshot) {}

  Result<std::vector<Json>> read(const RowSet& set, const RowScope& scope) {
    store::Statement statement(
        "SELECT r.id, r.unit, r.period, r.state, r.created_at, r.created_by, c.content,"
        " COALESCE(c.schema_version, r.schema_version), r.sensitivity FROM record r JOIN "
        "record_content c"
        " ON c.record = r.id AND c.content_version = r.content_version WHERE r.module = ");
    statement.value(set.module).text(" AND r.type = ").value(set.record_type).text(" AND ");
    records::restrict_to(reach_.visibility(), statement);
    const auto found = statement.text(" ORDER BY r.id").rows(snapshot_.session);
    if (!found) return base::pass(found);
    std::vector<Json> rows;
    for (const auto& one : *found) {
      auto row = row_of(one);
      if (!row) return base::pass(std::move(row));
      if (!is_within(*row, scope)) continue;
      auto content = content_for_reader(one);
      if (!content) return base::pass(std::move(content));
      (*row)["content"] = std::move(*content);
      if (records::is_meant(set.filter, *row)) rows.push_back(std::move(*row));
    }
    return rows;
  }

 private:
  Result<Json> row_of(const store::Row& row) const {
    const auto created = base::local_date(base::from_millis(row.integer(4)), snapshot_.zone);
    if (!created) return base::pass(created);
    const auto state = type_.states.find(row.text(3));
    Json json{{"id", row.text(0)},
              {"record", row.text(0)},
              {"type", type_.key},
              {"period", row.text(2)},
              {"state", row.text(3)},
              {"state_title", state == type_.states.end() ? Json() : state->second.title},
              {"created_on", base::to_string(*created)},
              {"sensitivity", std::string(name_of(sensitivity_of(row)))}};
    name_unit(snapshot_, {row.text(1)}, json);
    return json;
  }

  rules::Sensitivity sensitivity_of(const store::Row& row) const {
    return records::sensitivity_in(row, 8).value_or(type_.sensitivity);
  }

  // Whoever does not stand on the owner's side sees what was sent, as on the record's own page.
  Result<Json> content_for_reader(const store::Row& row) {
    const Matter matter{&type_, {row.text(1)}, row.text(5), sensitivity_of(row)};
    if (!reach_.reads_as_owner(module_, matter)) return content_as_sent(row.text(0));
    auto content = base::parse_json(row.text(6));
    if (!content) return content;
    auto shown =
        records::up_cast(type_.up_casts, std::move(*content), row.integer(7), type_.schema_version);
    records::leave_out(type_, reach_.actor_on(module_, matter, nullptr).groups, shown);
    return shown;
  }

  Result<Json> content_as_sent(const std::string& record) {
    auto open = open_case(snapshot_, principal_, record);
    if (!open) return base::pass(std::move(open));
    if (auto shown = show_as_sent(snapshot_, *open); !shown) return base::pass(std::move(shown));
    records::leave_out(type_, open->actor.groups, open->record.content);
    return std::move(open->record.content);
  }

  Snapshot& snapshot_;
  const access::Principal& principal_;
  const EnabledModule& module_;
  const records::RecordType& type_;
  Reach reach_;
};

Result<std::vector<Json>> record_rows(Snapshot& snapshot, const access::Principal& principal,
                                      const RowSet& set, const RowScope& scope) {
  const auto type = snapshot.modules().type(set.module, set.record_type);
  if (!type) return base::pass(type);
  const auto& module = **snapshot.modules().find(set.module);
  return RecordRows(snapshot, principal, module, **type).read(set, scope);
}

// Of the list of obligations, an item as a row.
Json row_of_item(const Snapshot& snapshot, const EnabledModule& module, const Json& item) {
  Json row = item;
  const auto rule = std::ranges::find(module.obligations, item.at("rule").get<std::string>(),
                                      &records::ObligationRule::key);
  row["matter_title"] = item.at("title");
  row["basis"] = rule == module.obligations.end() ? "" : rule->basis;
  auto names = Json::array();
  for (const auto& to : item.at("recipients")) {
    for (const auto& unit : to.at("units")) names.push_back(unit.at("name"));
  }
  row["recipients"] = std::move(names);
  const auto* unit =
      snapshot.organisation().unit_by_code(item.at("owner").at("code").get<std::string>());
  name_unit(snapshot, unit == nullptr ? org::UnitId{} : unit->id, row);
  return row;
}

Result<std::vector<Json>> obligation_rows(Snapshot& snapshot, const access::Principal& principal,
                                          const RowSet& set, const RowScope& scope) {
  const auto module = snapshot.modules().find(set.module);
  if (!module) return base::pass(module);
  ObligationFilter filter;
  filter.module = set.module;
  filter.unit = scope.unit;
  filter.period = scope.period;
  const auto list = list_obligations(principal, filter, {Page::kAll, ""})(snapshot);
  if (!list) return base::pass(list);
  std::vector<Json> rows;
  for (const auto& item : list->at("items")) {
    if (!item.at("history").is_null()) continue;  // nobody owes it: it is in no table and no count
    const auto rule = item.at("rule").get<std::string>();
    if (std::ranges::find(set.rules, rule) == set.rules.end()) continue;
    auto row = row_of_item(snapshot, **module, item);
    if (records::is_meant(set.filter, row)) rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const Json& row) { return row.at("id").get<std::string>(); });
  return rows;
}

}  // namespace

RowSet row_set_of(const std::string& module, const Json& declared) {
  return {module, declared.value("record_type", ""),
          declared.value("obligations", std::vector<std::string>{}),
          declared.value("filter", Json::object())};
}

Result<std::vector<Json>> rows_for(Snapshot& snapshot, const access::Principal& principal,
                                   const RowSet& set, const RowScope& scope) {
  return set.record_type.empty() ? obligation_rows(snapshot, principal, set, scope)
                                 : record_rows(snapshot, principal, set, scope);
}

}  // namespace zeren::app
