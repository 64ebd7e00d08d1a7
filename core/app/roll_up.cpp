#include "app/roll_up.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include "app/bearer.hpp"
#include "app/host.hpp"
#include "app/standing_light.hpp"
#include "org/succession.hpp"

namespace zeren::app {
namespace {

using base::Result;
using records::LightColumns;
using records::LightCounts;
using records::Standing;

// Beyond this, reading everything again is less work than reading each.
constexpr std::size_t kMostTouched = 5000;

constexpr auto kWarnDays = "warn_days";

// Whose the obligation is today; nullopt when nobody stands for its owner.
std::optional<std::uint32_t> position_of(const Snapshot& snapshot, org::RelationKind relation,
                                         const org::UnitId& owner) {
  const auto& hierarchy = snapshot.organisation().hierarchy(relation);
  if (const auto range = hierarchy.interval(owner)) return range->first;
  const auto heirs = org::mapped_to(snapshot.organisation(), owner, {snapshot.today});
  if (heirs.empty()) return std::nullopt;
  const auto range = hierarchy.interval(heirs.front());
  return range ? std::optional(range->first) : std::nullopt;
}

// The days of warning by owner: a unit has several obligations, and most units have set nothing.
class Warnings final {
 public:
  explicit Warnings(const Snapshot& snapshot) : snapshot_(snapshot) {}

  int of(const EnabledModule& module, const org::UnitId& owner) {
    const bool alike = !module.rules.is_set(kWarnDays);
    const auto& unit = alike ? kEverybody : owner;
    const auto [known, added] = days_[module.id].try_emplace(unit, 0);
    if (added) known->second = static_cast<int>(number_in_force(snapshot_, module, kWarnDays, owner, 0));
    return known->second;
  }

 private:
  inline static const org::UnitId kEverybody{};

