#include "records/record_index.hpp"

#include "records/record_type.hpp"

namespace zeren::records {
namespace {

using base::Json;
using store::RowWrite;

store::Columns cell_of(const IndexedField& field, const Json& value) {
  if (field.as == IndexedAs::Words) return {{"words", value.get<std::string>()}};
  const auto number = value.is_boolean() ? std::int64_t{value.get<bool>()} : value.get<std::int64_t>();
  return {{"number", number}};
}

store::Columns key_of(const std::string& record, const std::string& field) {
  return {{"record", record}, {"field", field}};
}

}  // namespace

std::vector<IndexedField> indexed_fields(const Json& schema) {
  std::vector<IndexedField> fields;
  for (const auto& [name, body] : schema.at("properties").items()) {
    if (!body.value("index", false)) continue;
    fields.push_back({name, body.at("type") == "string" ? IndexedAs::Words : IndexedAs::Number});
  }
  return fields;
}

std::vector<RowWrite> index_rows(const std::vector<IndexedField>& fields, const std::string& record,
                                 const Json& content) {
  std::vector<RowWrite> rows;
  for (const auto& field : fields) {
    rows.push_back({RowWrite::Kind::Remove, "record_index", key_of(record, field.name), {}});
    const auto value = content.find(field.name);
    if (value == content.end() || value->is_null()) continue;
    rows.push_back(
        {RowWrite::Kind::Insert, "record_index", key_of(record, field.name), cell_of(field, *value)});
  }
  return rows;
}

base::Result<std::vector<RowWrite>> plan_reindex(store::Session& session, const RecordType& type) {
  const std::vector<store::Value> of{type.module, type.key};
  const auto stale = session.query(
      "SELECT i.record, i.field FROM record_index i JOIN record r ON r.id = i.record"
      " WHERE r.module = :1 AND r.type = :2", of);
  if (!stale) return base::pass(stale);
  std::vector<RowWrite> rows;
  for (const auto& row : *stale) {
    rows.push_back({RowWrite::Kind::Remove, "record_index", key_of(row.text(0), row.text(1)), {}});
  }
  const auto contents = session.query(
      "SELECT r.id, c.content, COALESCE(c.schema_version, r.schema_version) FROM record r"
      " JOIN record_content c ON c.record = r.id AND c.content_version = r.content_version"
      " WHERE r.module = :1 AND r.type = :2 ORDER BY r.id", of);
  if (!contents) return base::pass(contents);
  for (const auto& row : *contents) {
    auto content = base::parse_json(row.text(1));
    if (!content) return base::pass(std::move(content));
    const auto shown = up_cast(type.up_casts, std::move(*content), row.integer(2), type.schema_version);
    for (auto& one : index_rows(type.indexed, row.text(0), shown)) {
      if (one.kind == RowWrite::Kind::Insert) rows.push_back(std::move(one));
    }
  }
  return rows;
}

}  // namespace zeren::records
