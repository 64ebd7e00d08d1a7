// The part of Calendar that meets the outside: libical, and texts that were not written for us.
#include <libical/ical.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>

#include "rules/calendar.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Date;
using base::Result;
using std::chrono::days;

constexpr std::size_t kMaxText = 1U << 20U;
constexpr std::size_t kMaxComponents = 1000;
constexpr days kMaxEvent{31};
constexpr int kFirstYear = 1949;
constexpr int kLastYear = 9998;

struct Reason {
  std::string english;
  std::string chinese;
};

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

// As RFC 5545 §3.1 has it: a line break and one blank are no part of the text. What follows looks at the same
// lines as libical does.
std::string unfolded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t lf = text[i] == '\r' && i + 1 < text.size() ? i + 1 : i;
    const bool folds = text[lf] == '\n' && lf + 1 < text.size() &&
                       (text[lf + 1] == ' ' || text[lf + 1] == '\t');
    if (folds) {
      i = lf + 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

// `word` in capitals, however `text` writes it.
std::size_t count_of(std::string_view word, std::string_view text) {
  const auto same = [](char c, char wanted) {
    return std::toupper(static_cast<unsigned char>(c)) == wanted;
  };
  std::size_t count = 0;
  for (const auto* at = text.begin();; ++count) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return count;
    at += word.size();
  }
}

// libical frees nested components by recursion and complains of each stray END on standard error. Words are
// counted wherever they stand: which of them libical takes for a component is not guessed at.
std::optional<Reason> too_much(std::string_view text) {
  // What would be folded once more is no line, and libical would join it to a word that nobody has counted.
  if (text.find("\n ") != text.npos || text.find("\n\t") != text.npos) {
    return Reason{"a line begins with a blank", "有一行以空白开头"};
  }
  const auto components = count_of("BEGIN", text);
  if (components > kMaxComponents) return Reason{"it has too many components", "组件过多"};
  if (count_of("END:V", text) > components) {
    return Reason{"it ends components that never began", "组件的结束多于开始"};
  }
  return std::nullopt;
}

std::optional<Date> date_of(const icaltimetype& time) {
  if (icaltime_is_null_time(time) || time.is_date == 0) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{time.year},
                                        std::chrono::month{static_cast<unsigned>(time.month)},
                                        std::chrono::day{static_cast<unsigned>(time.day)}};
  if (!ymd.ok() || time.year < kFirstYear || time.year > kLastYear) return std::nullopt;
  return Date{ymd};
}

icalproperty* first(icalcomponent* component, icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

bool has_more_than_dates(icalcomponent* event) {
  for (const auto kind : {ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY, ICAL_EXDATE_PROPERTY,
                          ICAL_RECURRENCEID_PROPERTY, ICAL_DURATION_PROPERTY}) {
    if (first(event, kind) != nullptr) return true;
  }
  auto* const status = first(event, ICAL_STATUS_PROPERTY);
  return status != nullptr && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
}

struct Event {
  base::Period period;
  bool workday;
};

// Its only category that we know, or none: nothing is guessed.
std::optional<bool> workday_of(icalcomponent* event) {
  std::optional<bool> workday;
  for (auto* category = first(event, ICAL_CATEGORIES_PROPERTY); category != nullptr;
       category = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY)) {
    const char* const text = icalproperty_get_categories(category);
    const std::string_view name = text == nullptr ? "" : text;
    if (name != "HOLIDAY" && name != "WORKDAY") continue;
    if (workday && *workday != (name == "WORKDAY")) return std::nullopt;
    workday = name == "WORKDAY";
  }
  return workday;
}

tl::unexpected<base::Error> invalid(const std::string& file, const Reason& reason) {
  return base::fail(Code::CalendarInvalid,
                    {{"file", file}, {"reason", reason.english}, {"reason.zh-CN", reason.chinese}});
}

// By the identifier that its author finds in the file; there may be none.
tl::unexpected<base::Error> without_start(icalcomponent* event, const icalproperty* start, const std::string& file) {
  const char* const uid = icalcomponent_get_uid(event);
  const std::string name = uid == nullptr ? "without UID" : uid;
  const std::string chinese = uid == nullptr ? "（无 UID）" : uid;
  const char* const value = start == nullptr ? nullptr : icalproperty_get_value_as_string(start);
  if (value == nullptr) {
    return invalid(file, {"the event " + name + " has no DTSTART;VALUE=DATE",
                          "事件 " + chinese + " 缺少 DTSTART;VALUE=DATE"});
  }
  const std::string text = value;
  return invalid(file, {"the event " + name + " begins on " + text +
                            ", which is no date of the calendar; write DTSTART;VALUE=DATE:20260131",
                        "事件 " + chinese + " 的开始日期 " + text + " 不存在；请写作 DTSTART;VALUE=DATE:20260131"});
}

