// The spans of time that records are about, as they are written in records, obligations and lists:
// `2026`, `2026H1`, `2026Q1`, `2026B1` (two months, 双月), `2026-01`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil_time.hpp"

namespace zeren::records {

/// What a record is about, seen from the day it is due on.
enum class PeriodKind : std::uint8_t {
  Year,
  PreviousYear,
  HalfYear,
  PreviousHalfYear,
  Quarter,
  PreviousQuarter,
  TwoMonths,
  Month,
  PreviousMonth,
};

/// `previous_quarter`, as manifests write it. Any thread, as all of this file.
std::optional<PeriodKind> period_kind_named(std::string_view name);

/// How many months such a period has; divides the year.
int months_of(PeriodKind kind);

/// The period of that length that `day` lies in.
base::Period period_around(PeriodKind kind, base::Date day);

/// The period that something due on `day` is about.
base::Period period_about(PeriodKind kind, base::Date day);

/// How a period of that kind is written; it begins with `from`.
std::string name_of_period(PeriodKind kind, base::Date from);

/// The days of a period that is written so; none for any other text.
std::optional<base::Period> days_of_period(std::string_view name);

}  // namespace zeren::records
