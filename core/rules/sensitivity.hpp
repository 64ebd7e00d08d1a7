// How sensitive a record is (公开、内部、敏感). Classified matter (涉密) is no degree of it: no part of the system
// takes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace zeren::rules {

/// From the least to the most.
enum class Sensitivity : std::uint8_t { Public, Internal, Sensitive };

/// `public`, `internal`, `sensitive`. Any thread, as all of this file.
std::string_view name_of(Sensitivity sensitivity);

/// Fails with RecordClassified for `classified` and 涉密, whatever their case, and with RequestMalformed for any other
/// word.
base::Result<Sensitivity> sensitivity_named(std::string_view name);

/// The names of all that are no more sensitive than `most`.
std::vector<std::string> names_up_to(Sensitivity most);

}  // namespace zeren::rules
