// Reading a record, where the first reading of what was sent counts.
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/router.hpp"

namespace zeren::http {

/// Before anything of the record in the path is shown: nobody reads what may still be withdrawn, so a recipient's
/// first reading is noted first. Fails as app::open_legs().
base::Result<void> open_record(app::Host& host, const Exchange& exchange);

/// The record as show_record() answers it, after its legs to the caller were noted as opened. Fails as
/// show_record() and open_legs(). Blocks.
base::Result<base::Json> read_record(app::Host& host, const Exchange& exchange,
                                     const std::string& record);

}  // namespace zeren::http
