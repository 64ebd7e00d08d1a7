// Reading a record, where the first reading of what was sent counts.
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/router.hpp"

namespace zeren::http {

/// The record as show_record() answers it, after its legs to the caller were noted as opened. Fails as
/// show_record() and open_legs(). Blocks.
base::Result<base::Json> read_record(app::Host& host, Exchange& exchange, const std::string& record);

}  // namespace zeren::http
