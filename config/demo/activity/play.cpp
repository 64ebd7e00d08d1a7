#include "activity/play.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "activity/agenda.hpp"
#include "activity/institution.hpp"

namespace zeren::demo {
namespace {

using base::Result;
using std::chrono::minutes;

// So many at once that a commit serves several; the writer is one.
constexpr unsigned kCallers = 8;

constexpr auto kTimes = std::to_array<std::pair<Hour, minutes>>({{Hour::Opening, minutes(8 * 60 + 35)},
                                                                 {Hour::Forenoon, minutes(10 * 60 + 10)},
                                                                 {Hour::Afternoon, minutes(14 * 60 + 45)},
                                                                 {Hour::Closing, minutes(16 * 60 + 50)}});

Result<void> play_day(base::Date day, Story& story, std::vector<std::unique_ptr<Institution>>& institutions) {
  if (auto begun = story.stage.begin(day); !begun) return begun;
  for (const auto& each : institutions) {
    if (auto done = each->morning(day); !done) return done;
  }
  for (const auto& [hour, time] : kTimes) {
    story.stage.move_to(time);
    if (auto done = story.agenda.carry_out(day, hour, kCallers); !done) return done;
  }
  return story.stage.end_day();
}

}  // namespace

// FNV-1a: the same on every machine, unlike std::hash.
Chance Story::chance_for(const std::string& name) const {
  std::uint64_t hash = 0xCBF29CE484222325U ^ seed;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return Chance(hash);
}

Result<void> play(const PlaySettings& settings, const Month& month) {
  auto stage = Stage::open(settings.stage);
  if (!stage) return base::pass(std::move(stage));
  Agenda agenda;
  Story story{**stage, agenda, settings.seed, settings.only};
  std::vector<std::unique_ptr<Institution>> institutions;
  institutions.push_back(dual_reports(story));
  institutions.push_back(rules_of_the_city(story));
  for (auto day = settings.stage.from; day <= settings.stage.until; day += std::chrono::days(1)) {
    if (std::chrono::year_month_day(day).day() == std::chrono::day(1)) month(day);
    // A host that is off over a weekend does on Monday what it missed; somebody who comes in turns it on.
    const bool first_or_last = day == settings.stage.from || day == settings.stage.until;
    if (!(*stage)->is_working_day(day) && agenda.is_free(day) && !first_or_last) continue;
    if (auto done = play_day(day, story, institutions); !done) return done;
  }
  return (*stage)->close();
}

}  // namespace zeren::demo
