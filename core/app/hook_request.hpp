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

}  // namespace zeren::app