Result<Event> event_of(icalcomponent* component, const std::string& file) {
  auto* const start = first(component, ICAL_DTSTART_PROPERTY);
  const auto from = start == nullptr ? std::nullopt : date_of(icalproperty_get_dtstart(start));
  if (!from) return without_start(component, start, file);
  const auto on = base::to_string(*from);
  if (has_more_than_dates(component)) {
    return invalid(file, {"the event of " + on + " is repeated, moved or cancelled; write out its dates",
                          on + " 的事件带有重复、变更或取消；请逐一写明日期"});
  }
  auto* const stop = first(component, ICAL_DTEND_PROPERTY);
  const auto to = stop == nullptr ? *from + days(1) : date_of(icalproperty_get_dtend(stop));
  if (!to || *to <= *from || *to - *from > kMaxEvent) {
    return invalid(file, {"the event of " + on + " must end after it begins, within 31 days",
                          on + " 的事件应在开始之后 31 日内结束"});
  }
  const auto workday = workday_of(component);
  if (!workday) {
    return invalid(file, {"the event of " + on + " must have CATEGORIES:HOLIDAY or CATEGORIES:WORKDAY",
                          on + " 的事件应标明 CATEGORIES:HOLIDAY（放假）或 CATEGORIES:WORKDAY（上班）"});
  }
  return Event{{*from, *to}, *workday};
}

Result<std::set<int>> years_of(icalcomponent* calendar, const std::string& file) {
  std::set<int> years;
  for (auto* property = first(calendar, ICAL_X_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY)) {
    const char* const name = icalproperty_get_x_name(property);
    if (name == nullptr || std::string_view(name) != "X-ZEREN-YEAR") continue;
    const char* const value = icalproperty_get_x(property);
    const std::string_view text = value == nullptr ? "" : value;
    int year = 0;
    const auto* const end = text.data() + text.size();
    const auto [at, failure] = std::from_chars(text.data(), end, year);
    if (failure != std::errc{} || at != end || year < kFirstYear || year > kLastYear) {
      return invalid(file, {"X-ZEREN-YEAR must be a year", "X-ZEREN-YEAR 应为年份"});
    }
    years.insert(year);
  }
  if (!years.empty()) return years;
  return invalid(file, {"X-ZEREN-YEAR must name the year whose table it is",
                        "应以 X-ZEREN-YEAR 标明所属年份"});
}

}  // namespace

class Calendar::Reader {
 public:
  static Result<Calendar> run(icalcomponent* source, const std::string& file) {
    Calendar calendar;
    auto years = years_of(source, file);
    if (!years) return base::pass(std::move(years));
    calendar.years_ = std::move(*years);
    for (auto* component = icalcomponent_get_first_component(source, ICAL_VEVENT_COMPONENT);
         component != nullptr;
         component = icalcomponent_get_next_component(source, ICAL_VEVENT_COMPONENT)) {
      const auto event = event_of(component, file);
      if (!event) return base::pass(event);
      if (auto added = add(*event, calendar, file); !added) return base::pass(std::move(added));
    }
    if (auto filled = check_years(calendar, file); !filled) return base::pass(std::move(filled));
    return calendar;
  }

 private:
  // No year goes by without a holiday: an empty table is one of another year, and nobody would be warned.
  static Result<void> check_years(const Calendar& calendar, const std::string& file) {
    for (const auto year : calendar.years_) {
      const auto first = calendar.days_.lower_bound(base::make_date(year, 1, 1));
      if (first != calendar.days_.end() && base::year_of(first->first) == year) continue;
      const auto mark = "X-ZEREN-YEAR:" + std::to_string(year);
      return invalid(file, {mark + " says of which year this table is, and no event is in that year",
                            mark + " 标明了所属年份，但没有该年的任何事件"});
    }
    return {};
  }

  static Result<void> add(const Event& event, Calendar& calendar, const std::string& file) {
    const auto kind = event.workday ? Day::Workday : Day::Holiday;
    for (auto date = event.period.from; date < event.period.to; date += days(1)) {
      const auto on = base::to_string(date);
      // A holiday at the turn of the year stands in one table only.
      const bool near = calendar.declares(base::year_of(date - kMaxEvent)) ||
                        calendar.declares(base::year_of(date + kMaxEvent));
      if (!near) return invalid(file, {on + " is not in its year", on + " 不在所属年份内"});
      const auto [known, added] = calendar.days_.emplace(date, kind);
      if (!added && known->second != kind) {
        return invalid(file, {on + " is both holiday and working day", on + " 既是放假日又是上班日"});
      }
    }
    return {};
  }
};

Result<Calendar> Calendar::parse(std::string_view text, const std::string& file) {
  if (text.size() > kMaxText) return invalid(file, {"it is larger than 1 MiB", "超过 1 MiB"});
  if (text.find('\0') != text.npos) return invalid(file, {"it is no text", "不是文本"});
  const auto lines = unfolded(text);
  if (const auto reason = too_much(lines)) return invalid(file, *reason);
  const Component root(icalparser_parse_string(lines.c_str()), &icalcomponent_free);
  if (!root || icalcomponent_isa(root.get()) != ICAL_VCALENDAR_COMPONENT) {
    return invalid(file, {"it is not one VCALENDAR", "不是一个完整的 VCALENDAR"});
  }
  if (icalcomponent_count_errors(root.get()) > 0) {
    return invalid(file, {"it breaks the syntax of RFC 5545", "不符合 RFC 5545 语法"});
  }
  return Reader::run(root.get(), file);
}

}  // namespace zeren::rules