  const Snapshot& snapshot_;
  std::unordered_map<std::string, std::unordered_map<org::UnitId, int>> days_;  // by module
};

// What is owed because of a record, and what it answers.
Result<std::vector<std::string>> obligations_of(const Snapshot& snapshot, const std::string& record) {
  const auto rows = snapshot.session.query(
      "SELECT obligation FROM record WHERE id = :1 AND obligation IS NOT NULL"
      " UNION SELECT id FROM obligation WHERE source = :2",
      std::vector<store::Value>{record, record});
  if (!rows) return base::pass(rows);
  std::vector<std::string> obligations;
  for (const auto& row : *rows) obligations.push_back(row.text(0));
  return obligations;
}

Result<records::LightCourse> course_of(const Snapshot& snapshot, const EnabledModule& module,
                                       const Standing& standing, int warn_days) {
  const auto progress = progress_of(snapshot, module, standing);
  if (!progress) return base::pass(progress);
  return records::LightCourse::of(*progress, warn_days);
}

}  // namespace

void RollUp::note(const store::ChangeSet& change) {
  const std::lock_guard lock(noting_);
  if (!listening_ || touched_.all) return;
  for (const auto& row : change.rows) {
    const auto& key = row.key.front().second;
    if (row.table == "obligation") touched_.obligations.insert(std::get<std::string>(key));
    // A record that lets go of its obligation no longer tells which it was.
    const bool frees = row.table == "record" && std::ranges::any_of(row.values, [](const auto& column) {
                         return column.first == "obligation" &&
                                std::holds_alternative<std::monostate>(column.second);
                       });
    touched_.all = touched_.all || frees;
  }
  for (const auto& object : change.act.objects) {
    if (object.type == "record") touched_.records.insert(object.id);
  }
  const bool many = touched_.obligations.size() + touched_.records.size() > kMostTouched;
  if (many || !change.batches.empty()) touched_ = {true, {}, {}};
}

RollUp::Touched RollUp::take_touched() {
  const std::lock_guard lock(noting_);
  listening_ = true;
  return std::exchange(touched_, {});
}

bool RollUp::is_made_by(const Knowledge& known) const {
  return organisation_.lock() == known.organisation && set_.lock() == known.modules;
}

Result<LightCounts> RollUp::count(Host& host, const Question& question) {
  const std::lock_guard lock(counting_);
  // Before the look: whatever is noted later is newer than it, or looked up once more.
  const auto touched = take_touched();
  LightCounts counts{};
  const auto looked = host.query([&](const Snapshot& snapshot) -> Result<base::Json> {
    if (auto done = renew(snapshot, touched, question.relation); !done) return base::pass(done);
    const auto found = counted(snapshot, question);
    if (!found) return base::pass(found);
    counts = *found;
    return base::Json{};
  });
  if (looked) return counts;
  columns_.clear();  // what was touched is not known any more
  return base::pass(looked);
}

Result<void> RollUp::renew(const Snapshot& snapshot, const Touched& touched, org::RelationKind relation) {
  if (touched.all || !is_made_by(snapshot.known)) columns_.clear();
  if (auto done = refresh(snapshot, touched); !done) return done;
  return columns_.contains(relation) ? Result<void>() : build(snapshot, relation);
}

Result<void> RollUp::build(const Snapshot& snapshot, org::RelationKind relation) {
  organisation_ = snapshot.known.organisation;
  set_ = snapshot.known.modules;
  modules_.clear();
  for (const auto& [id, module] : snapshot.modules().all()) modules_.push_back(id);
  fulfilling_ = fulfilling_states(snapshot.modules());
  std::vector<LightColumns::Row> rows;
  Warnings warnings(snapshot);
  auto read = records::each_standing(snapshot.session, fulfilling_, [&](const Standing& standing) -> Result<void> {
    const auto& obligation = standing.obligation;
    const auto module = snapshot.modules().find(obligation.module);
    const auto position = position_of(snapshot, relation, obligation.owner);
    if (!module || !position) return {};
    const auto course = course_of(snapshot, **module, standing, warnings.of(**module, obligation.owner));
    if (!course) return base::pass(course);
    const auto group = std::ranges::lower_bound(modules_, obligation.module) - modules_.begin();
    rows.push_back({obligation.id, *position, static_cast<std::uint16_t>(group), *course});
    return {};
  });
  if (!read) return read;
  columns_.insert_or_assign(relation, LightColumns(std::move(rows)));
  return {};
}

Result<void> RollUp::refresh(const Snapshot& snapshot, const Touched& touched) {
  if (columns_.empty()) return {};
  auto obligations = touched.obligations;
  for (const auto& record : touched.records) {
    const auto its_own = obligations_of(snapshot, record);
    if (!its_own) return base::pass(its_own);
    obligations.insert(its_own->begin(), its_own->end());
  }
  for (const auto& obligation : obligations) {
    if (auto done = refresh(snapshot, obligation); !done) return done;
  }
  return {};
}

Result<void> RollUp::refresh(const Snapshot& snapshot, const std::string& obligation) {
  const auto standing = records::load_standing(snapshot.session, fulfilling_, obligation);
  if (!standing && standing.error().code == base::Code::ObligationUnknown) return {};
  if (!standing) return base::pass(standing);
  const auto& owed = standing->obligation;
  const auto module = snapshot.modules().find(owed.module);
  for (auto& [relation, columns] : columns_) {
    const auto position = position_of(snapshot, relation, owed.owner);
    if (owed.superseded || !module || !position) {
      columns.remove(obligation);
      continue;
    }
    const auto warn = number_in_force(snapshot, **module, kWarnDays, owed.owner, 0);
    const auto course = course_of(snapshot, **module, *standing, static_cast<int>(warn));
    if (!course) return base::pass(course);
    const auto group = std::ranges::lower_bound(modules_, owed.module) - modules_.begin();
    columns.put({obligation, *position, static_cast<std::uint16_t>(group), *course});
  }
  return {};
}

Result<LightCounts> RollUp::counted(const Snapshot& snapshot, const Question& question) {
  LightCounts counts{};
  const auto range = snapshot.organisation().hierarchy(question.relation).interval(question.unit);
  if (!range) return counts;
  std::vector<bool> wanted;
  wanted.reserve(modules_.size());
  for (const auto& module : modules_) wanted.push_back(question.modules.contains(module));
  auto& columns = columns_.at(question.relation);
  counts = columns.count(*range, snapshot.today, wanted);
  for (const auto& record : question.without) {
    const auto its_own = obligations_of(snapshot, record);
    if (!its_own) return base::pass(its_own);
    for (const auto& obligation : *its_own) columns.discount(obligation, *range, snapshot.today, wanted, counts);
  }
  return counts;
}

}  // namespace zeren::app
