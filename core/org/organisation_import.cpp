#include "org/organisation_import.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "org/import_check.hpp"
#include "org/import_draft.hpp"
#include "org/import_file.hpp"
#include "org/organisation_rows.hpp"

namespace zeren::org {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::RowWrite;
using Faults = std::vector<base::Error>;

std::size_t file_rank(std::string_view file) {
  const auto shapes = import_shapes();
  const auto found = std::find_if(shapes.begin(), shapes.end(),
                                  [file](const ImportShape& each) { return each.file == file; });
  return static_cast<std::size_t>(found - shapes.begin());
}

void refuse_unknown_files(const ImportTexts& texts, Faults& faults) {
  std::string expected;
  for (const auto& shape : import_shapes()) {
    if (!expected.empty()) expected += ", ";
    expected += shape.file;
  }
  for (const auto& [file, text] : texts) {
    if (file_rank(file) < import_shapes().size()) continue;
    faults.push_back(
        {Code::CsvUnknownFile, {{"file", file}, {"expected", expected}}, {file, 0, 0, {}}, {}});
  }
}

ImportFiles read_files(const ImportTexts& texts, Faults& faults) {
  const auto read = [&](const ImportShape& shape) {
    const auto text = texts.find(shape.file);
    return text == texts.end() ? ImportFile{} : read_import_file(shape, text->second, faults);
  };
  return {read(units_shape()), read(relations_shape()), read(persons_shape()), read(posts_shape()),
          read(appointments_shape()), read(portfolios_shape())};
}

tl::unexpected<base::Error> reject(Faults faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) {
    return std::tuple(file_rank(a.where.file), a.where.line, a.where.column) <
           std::tuple(file_rank(b.where.file), b.where.line, b.where.column);
  });
  const auto count = std::to_string(faults.size());
  return base::fail(Code::OrgRowsRejected, {{"count", count}}, {}, std::move(faults));
}

store::Columns key_of(const std::string& id, std::int64_t rev) {
  return {{"id", id}, {"rev", rev}};
}

// A correction ends the record time of the revision in force and adds the next one.
template <class T>
void write(const std::vector<Proposal<T>>& proposals, base::Instant now,
           std::vector<RowWrite>& rows) {
  for (const auto& [value, row, replaces, same] : proposals) {
    if (same) continue;
    const std::string table(table_of(value));
    if (replaces != 0) {
      rows.push_back({RowWrite::Kind::Update,
                      table,
                      key_of(value.id.value, replaces),
                      {{"known_to", base::to_millis(now)}}});
    }
    auto values = columns_of(value);
    values.emplace_back("known_from", base::to_millis(now));
    values.emplace_back("known_to", std::monostate{});
    rows.push_back(
        {RowWrite::Kind::Insert, table, key_of(value.id.value, replaces + 1), std::move(values)});
  }
}

template <class T>
Json counts_of(const std::vector<Proposal<T>>& proposals) {
  std::int64_t added = 0;
  std::int64_t corrected = 0;
  std::int64_t unchanged = 0;
  for (const auto& each : proposals) {
    ++(each.unchanged ? unchanged : each.replaces == 0 ? added : corrected);
  }
  return Json{{"added", added}, {"corrected", corrected}, {"unchanged", unchanged}};
}

template <class T>
std::string name_of(const Proposal<T>& proposal) {
  if constexpr (requires { proposal.value.code; }) {
    return proposal.value.code;
  } else {
    return proposal.row->name();
  }
}

// A post that only follows its unit stands in no row of its own.
template <class T>
Json changes_of(const char* kind, const std::vector<Proposal<T>>& proposals) {
  auto changes = Json::array();
  for (const auto& each : proposals) {
    if (each.unchanged) continue;
    Json change{{"name", name_of(each)}, {"change", each.replaces == 0 ? "added" : "corrected"}};
    if (each.row->file().starts_with(kind)) change["row"] = each.row->number();
    changes.push_back(std::move(change));
  }
  return changes;
}

// Calls `each(name, proposals)` for every kind, in the order of import_shapes().
template <class Each>
void for_each_kind(const Draft& draft, Each each) {
  each("units", draft.units);
  each("relations", draft.relations);
  each("persons", draft.persons);
  each("posts", draft.posts);
  each("appointments", draft.appointments);
  each("portfolios", draft.portfolios);
}

std::unordered_set<UnitId> succeeded_units(const Organisation& current, const Draft& draft) {
  std::unordered_set<UnitId> units;
  const auto note = [&units](const Relation& each) {
    if (each.kind == RelationKind::Successor) units.insert(each.from);
  };
  for (const auto& each : draft.relations) note(each.value);
  for (const auto& revision : current.relation_history().all()) {
    if (!revision.known_to) note(revision.value);
  }
  return units;
}

Json answer_of(const Organisation& current, const Draft& draft) {
  Json answer;
  for_each_kind(draft, [&answer](const char* kind, const auto& proposals) {
    answer[kind] = counts_of(proposals);
  });
  const auto succeeded = succeeded_units(current, draft);
  auto lost = Json::array();
  for (const auto& each : draft.units) {
    const bool ends = !each.unchanged && each.value.valid.to != base::kForever;
    if (ends && !succeeded.contains(each.value.id)) lost.push_back(each.value.code);
  }
  answer["without_successor"] = std::move(lost);
  return answer;
}

void bump_epoch(std::int64_t version, std::vector<RowWrite>& rows) {
  rows.push_back({version == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                  "epoch",
                  {{"name", std::string(kEpochName)}},
                  {{"version", version + 1}}});
}

store::ChangeSet change_of(const Organisation& current, const Draft& draft, base::Instant now) {
  store::ChangeSet change;
  change.act.action = "organisation.import";
  change.reads.push_back({"epoch", {{"name", std::string(kEpochName)}}, current.epoch()});
  change.answer = answer_of(current, draft);
  for_each_kind(draft, [&](const char*, const auto& proposals) {
    write(proposals, now, change.rows);
  });
  if (change.rows.empty()) return change;
  bump_epoch(current.epoch(), change.rows);
  change.act.objects.push_back({"organisation", std::string(kEpochName), current.epoch() + 1});
  change.events.emplace_back("zeren.organisation.changed", "organisation/" + std::string(kEpochName),
                             store::Audience::Host, change.answer);
  return change;
}

// What the texts mean. `files` owns the rows that the draft points to.
Result<Draft> read_draft(const Organisation& current, const ImportTexts& texts, ImportFiles& files,
                         base::IdGenerator& ids) {
  Faults faults;
  refuse_unknown_files(texts, faults);
  files = read_files(texts, faults);
  auto draft = draft_import(current, files, ids, faults);
  check_draft(current, draft, faults);
  if (!faults.empty()) return reject(std::move(faults));
  return draft;
}

}  // namespace

Result<store::ChangeSet> plan_import(const Organisation& current, const ImportTexts& texts,
                                     base::IdGenerator& ids, base::Instant now) {
  ImportFiles files;
  const auto draft = read_draft(current, texts, files, ids);
  if (!draft) return base::pass(draft);
  return change_of(current, *draft, now);
}

Result<Json> preview_import(const Organisation& current, const ImportTexts& texts,
                            base::IdGenerator& ids) {
  ImportFiles files;
  const auto draft = read_draft(current, texts, files, ids);
  if (!draft) return base::pass(draft);
  auto answer = answer_of(current, *draft);
  for_each_kind(*draft, [&answer](const char* kind, const auto& proposals) {
    answer[kind]["changes"] = changes_of(kind, proposals);
  });
  return answer;
}

}  // namespace zeren::org
