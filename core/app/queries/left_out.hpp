// What a list does not show because the module that knows it is not in force: a list says so instead of looking
// complete.
#pragma once

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// A sentence of the catalogues as `{en, zh-CN}`.
base::Json title_of(const base::Error& error);

/// Adds `left_out: [{module, reason: {en, zh-CN}}]` to `answer`, unless every enabled module is in force. `module`
/// narrows it to one; empty means all.
void tell_left_out(const Snapshot& snapshot, const std::string& module, base::Json& answer);

}  // namespace zeren::app
