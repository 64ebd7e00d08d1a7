#include "store/tables.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/invariant.hpp"
#include "store/statement.hpp"

namespace zeren::store {
namespace {

using base::Code;
using base::Result;

constexpr std::array kTables = {
    Table{"audit_entry", TableKind::Log, "idx"},
    Table{"audit_leaf", TableKind::Log, "idx"},
    Table{"audit_value", TableKind::Log, "entry,name"},
    Table{"audit_head", TableKind::Log, "id"},
    Table{"audit_checkpoint", TableKind::Log, "size"},
    Table{"unit", TableKind::Tracked, "id,rev"},
    Table{"relation", TableKind::Tracked, "id,rev"},
    Table{"person", TableKind::Tracked, "id,rev"},
    Table{"post", TableKind::Tracked, "id,rev"},
    Table{"appointment", TableKind::Tracked, "id,rev"},
    Table{"portfolio", TableKind::Tracked, "id,rev"},
    Table{"epoch", TableKind::Tracked, "name"},
    Table{"account", TableKind::Tracked, "id", "password"},
    Table{"sign_in", TableKind::Tracked, "id", "csrf"},
    Table{"second_factor", TableKind::Tracked, "account", "secret"},
    Table{"access_grant", TableKind::Tracked, "id"},
    Table{"token", TableKind::Tracked, "id"},
    Table{"module", TableKind::Tracked, "id"},
    Table{"rule_layer", TableKind::Tracked, "unit,module,parameter,valid_from"},
    Table{"waiver", TableKind::Tracked, "unit,module,parameter,valid_from"},
    Table{"record", TableKind::Tracked, "id"},
    Table{"record_content", TableKind::Tracked, "record,content_version"},
    Table{"step_taken", TableKind::Tracked, "record,version"},
    Table{"dispatch", TableKind::Tracked, "id"},
    Table{"leg", TableKind::Tracked, "id"},
    Table{"leg_entry", TableKind::Tracked, "leg,kind"},
    Table{"task", TableKind::Tracked, "id"},
    Table{"recusal", TableKind::Tracked, "id"},
    Table{"comment", TableKind::Tracked, "id"},
    Table{"attachment", TableKind::Tracked, "id"},
    Table{"record_link", TableKind::Tracked, "id"},
    Table{"reuse", TableKind::Tracked, "obligation"},
    Table{"act_noted", TableKind::Tracked, "id"},
    Table{"webhook", TableKind::Tracked, "id", "secret"},
    Table{"inbox_item", TableKind::Tracked, "id"},
    Table{"reaction", TableKind::Tracked, "module,event,place"},
    Table{"history_import", TableKind::Tracked, "id"},
    Table{"history_row", TableKind::Tracked, "id"},
    Table{"obligation", TableKind::Derived, "id"},
    Table{"record_index", TableKind::Derived, "record,field"},
    Table{"outbox", TableKind::Operational, "seq"},
    Table{"outbox_cursor", TableKind::Operational, "consumer"},
    Table{"delivery", TableKind::Operational, "consumer,seq"},
    Table{"inbox_read", TableKind::Operational, "item,account"},
    Table{"scheduled", TableKind::Operational, "kind,subject,day"},
    Table{"schedule_mark", TableKind::Operational, "name"},
    Table{"lease", TableKind::Operational, "name"},
    Table{"idempotency", TableKind::Operational, "account,key"},
    Table{"one_time_code", TableKind::Operational, "account,step"},
    Table{"record_read", TableKind::Operational, "record,account"},
    Table{"session_use", TableKind::Operational, "session"},
    Table{"migration", TableKind::Operational, "step"},
};

Statement insert(const RowWrite& row, const Columns& extra) {
  Columns all = row.key;
  all.insert(all.end(), row.values.begin(), row.values.end());
  all.insert(all.end(), extra.begin(), extra.end());
  std::vector<Value> values;
  Statement statement("INSERT INTO ");
  statement.text(row.table);
  for (std::size_t i = 0; i < all.size(); ++i) {
    statement.text(i == 0 ? " (" : ", ").text(all[i].first);
    values.push_back(all[i].second);
  }
  return statement.text(") VALUES ").list(values);
}

Statement update(const RowWrite& row, const Columns& extra) {
  Columns changed = row.values;
  changed.insert(changed.end(), extra.begin(), extra.end());
  Statement statement("UPDATE ");
  statement.text(row.table).text(" SET ").assignments(changed, ", ");
  return statement.text(" WHERE ").assignments(row.key, " AND ");
}

Statement remove(const RowWrite& row) {
  Statement statement("DELETE FROM ");
  return statement.text(row.table).text(" WHERE ").assignments(row.key, " AND ");
}

Statement statement_for(const RowWrite& row, std::int64_t entry) {
  const bool tracked = table(row.table).kind == TableKind::Tracked;
  const Columns extra = tracked ? Columns{{"entry", entry}} : Columns{};
  switch (row.kind) {
    case RowWrite::Kind::Insert:
      return insert(row, extra);
    case RowWrite::Kind::Update:
      return update(row, extra);
    case RowWrite::Kind::Remove:
      break;
  }
  base::invariant(!tracked, "tracked rows are ended, never removed");
  return remove(row);
}

Result<void> write_batch(Session& session, const RowBatch& batch) {
  base::invariant(table(batch.table).kind != TableKind::Tracked, "tracked rows are written one by one");
  std::string names;
  std::string places;
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    names.append(i == 0 ? "" : ", ").append(batch.columns[i]);
    places.append(i == 0 ? ":" : ", :").append(std::to_string(i + 1));
  }
  return session.execute_each("INSERT INTO " + batch.table + " (" + names + ") VALUES (" + places + ")",
                              batch.rows);
}

base::Json object_of(const Columns& columns) {
  auto json = base::Json::object();
  for (const auto& [name, value] : columns) json[name] = to_json(value);
  return json;
}

}  // namespace

