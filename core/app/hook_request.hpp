// The body of will_step and did_step (zeren/steps.h).
#pragma once

#include <cstdint>
#include <string>

#include "app/snapshot.hpp"
#include "base/json.hpp"

namespace zeren::app {

struct HookSubject {
  std::string record;
  std::string type;
  org::UnitId unit;
  std::string period;
  std::string state;
  std::int64_t version = 0;
  base::Json content;
};

struct HookActor {
  std::string account;
  std::string capacity;
  org::UnitId unit;
};

base::Json hook_request(const Snapshot& snapshot, const std::string& step,
                        const HookSubject& subject, const HookActor& actor,
                        const std::string& reason);

/// A unit as hooks name it: `{code, name, short_name, level, kind}`.
base::Json unit_in_hooks(const org::Unit& unit);

/// The values of the module's parameters that are in force for `unit` today.
base::Json parameters_in_force(const EnabledModule& module, const org::UnitId& unit, const Snapshot& snapshot);

/// `request` with the values of the module's parameters that are in force for its unit today.
base::Json with_parameters(base::Json request, const EnabledModule& module,
                           const Snapshot& snapshot);

}  // namespace zeren::app
