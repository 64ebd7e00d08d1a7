#include "activity/fate.hpp"

#include <algorithm>

namespace zeren::demo {
namespace {

using std::chrono::days;

// One city of five hundred units has a handful that need reminding; most send in the second half of the month.
constexpr int kThousand = 1000;
constexpr int kNever = 11;
constexpr int kLate = 32;
constexpr int kLastDay = 50;
constexpr int kEager = 30;

base::Date day_of_sending(base::Date due, int lot, const Stage& stage, Chance& chance) {
  if (lot <= kNever + kLate) return stage.working_day(due + days(chance.between(3, 40)), 0);
  if (lot <= kNever + kLate + kLastDay) return due;
  const bool eager = lot > kThousand - kEager;
  const int before = eager ? chance.between(23, 44) : std::max(1, chance.between(1, 24) - chance.between(0, 10));
  return std::min(due, stage.working_day(due - days(before), 0));
}

Signing signing_of(Chance& chance) {
  if (!chance.in(9)) return Signing::NotAsked;
  const int way = chance.between(1, 100);
  if (way <= 14) return Signing::Dissented;
  if (way <= 24) return Signing::Silent;
  return way <= 30 ? Signing::Recused : Signing::Agreed;
}

}  // namespace

Fate fate_of(base::Date due, const Stage& stage, Chance& chance) {
  Fate fate;
  const int lot = chance.between(1, kThousand);
  fate.never = lot <= kNever;
  fate.late = !fate.never && lot <= kNever + kLate;
  fate.sent = day_of_sending(due, lot, stage, chance);
  fate.signing = fate.late ? Signing::NotAsked : signing_of(chance);
  // Without their agreement it cannot go before the last day.
  if (fate.signing == Signing::Dissented || fate.signing == Signing::Silent) fate.sent = due;
  fate.begun = stage.working_day(fate.sent - days(chance.between(4, lot > kThousand - kEager ? 40 : 16)), 0);
  fate.vetoed = chance.in(3);
  fate.sent_back = chance.in(11);
  fate.withdrawn = chance.in(1);
  fate.returned = chance.in(5);
  fate.corrected = chance.in(2);
  fate.attached = chance.in(24);
  fate.commented = chance.in(15);
  fate.handed_out = chance.in(14);
  fate.circulated = chance.in(9);
  fate.more_time = fate.late && chance.in(30);
  fate.slow = chance.in(12);
  fate.shelved_after = chance.in(72) ? chance.between(15, 110) : 0;
  return fate;
}

}  // namespace zeren::demo
