// A log over a database in which every tracked table has rows: what a check must be able to tell
// apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/derived_digest.hpp"
#include "audit/table_reader.hpp"
#include "unit/audit/audited_store.hpp"

namespace zeren::fixtures {

/// A row of `table` with `t<n>` in every text and n in every number, so that references hold;
/// `entry` is left to the committer.
inline store::RowWrite row_of(store::Session& session, const store::Table& table, std::int64_t n) {
  store::RowWrite row{store::RowWrite::Kind::Insert, std::string(table.name), {}, {}};
  const auto key = audit::key_of(table);
  const auto columns = audit::columns_of(session, table.name);
  for (const auto& column : *columns) {
    if (column.name == "entry") continue;
    if (table.name == audit::kDerivedTable && column.name == audit::kDerivedSource) continue;
    const bool is_key = std::find(key.begin(), key.end(), column.name) != key.end();
    auto& part = is_key ? row.key : row.values;
    part.emplace_back(column.name, column.integer ? store::Value(n) : "t" + std::to_string(n));
  }
  return row;
}

/// Each tracked table has an entry of its own, in the order of store::all_tables().
inline std::vector<std::string_view> seeded_tables() {
  std::vector<std::string_view> names;
  for (const auto& table : store::all_tables()) {
    if (table.kind == store::TableKind::Tracked) names.push_back(table.name);
  }
  return names;
}

/// Two rows in every tracked table, one update, one derivation with its digest, two checkpoints.
inline void seed(AuditedStore& store) {
  for (const auto name : seeded_tables()) {
    const auto& table = store::table(name);
    auto change = AuditedStore::act("test.write");
    change.rows = {row_of(store.session(), table, 1), row_of(store.session(), table, 2)};
    change.act.committed["reason"] = "seeding";
    store.commit(change);
  }
  ASSERT_TRUE(store.publish());
  auto change = AuditedStore::act("test.change");
  change.rows = {{store::RowWrite::Kind::Update, "record", {{"id", "t1"}}, {{"state", "moved"}}}};
  store.commit(change);
  store::ChangeSet derived;
  derived.rows = {row_of(store.session(), store::table(audit::kDerivedTable), 1)};
  ASSERT_TRUE(store::write_rows(store.session(), derived, 0));
  auto derivation = AuditedStore::act(std::string(audit::kDeriveAction));
  derivation.act.committed[std::string(audit::kDeriveDigest)] =
      *audit::table_digest(store.session(), audit::kDerivedTable);
  store.commit(derivation);
  ASSERT_TRUE(store.publish());
}

}  // namespace zeren::fixtures
