// The single checks of doctor.hpp. None changes anything, and none can fail: what it cannot find out is its finding.
#pragma once

#include <string>
#include <vector>

#include "app/data_folder.hpp"
#include "app/doctor.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// A check that came to nothing because of `why`.
Examined failed(std::string part, Wording title, const base::Error& why, Wording remedy);

/// Whether anybody but the owner can look into the folder.
Examined check_permissions(const DataPaths& paths);
/// Whether the disk has room for what will be written: a write that does not fit is refused.
Examined check_space(const DataPaths& paths);
/// Whether a process has the folder.
Examined check_owner(const DataPaths& paths);
/// Where that process listens.
Examined check_address(const DataPaths& paths);
/// SQLite's own quick check.
Examined check_pages(store::Session& session);
/// Whether tables and guards are those of this program.
Examined check_schema(store::Session& session);
/// Whether the published checkpoint is signed by this log's key and is of this database.
Examined check_checkpoint(const DataPaths& paths, const Deployment& deployment, store::Session& session);
/// Whether the clock is behind what was entered already.
Examined check_clock(store::Session& session, const base::Clock& clock);
/// Whether there are tables of holidays for this year and the next.
Examined check_calendars(const DataPaths& paths, const Deployment& deployment, const base::Clock& clock);
/// Each approved module: not quarantined, and its files those that were approved.
std::vector<Examined> check_modules(const DataPaths& paths, store::Session& session);
/// Of the program and of SQLite.
Examined versions(store::Session& session);

}  // namespace zeren::app
