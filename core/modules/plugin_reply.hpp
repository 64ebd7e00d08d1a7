// Reads what plugins answer, and trusts none of it: a reply that is not exactly what steps.h and
// compute.h describe is PluginNonsense.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::modules {

/// Why a module refuses a step, for people to read.
struct Veto {
  std::string en;
  std::string zh;
  std::optional<std::string> field;  ///< the field to correct
  bool operator==(const Veto&) const = default;
};

/// A module's say in a step: a veto, fields to set, or neither; never both.
struct StepVerdict {
  std::optional<Veto> veto;
  std::map<std::string, base::Json> patch;
  bool operator==(const StepVerdict&) const = default;
};

/// The reply to will_step. `fields` are the properties of the record type: a patch or veto that
/// names another is nonsense too, and so is a value no canonical form can hold. Fails with
/// PluginNonsense, which names `module`. Any thread.
base::Result<StepVerdict> read_verdict(std::string_view reply, const base::Json& fields,
                                       const std::string& module);

/// The reply to compute: a table whose rows use its columns only. Fails with PluginNonsense. Any
/// thread.
base::Result<base::Json> read_table(std::string_view reply, const std::string& module);

}  // namespace zeren::modules
