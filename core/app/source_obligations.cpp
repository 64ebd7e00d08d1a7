#include "app/source_obligations.hpp"

#include <map>
#include <set>
#include <utility>

#include "records/obligation_rows.hpp"
#include "records/source_obligations.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using records::Obligation;
using records::ObligationRule;
using records::SourceRecord;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

/// A record type that rules look at, and those rules.
struct Watched {
  const records::RecordType* type = nullptr;
  std::vector<const ObligationRule*> rules;
};
using WatchedTypes = std::map<std::pair<std::string, std::string>, Watched>;  // by module and type

WatchedTypes watched_types(const ModuleSet& modules) {
  WatchedTypes watched;
  for (const auto& [id, module] : modules.all()) {
    for (const auto& rule : module.obligations) {
      if (!rule.source) continue;
      auto& here = watched[{id, rule.record_type}];
      here.type = &module.types.find(rule.record_type)->second;
      here.rules.push_back(&rule);
    }
  }
  return watched;
}

const Value* value_in(const store::Columns& columns, std::string_view name) {
  for (const auto& [column, value] : columns) {
    if (column == name) return &value;
  }
  return nullptr;
}

std::string text_in(const store::Columns& columns, std::string_view name, std::string_view otherwise) {
  const auto* value = value_in(columns, name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return std::string(text == nullptr ? otherwise : *text);
}

/// A record with its module and type, as it is stored.
struct Stored {
  std::string module;
  std::string type;
  SourceRecord record;
};

constexpr std::string_view kStored =
    "SELECT r.id, r.module, r.type, r.unit, r.period, r.state, r.version, c.content,"
    " COALESCE(c.schema_version, r.schema_version) FROM record r"
    " JOIN record_content c ON c.record = r.id AND c.content_version = r.content_version";

Result<Json> shown_content(const records::RecordType& type, const std::string& text,
                           std::int64_t version) {
  auto content = base::parse_json(text);
  if (!content) return content;
  return records::up_cast(type.up_casts, std::move(*content), version, type.schema_version);
}

// The content is left for the caller, who knows the type.
Stored stored_in(const store::Row& row) {
  return {row.text(1),
          row.text(2),
          {row.text(0), {row.text(3)}, row.text(4), row.text(5), {}, row.integer(6)}};
}

/// What a change makes of one record.
class ChangedRecord {
 public:
  ChangedRecord(const Snapshot& snapshot, const ChangeSet& change, const RowWrite& row)
      : snapshot_(snapshot), change_(change), row_(row), id_(text_in(row.key, "id", "")) {}

  /// None when no rule looks at records of its type.
  Result<std::optional<Stored>> read(const WatchedTypes& watched) const {
    Stored stored;
    std::optional<store::Row> before;
    if (row_.kind == RowWrite::Kind::Update) {
      auto row = snapshot_.session.first(std::string(kStored) + " WHERE r.id = :1",
                                         std::vector<Value>{id_});
      if (!row) return base::pass(std::move(row));
      if (!*row) return std::optional<Stored>{};  // the commit will say so
      before = std::move(**row);
      stored = stored_in(*before);
    }
    stored.module = text_in(row_.values, "module", stored.module);
    stored.type = text_in(row_.values, "type", stored.type);
    stored.record = {id_,
                     {text_in(row_.values, "unit", std::string(stored.record.unit.value))},
                     text_in(row_.values, "period", stored.record.period),
                     text_in(row_.values, "state", stored.record.state),
                     {},
                     stored.record.version};
    const auto known = watched.find({stored.module, stored.type});
    if (known == watched.end()) return std::optional<Stored>{};
    auto content = content_after(*known->second.type, before);
    if (!content) return base::pass(std::move(content));
    stored.record.content = std::move(*content);
    return std::optional(std::move(stored));
  }

 private:
  Result<Json> content_after(const records::RecordType& type,
                             const std::optional<store::Row>& before) const {
    for (const auto& row : change_.rows) {
      if (row.table != "record_content" || text_in(row.key, "record", "") != id_) continue;
      return base::parse_json(text_in(row.values, "content", "{}"));
    }
    if (!before) return Json::object();
    return shown_content(type, before->text(7), before->integer(8));
  }

  const Snapshot& snapshot_;
  const ChangeSet& change_;
  const RowWrite& row_;
  std::string id_;
};

Result<std::optional<Obligation>> standing_under(const Snapshot& snapshot, const std::string& id) {
  auto found = records::load_obligation(snapshot.session, id);
  if (found) return std::optional(std::move(*found));
  if (found.error().code == base::Code::ObligationUnknown) return std::optional<Obligation>{};
  return base::pass(std::move(found));
}

Result<void> keep(const Snapshot& snapshot, const Watched& watched, const SourceRecord& record,
                  std::vector<RowWrite>& rows) {
  for (const auto* rule : watched.rules) {
    const auto standing = standing_under(snapshot, records::source_obligation_id(*rule, record.id));
    if (!standing) return base::pass(standing);
    const auto now = records::look_at_source(*rule, record, *standing, snapshot.organisation());
    if (now != *standing) rows.push_back(records::row_for(*now, standing->has_value()));
  }
  return {};
}

using SourcesById = std::map<std::string, Obligation>;

Result<SourcesById> sources_of_modules_in_force(const Snapshot& snapshot) {
  auto standing = records::load_source_obligations(snapshot.session);
  if (!standing) return base::pass(std::move(standing));
  SourcesById sources;
  for (auto& obligation : *standing) {
    if (!snapshot.modules().all().contains(obligation.module)) continue;
    sources.emplace(obligation.id, std::move(obligation));
  }
  return sources;
}

/// One comparison of the table with the records.
class SourceRun {
 public:
  SourceRun(const Snapshot& snapshot, SourcesById standing, ChangeSet& change)
      : snapshot_(snapshot), standing_(std::move(standing)), change_(change) {}

  Result<void> look_at(const std::pair<std::string, std::string>& of, const Watched& watched) {
    const auto rows = snapshot_.session.query(
        std::string(kStored) + " WHERE r.module = :1 AND r.type = :2 ORDER BY r.id",
        std::vector<Value>{of.first, of.second});
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      auto record = stored_in(row).record;
      auto content = shown_content(*watched.type, row.text(7), row.integer(8));
      if (!content) return base::pass(std::move(content));
      record.content = std::move(*content);
      for (const auto* rule : watched.rules) compare(*rule, record);
    }
    return {};
  }

  // What no rule and no record stands behind any more.
  void end_the_rest() {
    for (auto& [id, obligation] : standing_) {
      if (obligation.superseded) continue;
      obligation.superseded = true;
      change_.rows.push_back(records::row_for(obligation, true));
      ++changes_.superseded;
    }
  }

  SourceChanges changes() const { return changes_; }

 private:
  void compare(const ObligationRule& rule, const SourceRecord& record) {
    std::optional<Obligation> before;
    if (auto known = standing_.extract(records::source_obligation_id(rule, record.id)); !known.empty()) {
      before = std::move(known.mapped());
    }
    const auto now = records::look_at_source(rule, record, before, snapshot_.organisation());
    if (now == before) return;
    change_.rows.push_back(records::row_for(*now, before.has_value()));
    change_.reads.push_back({"record", {{"id", record.id}}, record.version});
    ++(!before ? changes_.added : now->superseded ? changes_.superseded : changes_.moved);
  }

  const Snapshot& snapshot_;
  SourcesById standing_;
  ChangeSet& change_;
  SourceChanges changes_;
};

}  // namespace

