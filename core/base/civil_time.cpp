#include "base/civil_time.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>

namespace zeren::base {
namespace {

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

Result<const date::time_zone*> zone_called(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return fail(Code::ConfigInvalid,
                {{"what", "time zone " + std::string(name)},
                 {"what.zh-CN", "时区 " + std::string(name)},
                 {"remedy", "use an IANA name such as Asia/Shanghai and install tzdata"},
                 {"remedy.zh-CN", "请使用 Asia/Shanghai 等 IANA 名称，并安装 tzdata"}});
  }
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      digits(text.substr(0, 4)) && digits(text.substr(5, 2)) &&
                      digits(text.substr(8, 2));
  if (shaped) {
    const std::chrono::year_month_day date{
        std::chrono::year{number(text.substr(0, 4))},
        std::chrono::month{static_cast<unsigned>(number(text.substr(5, 2)))},
        std::chrono::day{static_cast<unsigned>(number(text.substr(8, 2)))}};
    if (date.ok()) return Date{date};
  }
  return fail(Code::DateInvalid, {{"value", std::string(text)}});
}

std::string to_string(Date date) { return date::format("%F", date); }

Date make_date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
}

int year_of(Date date) { return static_cast<int>(std::chrono::year_month_day{date}.year()); }

std::string to_string(Instant instant) { return date::format("%FT%TZ", instant); }

std::int64_t to_millis(Instant instant) { return instant.time_since_epoch().count(); }

Instant from_millis(std::int64_t millis) { return Instant{std::chrono::milliseconds{millis}}; }

Result<Date> local_date(Instant instant, std::string_view zone) {
  const auto found = zone_called(zone);
  if (!found) return pass(found);
  const auto local = (*found)->to_local(instant);
  return Date{std::chrono::floor<std::chrono::days>(local).time_since_epoch()};
}

Result<Instant> end_of(Date date, std::string_view zone) {
  const auto found = zone_called(zone);
  if (!found) return pass(found);
  const date::local_days next{(date + std::chrono::days{1}).time_since_epoch()};
  return std::chrono::floor<std::chrono::milliseconds>(
      (*found)->to_sys(next, date::choose::earliest));
}

}  // namespace zeren::base
