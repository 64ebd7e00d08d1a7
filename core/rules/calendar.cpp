#include "rules/calendar.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/invariant.hpp"
#include "base/system_reason.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Date;
using base::Result;
using std::chrono::days;

bool is_weekend(Date date) {
  const std::chrono::weekday weekday{date};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".ics") files.push_back(entry.path());
  }
  if (failure) {
    return base::fail(Code::FileUnreadable, base::with_reason({{"file", folder.string()}}, failure));
  }
  std::sort(files.begin(), files.end());
  return files;
}

tl::unexpected<base::Error> clash(const std::string& file, const std::string& what) {
  return base::fail(Code::CalendarInvalid, {{"file", file},
                                            {"reason", "another file says about " + what + " as well"},
                                            {"reason.zh-CN", what + " 在另一个文件中已有规定"}});
}

}  // namespace

Result<Calendar> Calendar::read(const std::filesystem::path& folder) {
  const auto files = files_of(folder);
  if (!files) return base::pass(files);
  Calendar all;
  std::string tables;
  for (const auto& file : *files) {
    const auto text = base::read_file(file);
    if (!text) return base::pass(text);
    auto one = parse(*text, file.string());
    if (!one) return one;
    if (auto merged = all.merge(*one, file.string()); !merged) return base::pass(std::move(merged));
    tables += file.filename().string() + " " + base::to_hex(base::sha256(*text)) + "\n";
  }
  all.digest_ = base::to_base64(base::sha256(tables));
  return all;
}

Result<void> Calendar::merge(const Calendar& other, const std::string& file) {
  for (const int year : other.years_) {
    if (!years_.insert(year).second) return clash(file, std::to_string(year));
  }
  for (const auto& [date, day] : other.days_) {
    const auto [known, added] = days_.emplace(date, day);
    if (!added && known->second != day) return clash(file, base::to_string(date));
  }
  return {};
}

bool Calendar::is_working_day(Date date) const {
  const auto found = days_.find(date);
  return found == days_.end() ? !is_weekend(date) : found->second == Day::Workday;
}

void Calendar::note(Date date, std::set<int>& undeclared) const {
  if (!declares(base::year_of(date))) undeclared.insert(base::year_of(date));
}

WorkingDate Calendar::next_working_day(Date date) const {
  WorkingDate found{date, {}};
  for (note(date, found.undeclared); !is_working_day(found.date);) {
    found.date += days(1);
    note(found.date, found.undeclared);
  }
  return found;
}

WorkingDate Calendar::previous_working_day(Date date) const {
  WorkingDate found{date, {}};
  for (note(date, found.undeclared); !is_working_day(found.date);) {
    found.date -= days(1);
    note(found.date, found.undeclared);
  }
  return found;
}

WorkingDate Calendar::add_working_days(Date date, int count) const {
  base::invariant(-kMaxCount <= count && count <= kMaxCount, "durations are bounded when they are read");
  const days step(count < 0 ? -1 : 1);
  WorkingDate found{date, {}};
  for (int left = std::abs(count); left > 0;) {
    found.date += step;
    note(found.date, found.undeclared);
    if (is_working_day(found.date)) --left;
  }
  return found;
}

WorkingDays Calendar::working_days_in(const base::Period& period) const {
  constexpr days kCentury{36'525};
  base::invariant(period.to - period.from <= kCentury, "spans of time in rules are bounded");
  WorkingDays found;
  for (auto date = period.from; date < period.to; date += days(1)) {
    note(date, found.undeclared);
    if (is_working_day(date)) ++found.days;
  }
  return found;
}

}  // namespace zeren::rules
