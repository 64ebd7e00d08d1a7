#include "records/correction.hpp"

namespace zeren::records {
namespace {

using base::Result;

bool is_return(const RecordType& type, const StepTaken& taken) {
  if (taken.step == "leg.return") return true;
  const auto* step = type.step(taken.step);
  return step != nullptr && (step->verb == Verb::Return || step->key == "return");
}

bool moves(const StepTaken& taken) { return taken.from_state != taken.to_state; }

base::Date after_working_days(base::Date from, std::int64_t days) {
  auto date = from;
  while (days > 0) {
    date += std::chrono::days(1);
    const std::chrono::weekday day(date);
    if (day != std::chrono::Saturday && day != std::chrono::Sunday) --days;
  }
  return date;
}

Result<CorrectionCycle> cycle_of(const StepTaken& taken, std::int64_t fix_days,
                                 const std::string& zone) {
  CorrectionCycle cycle{taken.at, taken.reason, std::nullopt, std::nullopt};
  if (fix_days <= 0) return cycle;
  const auto day = base::local_date(taken.at, zone);
  if (!day) return base::pass(day);
  cycle.fix_due = after_working_days(*day, fix_days);
  return cycle;
}

}  // namespace

Result<Corrections> corrections_of(const RecordType& type, const Record& record,
                                   std::int64_t fix_days, const std::string& zone) {
  Corrections all;
  for (const auto& taken : record.history) {
    if (taken.from_state.empty() || !moves(taken)) continue;
    if (is_return(type, taken)) {
      auto cycle = cycle_of(taken, fix_days, zone);
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
