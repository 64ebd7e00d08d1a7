// A record on a terminal, in the reader's words.
#pragma once

#include <string>

#include "base/json.hpp"
#include "base/messages.hpp"

namespace zeren::cli {

/// The record that GET /api/v1/records/{id} answers: where it stands, its fields, its steps, its copies, its tasks,
/// and what the reader could do now.
std::string record_view(const base::Json& record, base::Language reader);

}  // namespace zeren::cli
