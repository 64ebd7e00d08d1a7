// What a module asks the host to do when it is told of a step or an event, read from its reply and trusted no
// further: what is not exactly as zeren/events.h describes it is PluginNonsense.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::modules {

/// One command, of the right shape; whether it may be carried out, and on what, is for the host to judge.
struct Wish {
  std::string command;  ///< comment, notify, draft or emit
  base::Json body;
  bool operator==(const Wish&) const = default;
};

/// The wishes in a reply to `call`, in order; none for no reply. Fails with PluginNonsense, which names `module`. Any
/// thread.
base::Result<std::vector<Wish>> read_wishes(std::string_view reply, const std::string& module, const char* call);

}  // namespace zeren::modules