Result<void> keep_sources(const Snapshot& snapshot, ChangeSet& change) {
  const auto watched = watched_types(snapshot.modules());
  if (watched.empty()) return {};
  std::vector<RowWrite> rows;
  for (const auto& row : change.rows) {
    if (row.table != "record" || row.kind == RowWrite::Kind::Remove) continue;
    const auto stored = ChangedRecord(snapshot, change, row).read(watched);
    if (!stored) return base::pass(stored);
    if (!*stored) continue;
    const auto& of = watched.at({(*stored)->module, (*stored)->type});
    if (auto kept = keep(snapshot, of, (*stored)->record, rows); !kept) return kept;
  }
  change.rows.insert(change.rows.end(), rows.begin(), rows.end());
  return {};
}

Result<SourceChanges> derive_sources(const Snapshot& snapshot, ChangeSet& change) {
  auto standing = sources_of_modules_in_force(snapshot);
  if (!standing) return base::pass(std::move(standing));
  SourceRun run(snapshot, std::move(*standing), change);
  for (const auto& [of, watched] : watched_types(snapshot.modules())) {
    if (auto looked = run.look_at(of, watched); !looked) return base::pass(std::move(looked));
  }
  run.end_the_rest();
  return run.changes();
}

}  // namespace zeren::app
