// Dates and instants. Due dates are dates, due at 24:00 of the deployment's zone; instants are UTC.
#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::base {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// `2026-01-31`, or fails with DateInvalid.
Result<Date> parse_date(std::string_view text);
std::string to_string(Date date);
Date make_date(int year, unsigned month, unsigned day);
int year_of(Date date);

/// RFC 3339 in UTC with milliseconds: `2026-01-31T15:59:59.000Z`.
std::string to_string(Instant instant);

/// Milliseconds since 1970-01-01T00:00Z, as stored.
std::int64_t to_millis(Instant instant);
Instant from_millis(std::int64_t millis);

/// The date at `instant` on the wall of `zone`, an IANA name. Fails with ConfigInvalid when the zone is
/// not known to the machine.
Result<Date> local_date(Instant instant, std::string_view zone);

/// The first instant of the day after `date` in `zone`: when something due on `date` is late.
Result<Instant> end_of(Date date, std::string_view zone);

inline constexpr std::string_view kDefaultZone = "Asia/Shanghai";

/// A span of valid time, [from, to); open-ended when `to` is kForever.
struct Period {
  Date from;
  Date to;
  bool contains(Date date) const { return from <= date && date < to; }
  auto operator<=>(const Period&) const = default;
};
inline constexpr Date kForever = Date{std::chrono::year{9999} / 12 / 31};

}  // namespace zeren::base
