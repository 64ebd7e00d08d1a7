// The light of an obligation, from its rules, its record and the calendar day.
#pragma once

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "records/ledger.hpp"
#include "records/light.hpp"

namespace zeren::app {

/// Fails as base::local_date(). Any thread.
base::Result<records::Light> light_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const records::Standing& standing);

}  // namespace zeren::app
