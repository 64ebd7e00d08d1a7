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

/// `request` with the values of the module's parameters that are in force for its unit today.
base::Json with_parameters(base::Json request, const EnabledModule& module,
                           const Snapshot& snapshot);

}  // namespace zeren::app
