#include "records/correction.hpp"

#include <algorithm>

namespace zeren::records {
namespace {

using base::Result;

bool is_return(const RecordType& type, const StepTaken& taken) {
  if (taken.step == "leg.return") return true;
  const auto* step = type.step(taken.step);
  return step != nullptr && (step->verb == Verb::Return || step->key == "return");
}

bool moves(const StepTaken& taken) { return taken.from_state != taken.to_state; }

Result<CorrectionCycle> cycle_of(const StepTaken& taken, const FixTime& time) {
  CorrectionCycle cycle{taken.at, taken.reason, std::nullopt, std::nullopt};
  if (time.days <= 0) return cycle;
  const auto day = base::local_date(taken.at, time.zone);
  if (!day) return base::pass(day);
  const auto days = std::min<std::int64_t>(time.days, rules::Calendar::kMaxCount);
  cycle.fix_due = time.calendar.add_working_days(*day, static_cast<int>(days)).date;
  return cycle;
}

}  // namespace

Result<Corrections> corrections_of(const RecordType& type, const Record& record,
                                   const FixTime& time) {
  Corrections all;
  for (const auto& taken : record.history) {
    if (taken.from_state.empty() || !moves(taken)) continue;
    if (is_return(type, taken)) {
      auto cycle = cycle_of(taken, time);
      if (!cycle) return base::pass(std::move(cycle));
      all.cycles.push_back(std::move(*cycle));
      continue;
    }
    if (!all.submitted_at) all.submitted_at = taken.at;
    if (!all.cycles.empty() && !all.cycles.back().corrected_at) {
      all.cycles.back().corrected_at = taken.at;
    }
  }
  return all;
}

}  // namespace zeren::records
