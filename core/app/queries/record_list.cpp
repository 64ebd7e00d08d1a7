// The list of records: narrowed by what every record has, and within a type by the fields it indexes.
#include <algorithm>
#include <charconv>
#include <set>

#include "app/queries/ledger_queries.hpp"
#include "app/queries/left_out.hpp"
#include "app/queries/list_filter.hpp"
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

Result<void> narrow_by_fields(const records::RecordType& type, const RecordFilter& filter,
                              store::Statement& statement) {
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
  constexpr std::size_t kWords = records::kLineWidth;
  constexpr std::size_t kNumber = kWords + 1;
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

// The predicate of every list; narrower as soon as fields are asked for.
records::Visibility visible(const Reach& reach, const records::RecordType* type, const RecordFilter& filter) {
  if (type == nullptr || (filter.fields.empty() && filter.order.empty())) return reach.visibility();
  return records::own_side(reach.visibility(), groups_asked(*type, filter));
}

// None while the module that knows the type is not in force.
std::optional<Json> record_line(const Snapshot& snapshot, const Reach& reach,
                                const records::RecordLine& line) {
  const auto module = snapshot.modules().find(line.module);
  const auto type = snapshot.modules().type(line.module, line.type);
  if (!module || !type) return std::nullopt;
  // The title of a draft is the owner's; a recipient opens what it was sent.
  const auto matter = matter_of(**type, line);
  const auto group = (*type)->field_groups.find("title");
  const bool shown = reach.reads_as_owner(**module, matter) &&
                     (group == (*type)->field_groups.end() ||
                      reach.actor_on(**module, matter, nullptr).groups.contains(group->second));
  return Json{{"id", line.id}, {"version", line.version}, {"module", line.module},
              {"type", line.type}, {"type_title", (*type)->title},
              {"unit", unit_reference(snapshot, line.unit)}, {"period", line.period},
              {"state", line.state}, {"state_title", (*type)->state(line.state).title},
              {"title", shown ? line.title : ""}};
}

// A cursor belongs to one question.
std::string list_of(const RecordFilter& filter) {
  return Json{"records", filter.module, filter.type, filter.unit, filter.period, filter.state, filter.fields, filter.order}
      .dump();
}

tl::unexpected<base::Error> malformed(const char* english, const char* chinese) {
  return base::fail(Code::RequestMalformed, {{"reason", english}, {"reason.zh-CN", chinese}});
}

// Null when all types are asked for.
Result<const records::RecordType*> type_asked(Snapshot& snapshot, const RecordFilter& filter) {
  if (!filter.type.empty() && filter.module.empty()) {
    return malformed("\"type\" is a type of a \"module\": name both", "type 须与 module 一并指定");
  }
  if (!filter.type.empty()) return snapshot.modules().type(filter.module, filter.type);
  if (!filter.fields.empty() || !filter.order.empty()) {
    return malformed("records are narrowed and ordered by fields within a \"type\": name it and its \"module\"",
                     "按字段筛选或排序时须用 module 和 type 指明记录类型");
  }
  if (auto known = check_module(snapshot, filter.module); !known) return base::pass(std::move(known));
  return nullptr;
}

Result<void> check_state(const Snapshot& snapshot, const RecordFilter& filter) {
  if (filter.state.empty()) return {};
  std::set<std::string> states;
  for (const auto& [id, module] : snapshot.modules().all()) {
    for (const auto& [key, type] : module.types) {
      const bool asked = (filter.module.empty() || filter.module == id) && (filter.type.empty() || filter.type == key);
      if (!asked) continue;
      for (const auto& [state, body] : type.states) states.insert(state);
    }
  }
  if (states.contains(filter.state)) return {};
  std::string known;
  for (const auto& state : states) known.append(known.empty() ? "" : ", ").append(state);
  return base::fail(Code::RequestMalformed,
                    {{"reason", "no state is called \"" + filter.state + "\"; there is: " + known},
                     {"reason.zh-CN", "没有名为“" + filter.state + "”的状态；可选：" + known}});
}

// By what every record has.
Result<void> narrow_by_columns(const Snapshot& snapshot, const RecordFilter& filter, store::Statement& statement) {
  if (auto fit = check_state(snapshot, filter); !fit) return fit;
  if (auto fit = check_period(filter.period); !fit) return fit;
  std::string unit;
  if (!filter.unit.empty()) {
    const auto called = unit_called(snapshot, filter.unit);
    if (!called) return base::pass(called);
    unit = called->value;
  }
  for (const auto& [column, value] : {std::pair{"module", filter.module}, std::pair{"type", filter.type},
                                      std::pair{"unit", unit}, std::pair{"period", filter.period},
                                      std::pair{"state", filter.state}}) {
    if (!value.empty()) statement.text(std::string(" AND r.") + column + " = ").value(value);
  }
  return {};
}

// One more than the page has, to tell whether there is a next one.
Result<store::Rows> found_rows(Snapshot& snapshot, const Reach& reach, const records::RecordType* type,
                               const RecordFilter& filter, const Page& page) {
  const auto ordering = type == nullptr ? Result<Ordering>(Ordering{}) : ordering_of(*type, filter.order);
  if (!ordering) return base::pass(ordering);
  const auto after = key_of_cursor(list_of(filter), page.cursor);
  if (!after) return base::pass(after);
  store::Statement statement("SELECT ");
  statement.text(records::kLineColumns)
      .text(", o.words, o.number FROM record r"
            " JOIN record_content c ON c.record = r.id AND c.content_version = r.content_version"
            " LEFT JOIN record_index o ON o.record = r.id AND o.field = ")
      .value(ordering_field(filter))
      .text(" WHERE ");
  records::restrict_to(visible(reach, type, filter), statement);
  if (auto done = narrow_by_columns(snapshot, filter, statement); !done) return base::pass(std::move(done));
  if (type != nullptr) {
    if (auto done = narrow_by_fields(*type, filter, statement); !done) return base::pass(std::move(done));
  }
  if (auto begun = skip_to(*after, *ordering, statement); !begun) return base::pass(std::move(begun));
  put_in_order(*ordering, statement);
  return statement.text(" LIMIT ").value(page.limit + 1).rows(snapshot.session);
}

}  // namespace

Query list_records(const access::Principal& principal, const RecordFilter& filter, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto type = type_asked(snapshot, filter);
    if (!type) return base::pass(type);
    const Reach reach(principal, snapshot);
    const auto rows = found_rows(snapshot, reach, *type, filter, page);
    if (!rows) return base::pass(rows);
    const auto shown = std::min(rows->size(), static_cast<std::size_t>(page.limit));
    Json answer{{"items", Json::array()}, {"next", nullptr}};
    for (std::size_t i = 0; i < shown; ++i) {
      const auto line = records::line_in((*rows)[i]);
      if (!line) return base::pass(line);
      auto item = record_line(snapshot, reach, *line);
      if (item) answer["items"].push_back(std::move(*item));
    }
    if (rows->size() > shown) {
      const auto ordering = *type == nullptr ? Ordering{} : *ordering_of(**type, filter.order);
      answer["next"] = cursor_after(list_of(filter), search_key(ordering, (*rows)[shown - 1]));
    }
    tell_left_out(snapshot, filter.module, answer);
    return answer;
  };
}

}  // namespace zeren::app
