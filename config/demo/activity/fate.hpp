// What becomes of one report, decided before anybody begins with it: when it is sent, and what goes wrong on the way.
#pragma once

#include <cstdint>

#include "activity/stage.hpp"
#include "base/civil_time.hpp"
#include "generator/chance.hpp"

namespace zeren::demo {

/// How those answer who are asked to countersign.
enum class Signing : std::uint8_t { NotAsked, Agreed, Dissented, Silent, Recused };

struct Fate {
  bool never = false;       ///< nobody files it
  bool late = false;
  base::Date begun;         ///< first draft
  base::Date sent;          ///< the day on which it is submitted and signed, if nothing happens
  Signing signing = Signing::NotAsked;
  bool vetoed = false;      ///< figures that contradict each other are put right
  bool sent_back = false;   ///< by the unit's own head
  bool withdrawn = false;   ///< and sent anew
  bool returned = false;    ///< by one of its recipients
  bool corrected = false;   ///< after all have signed
  bool attached = false;
  bool commented = false;
  bool handed_out = false;  ///< the head asks somebody to look after it
  bool circulated = false;
  bool more_time = false;
  bool slow = false;        ///< its recipients take their time
  int shelved_after = 0;    ///< working days until it is archived; 0: not in this story
};

/// Of a report that is due on `due`.
Fate fate_of(base::Date due, const Stage& stage, Chance& chance);

}  // namespace zeren::demo
