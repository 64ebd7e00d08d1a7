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

// By which column of record_index, which way; without a column, the newest come first.
struct Ordering {
  std::string column;
  bool descending = false;
};

Result<Ordering> ordering_of(const records::RecordType& type, const std::string& order) {
  if (order.empty()) return Ordering{};
  const bool descending = order.front() == '-';
  const auto field = indexed(type, descending ? order.substr(1) : order);
  if (!field) return base::pass(field);
  return Ordering{std::string("o.") + column_of(*field), descending};
}

store::Value value_in(const Json& key) {
  return key.is_string() ? store::Value(key.get<std::string>()) : store::Value(key.get<std::int64_t>());
}

// A key is [id] or [value, id], the value null for a record without the field: those come last, whichever way the
// others go.
Result<void> skip_to(const Json& key, const Ordering& ordering, store::Statement& statement) {
  if (key.is_null()) return {};
  const std::size_t parts = ordering.column.empty() ? 1 : 2;
  const auto is_value = [](const Json& part) { return part.is_null() || part.is_string() || part.is_number_integer(); };
  if (key.size() != parts || !key.back().is_string() || !is_value(key.front())) {
    return base::fail(Code::CursorInvalid);
  }
  const store::Value id(key.back().get<std::string>());
  if (ordering.column.empty()) {
    statement.text(" AND r.id < ").value(id);
  } else if (key.front().is_null()) {
    statement.text(" AND " + ordering.column + " IS NULL AND r.id < ").value(id);
  } else {
    statement.text(" AND (" + ordering.column + " IS NULL OR " + ordering.column +
                   (ordering.descending ? " < " : " > "))
        .value(value_in(key.front()))
        .text(" OR (" + ordering.column + " = ")
        .value(value_in(key.front()))
        .text(" AND r.id < ")
        .value(id)
        .text("))");
  }
  return {};
}

void put_in_order(const Ordering& ordering, store::Statement& statement) {
  if (ordering.column.empty()) {
    statement.text(" ORDER BY r.id DESC");
    return;
  }
  statement.text(" ORDER BY CASE WHEN " + ordering.column + " IS NULL THEN 1 ELSE 0 END, " + ordering.column +
                 (ordering.descending ? " DESC" : "") + ", r.id DESC");
}

Json search_key(const Ordering& ordering, const store::Row& row) {
  constexpr std::size_t kWords = 5;
  constexpr std::size_t kNumber = 6;
  if (ordering.column.empty()) return Json::array({row.text(0)});
  const bool words = ordering.column == "o.words";
  if (row.is_null(words ? kWords : kNumber)) return Json::array({nullptr, row.text(0)});
  const Json value = words ? Json(row.text(kWords)) : Json(row.integer(kNumber));
  return Json::array({value, row.text(0)});
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

// A cursor belongs to one question.
std::string list_of(const RecordFilter& filter) {
  return Json{"records", filter.module, filter.type, filter.fields, filter.order}.dump();
}

// One more than the page has, to tell whether there is a next one.
Result<store::Rows> found_rows(Snapshot& snapshot, const records::RecordType& type, const Reach& reach,
                               const RecordFilter& filter, const Page& page,
                               const std::vector<store::Value>& units) {
  const auto ordering = ordering_of(type, filter.order);
  if (!ordering) return base::pass(ordering);
  const auto after = key_of_cursor(list_of(filter), page.cursor);
  if (!after) return base::pass(after);
  store::Statement statement("SELECT r.id, r.version, r.unit, r.period, r.state, o.words, o.number FROM record r"
                             " LEFT JOIN record_index o ON o.record = r.id AND o.field = ");
  statement.value(ordering_field(filter))
      .text(" WHERE r.module = ").value(filter.module)
      .text(" AND r.type = ").value(filter.type)
      .text(" AND r.unit IN ").list(units)
      .text(" AND ");
  records::restrict_to(reach.visibility(), statement);
  if (auto done = narrow(type, filter, statement); !done) return base::pass(std::move(done));
  if (auto begun = skip_to(*after, *ordering, statement); !begun) return base::pass(std::move(begun));
  put_in_order(*ordering, statement);
  return statement.text(" LIMIT ").value(page.limit + 1).rows(snapshot.session);
}

}  // namespace

Query search_records(const access::Principal& principal, const RecordFilter& filter, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto type = snapshot.modules().type(filter.module, filter.type);
    if (!type) return base::pass(type);
    const auto& module = **snapshot.modules().find(filter.module);
    const Reach reach(principal, snapshot);
    const auto units = own_units(module, reach.actor(module), groups_asked(**type, filter));
    if (units.empty()) return Json{{"items", Json::array()}, {"next", Json()}};
    const auto rows = found_rows(snapshot, **type, reach, filter, page, units);
    if (!rows) return base::pass(rows);
    const auto shown = std::min(rows->size(), static_cast<std::size_t>(page.limit));
    auto items = Json::array();
    for (std::size_t i = 0; i < shown; ++i) items.push_back(found_json(snapshot, **type, (*rows)[i]));
    Json next;
    if (rows->size() > shown) {
      next = cursor_after(list_of(filter), search_key(*ordering_of(**type, filter.order), (*rows)[shown - 1]));
    }
    return Json{{"items", std::move(items)}, {"next", std::move(next)}};
  };
}

}  // namespace zeren::app
