// One institution as the city lives it: what falls due becomes acts on the agenda. A new one is one file with one class,
// and one line in play.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "activity/agenda.hpp"
#include "activity/stage.hpp"
#include "base/error.hpp"
#include "generator/chance.hpp"

namespace zeren::demo {

/// What the parts of a story share.
struct Story {
  Stage& stage;
  Agenda& agenda;
  std::uint64_t seed;
  std::string only;  ///< code of a unit: it and those below it by their codes; empty: everybody

  bool concerns(const std::string& unit) const {
    return only.empty() || unit == only || unit.starts_with(only + "-");
  }
  /// Chance of its own for what is called so: nothing that happens elsewhere changes how it falls.
  Chance chance_for(const std::string& name) const;
};

class Institution {
 public:
  Institution() = default;
  Institution(const Institution&) = delete;
  Institution& operator=(const Institution&) = delete;
  virtual ~Institution() = default;

  /// Every morning, on one thread, before anybody acts. Fails as Host::query().
  virtual base::Result<void> morning(base::Date today) = 0;
};

/// The annual dual reports: drafting to archiving, with what goes wrong on the way.
std::unique_ptr<Institution> dual_reports(const Story& story);

/// What is decided once about rules: the ledgers of former years, a county that tightens, a waiver.
std::unique_ptr<Institution> rules_of_the_city(const Story& story);

}  // namespace zeren::demo