std::string_view name_of(Audience audience) {
  switch (audience) {
    case Audience::Host: return "host";
    case Audience::OwnSide: return "own_side";
    case Audience::Readers: return "readers";
    case Audience::Line: return "line";
  }
  return "host";
}

Audience audience_named(std::string_view name) {
  for (const auto audience : {Audience::OwnSide, Audience::Readers, Audience::Line}) {
    if (name_of(audience) == name) return audience;
  }
  return Audience::Host;
}

std::span<const Table> all_tables() { return kTables; }

const Table& table(std::string_view name) {
  const auto* const found = std::find_if(kTables.begin(), kTables.end(),
                                         [&](const Table& t) { return t.name == name; });
  base::invariant(found != kTables.end(), "plans write to tables of the schema");
  return *found;
}

Result<void> check_reads(Session& session, const ChangeSet& change) {
  for (const auto& read : change.reads) {
    Statement statement("SELECT version FROM ");
    statement.text(read.table).text(" WHERE ");
    const auto row = statement.assignments(read.key, " AND ").first(session);
    if (!row) return base::pass(row);
    const std::int64_t current = *row ? (*row)->integer(0) : 0;
    if (current != read.version) {
      return base::fail(Code::StaleRead,
                        {{"table", read.table}, {"key", object_of(read.key).dump()}});
    }
  }
  return {};
}

Result<void> write_rows(Session& session, const ChangeSet& change, std::int64_t entry) {
  for (const auto& row : change.rows) {
    if (auto done = statement_for(row, entry).run(session); !done) return done;
  }
  for (const auto& batch : change.batches) {
    if (auto done = write_batch(session, batch); !done) return done;
  }
  return {};
}

std::string secret_digest(std::string_view secret) { return base::to_base64(base::sha256(secret)); }

bool is_secret(const Table& table, std::string_view column) {
  std::string_view rest = table.secrets;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    if (rest.substr(0, end) == column) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

base::Json committed_rows(const ChangeSet& change) {
  auto rows = base::Json::array();
  for (const auto& row : change.rows) {
    const auto& shape = table(row.table);
    if (shape.kind != TableKind::Tracked) continue;
    auto values = object_of(row.values);
    for (auto& [column, value] : values.items()) {
      if (is_secret(shape, column) && value.is_string()) {
        value = secret_digest(value.get_ref<const std::string&>());
      }
    }
    rows.push_back(base::Json::array({row.table, object_of(row.key), std::move(values)}));
  }
  return rows;
}

}  // namespace zeren::store
