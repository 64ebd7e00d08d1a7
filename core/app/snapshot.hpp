// What a plan or a query may look at: one moment of the database, the organisation and the modules.
#pragma once

#include <memory>

#include "access/grant.hpp"
#include "app/module_set.hpp"
#include "base/clock.hpp"
#include "org/organisation.hpp"
#include "rules/calendar.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// Kept in memory and swapped on change.
struct Knowledge {
  std::shared_ptr<const org::Organisation> organisation;  ///< shared by the host and its readers
  std::shared_ptr<const ModuleSet> modules;               ///< likewise
  std::shared_ptr<const rules::Calendar> calendar;        ///< likewise; read again when it changes
  std::shared_ptr<const access::GrantBook> grants = nullptr;  ///< likewise
};

struct Snapshot {
  store::Session& session;  ///< inside a read transaction
  Knowledge known;
  base::Instant now;
  base::Date today;  ///< in the deployment's zone
  base::IdGenerator& ids;
  base::Entropy& entropy;
  const std::string& zone;

  const org::Organisation& organisation() const { return *known.organisation; }
  const ModuleSet& modules() const { return *known.modules; }
  const access::GrantBook& grants() const { return *known.grants; }
  const rules::Calendar& calendar() const { return *known.calendar; }
};

}  // namespace zeren::app
