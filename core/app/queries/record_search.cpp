// Records of one type by the fields it indexes.
#include <algorithm>
#include <charconv>

#include "app/queries/ledger_queries.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using records::IndexedAs;
using records::IndexedField;

tl::unexpected<base::Error> not_indexed(const records::RecordType& type, const std::string& field) {
  std::string known;
  for (const auto& each : type.indexed) known += (known.empty() ? "" : ", ") + each.name;
  return base::fail(Code::RequestMalformed,
                    {{"reason", "records of this type are not listed by \"" + field + "\"; there is " + known},
                     {"reason.zh-CN", "该类记录不能按“" + field + "”查询，可用字段：" + known}});
}

Result<IndexedField> indexed(const records::RecordType& type, const std::string& field) {
  const auto found = std::ranges::find(type.indexed, field, &IndexedField::name);
  if (found == type.indexed.end()) return not_indexed(type, field);
  return *found;
}

Result<store::Value> value_of(const IndexedField& field, const std::string& text) {
  if (field.as == IndexedAs::Words) return store::Value(text);
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, number);
  if (failure == std::errc{} && at == end) return store::Value(number);
  return base::fail(Code::RequestMalformed, {{"reason", field.name + " takes a whole number"},
                                             {"reason.zh-CN", field.name + " 须为整数"}});
}

const char* column_of(const IndexedField& field) {
  return field.as == IndexedAs::Words ? "words" : "number";
}

Result<void> narrow(const records::RecordType& type, const RecordFilter& filter, store::Statement& statement) {
  for (const auto& [name, text] : filter.fields) {
    const auto field = indexed(type, name);
    if (!field) return base::pass(field);
    const auto value = value_of(*field, text);
    if (!value) return base::pass(value);
    statement.text(" AND EXISTS (SELECT 1 FROM record_index i WHERE i.record = r.id AND i.field = ")
        .value(name)
        .text(std::string(" AND i.") + column_of(*field) + " = ")
        .value(*value)
        .text(")");
  }
  return {};
}

// Those without the field come last, whichever way the others go.
Result<void> put_in_order(const records::RecordType& type, const std::string& order,
                          store::Statement& statement) {
  if (order.empty()) {
    statement.text(" ORDER BY r.id DESC");
    return {};
  }
  const bool descending = order.front() == '-';
  const auto field = indexed(type, descending ? order.substr(1) : order);
  if (!field) return base::pass(field);
  const std::string column = std::string("o.") + column_of(*field);
  statement.text(" ORDER BY CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + column +
                 (descending ? " DESC" : "") + ", r.id DESC");
  return {};
}

std::string ordering_field(const RecordFilter& filter) {
  return filter.order.starts_with('-') ? filter.order.substr(1) : filter.order;
}

// Groups of the fields that are asked for: whoever may not see a field must not learn it by searching.
std::vector<std::string> groups_asked(const records::RecordType& type, const RecordFilter& filter) {
  std::vector<std::string> groups;
  const auto add = [&](const std::string& field) {
    const auto group = type.field_groups.find(field);
    if (group != type.field_groups.end()) groups.push_back(group->second);
  };
  for (const auto& [name, text] : filter.fields) add(name);
  add(ordering_field(filter));
  return groups;
}

// Where a role lets its holder see all of `groups`.
std::vector<store::Value> own_units(const EnabledModule& module, const records::Actor& actor,
                                    const std::vector<std::string>& groups) {
  std::vector<store::Value> units;
  for (const auto& held : actor.roles) {
    const auto& seen = module.roles.find(held.role)->groups;
    const bool all = std::ranges::all_of(groups, [&](const std::string& group) {
      return std::ranges::find(seen, group) != seen.end();
    });
    if (all) units.emplace_back(held.unit.value);
  }
  return units;
}

Json found_json(const Snapshot& snapshot, const records::RecordType& type, const store::Row& row) {
  const auto state = type.states.find(row.text(4));
  return {{"id", row.text(0)},
          {"version", row.integer(1)},
          {"module", type.module},
          {"type", type.key},
          {"type_title", type.title},
          {"unit", unit_reference(snapshot, {row.text(2)})},
          {"period", row.text(3)},
          {"state", row.text(4)},
          {"state_title", state == type.states.end() ? Json() : state->second.title},
          {"title", ""}};
}

}  // namespace

Query search_records(const access::Principal& principal, const RecordFilter& filter, std::int64_t limit) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto type = snapshot.modules().type(filter.module, filter.type);
    if (!type) return base::pass(type);
    const auto& module = **snapshot.modules().find(filter.module);
    const Reach reach(principal, snapshot);
    const auto units = own_units(module, reach.actor(module), groups_asked(**type, filter));
    if (units.empty()) return Json{{"items", Json::array()}, {"next", Json()}};
    store::Statement statement("SELECT r.id, r.version, r.unit, r.period, r.state FROM record r"
                               " LEFT JOIN record_index o ON o.record = r.id AND o.field = ");
    statement.value(ordering_field(filter))
        .text(" WHERE r.module = ").value(filter.module)
        .text(" AND r.type = ").value(filter.type)
        .text(" AND r.unit IN ").list(units)
        .text(" AND ");
    records::restrict_to(reach.visibility(), statement);
    if (auto done = narrow(**type, filter, statement); !done) return base::pass(std::move(done));
    auto ordered = put_in_order(**type, filter.order, statement);
    if (!ordered) return base::pass(std::move(ordered));
    const auto rows = statement.text(" LIMIT ").value(limit).rows(snapshot.session);
    if (!rows) return base::pass(rows);
    auto items = Json::array();
    for (const auto& row : *rows) items.push_back(found_json(snapshot, **type, row));
    return Json{{"items", std::move(items)}, {"next", Json()}};
  };
}

}  // namespace zeren::app
