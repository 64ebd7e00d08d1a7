// Which days are worked: not the weekends, not the holidays, but the days worked in exchange for a holiday.
// Holidays and exchanged days are read from iCalendar files (RFC 5545); what a rule makes of them is due_dates.hpp's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/civil_time.hpp"
#include "base/error.hpp"

namespace zeren::rules {

/// A date that was counted out. For the years in `undeclared` no table was read: there only weekends were
/// known, and the date may be another one once the table is there.
struct WorkingDate {
  base::Date date;
  std::set<int> undeclared;
  bool operator==(const WorkingDate&) const = default;
};

/// A number of working days, likewise.
struct WorkingDays {
  std::int64_t days = 0;
  std::set<int> undeclared;
  bool operator==(const WorkingDays&) const = default;
};

/// Immutable once made; any thread.
class Calendar final {
 public:
  /// Knows weekends and no table.
  Calendar() = default;

  /// All `*.ics` of `folder`; a folder that is not there holds none. Fails with FileUnreadable, as parse(),
  /// and with CalendarInvalid when two files have tables for the same year. Blocks.
  static base::Result<Calendar> read(const std::filesystem::path& folder);

  /// One VCALENDAR. Its properties X-ZEREN-YEAR name the years for which it is the whole table, each with an event
  /// at least. Each VEVENT
  /// has DTSTART;VALUE=DATE, DTEND;VALUE=DATE (exclusive; absent: one day) and CATEGORIES:HOLIDAY or
  /// CATEGORIES:WORKDAY. Anything that would move or repeat an event (RRULE, RDATE, EXDATE, RECURRENCE-ID,
  /// DURATION, STATUS:CANCELLED) is refused, for what is not understood may not be overlooked. Fails with
  /// CalendarInvalid, which names `file` and the reason. Any thread.
  static base::Result<Calendar> parse(std::string_view text, const std::string& file);

  /// Whether a table for `year` was read.
  bool declares(int year) const { return years_.contains(year); }

  /// base64 SHA-256 of the tables that read() has read, names and bytes; empty for any other.
  const std::string& digest() const { return digest_; }

  bool is_working_day(base::Date date) const;

  /// `date`, or the first working day after it.
  WorkingDate next_working_day(base::Date date) const;
  /// `date`, or the last working day before it.
  WorkingDate previous_working_day(base::Date date) const;

  /// The `count`-th working day after `date` (before it when negative); `date` itself for 0. `count` is
  /// within ±kMaxCount.
  WorkingDate add_working_days(base::Date date, int count) const;
  static constexpr int kMaxCount = 10'000;

  /// The working days in [period.from, period.to), which spans at most 100 years; none when it is empty.
  WorkingDays working_days_in(const base::Period& period) const;

 private:
  enum class Day : std::uint8_t { Holiday, Workday };
  class Reader;

  base::Result<void> merge(const Calendar& other, const std::string& file);
  void note(base::Date date, std::set<int>& undeclared) const;

  std::string digest_;
  std::set<int> years_;
  std::map<base::Date, Day> days_;
};

}  // namespace zeren::rules
