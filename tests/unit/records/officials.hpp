// Who acts in the tests of records, and what they are told.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "base/messages.hpp"

namespace zeren::records {

inline constexpr auto kClerk = "qinglan-finance-clerk";
inline constexpr auto kPrincipal = "qinglan-finance-principal";
inline constexpr auto kCity = "qinglan-clerk";
inline constexpr auto kCommission = "qinglan-cdi-clerk";

MATCHER_P(RefusedWith, code, "is refused with " + std::string(base::name_of(code))) {
  if (arg) return false;
  *result_listener << "which is " << base::report_of(arg.error());
  return arg.error().code == code;
}

}  // namespace zeren::records
