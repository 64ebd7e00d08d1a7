// In which order modules are loaded, and what each lacks: a module comes after those that its
// module.json requires. Knows no library and no folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "manifest/manifest.hpp"

namespace zeren::modules {

/// A module that is to be loaded.
struct Candidate {
  std::string id;
  std::string version;
  std::vector<manifest::RequiredModule> needs;
  std::vector<manifest::RequiredModule> uses = {};  ///< where they are there; never missed
};

struct LoadOrder {
  std::vector<std::string> order;  ///< each after those of the candidates it needs, and those it uses unless they in
                                   ///< turn wait for it
  std::map<std::string, base::Error> circular;  ///< ModuleDependencyCircular, by id: not in `order`
};

/// The order, the same for the same candidates whatever their sequence. Who needs a circle without
/// being in it stands in the order; unmet_need() tells. Any thread.
LoadOrder load_order(const std::vector<Candidate>& candidates);

/// The first thing `candidate` needs that is not `in_force` (id to version): ModuleDependencyMissing,
/// caused by what the needed module is `refused` for, if it is. Any thread.
std::optional<base::Error> unmet_need(const Candidate& candidate,
                                      const std::map<std::string, std::string>& in_force,
                                      const std::map<std::string, base::Error>& refused);

}  // namespace zeren::modules
