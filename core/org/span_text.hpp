// A span of valid time as people read it, for messages.
#pragma once

#include <string>

#include "base/civil_time.hpp"

namespace zeren::org {

/// `2019-01-01/2020-01-01`, as intervals are written: the last day is not part of it.
inline std::string span_text(const base::Period& span) {
  return base::to_string(span.from) + "/" + base::to_string(span.to);
}

/// `2019-01-01 至 2020-01-01 前`, or `2019-01-01 至今` when no end is known.
inline std::string span_in_chinese(const base::Period& span) {
  const auto from = base::to_string(span.from);
  return span.to == base::kForever ? from + " 至今" : from + " 至 " + base::to_string(span.to) + " 前";
}

}  // namespace zeren::org
