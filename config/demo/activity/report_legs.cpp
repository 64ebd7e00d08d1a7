// Where a report arrives: it is opened and signed for, given back, or left lying until somebody is urged.
#include <algorithm>

#include "activity/report_course.hpp"
#include "activity/writing.hpp"
#include "app/commands/record_commands.hpp"

namespace zeren::demo {
namespace {

using base::Result;

// Somebody else was first: the other recipient gave it back, or a colleague signed in the same hour.
Result<void> unless_overtaken(const Result<base::Json>& answer) {
  if (!answer && answer.error().code != base::Code::LegAlreadyAnswered) return base::pass(answer);
  return {};
}

bool waits(const records::Leg& leg) { return leg.state == records::LegState::Sent && leg.channel == "system"; }

}  // namespace

void ReportCourse::tell_recipients(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record || record->current_dispatch() == nullptr) return;
  const int patience = item->fate.slow ? 6 : 2;
  bool returned = item->fate.returned;
  for (const auto& leg : record->current_dispatch()->legs) {
    const auto day = stage_.working_day(stage_.today(), item->chance.between(returned ? 1 : 0, patience));
    const auto hour = day == stage_.today() ? Hour::Closing : Hour::Forenoon;
    // One of them finds it wanting; the other has signed by then, or learns that it was recalled.
    if (std::exchange(returned, false)) {
      on(stage_.working_day(stage_.today(), item->chance.between(1, 3)), Hour::Opening, &ReportCourse::give_back, item);
      continue;
    }
    story_.agenda.add(day, hour, [this, item, id = leg.id] { return receive(item, id); });
  }
  if (item->fate.slow) on(stage_.working_day(stage_.today(), 3), Hour::Opening, &ReportCourse::urge, item);
  if (item->fate.shelved_after == 0) return;
  const auto shelved = stage_.working_day(stage_.today(), std::max(8, item->fate.shelved_after));
  on(shelved, Hour::Afternoon, &ReportCourse::shelve, item);
}

Result<void> ReportCourse::receive(const Item& item, const std::string& leg) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->current_dispatch() == nullptr) return {};
  const auto& legs = record->current_dispatch()->legs;
  const auto found = std::ranges::find(legs, leg, &records::Leg::id);
  if (found == legs.end() || !waits(*found)) return {};
  const auto registrar = clerk_of(found->recipient);
  if (!registrar) return base::pass(registrar);
  if (!*registrar) {
    if (--item->patience > 0) {
      story_.agenda.add(stage_.working_day(stage_.today(), 3), Hour::Forenoon,
                        [this, item, leg] { return receive(item, leg); });
    }
    return {};
  }
  if (auto opened = stage_.run(**registrar, app::open_legs(**registrar, item->record)); !opened) {
    return base::pass(opened);
  }
  return unless_overtaken(
      stage_.run(**registrar, app::answer_leg(**registrar, item->record, leg, "sign_for", "")));
}

Result<void> ReportCourse::give_back(const Item& item) {
  item->fate.returned = false;
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->state != "dispatched") return {};
  const auto& legs = record->current_dispatch()->legs;
  const auto found = std::ranges::find_if(legs, waits);
  if (found == legs.end()) return {};
  const auto registrar = clerk_of(found->recipient);
  if (!registrar) return base::pass(registrar);
  if (!*registrar) return put_off(item, &ReportCourse::give_back);
  const auto given = stage_.run(**registrar, app::answer_leg(**registrar, item->record, found->id, "return",
                                                             returned_by_recipient(item->chance)));
  if (!given) return base::pass(given);
  on(stage_.working_day(stage_.today(), item->chance.between(1, 4)), Hour::Forenoon, &ReportCourse::amend, item);
  return {};
}

Result<void> ReportCourse::urge(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->state != "dispatched") return {};
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  if (!*clerk) return {};
  for (const auto& leg : record->current_dispatch()->legs) {
    if (!waits(leg)) continue;
    const auto urged = stage_.run(**clerk, app::urge_leg(**clerk, item->record, leg.id, urging(item->chance)));
    if (auto done = unless_overtaken(urged); !done) return done;
  }
  return {};
}

}  // namespace zeren::demo
