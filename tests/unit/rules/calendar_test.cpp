// Which days are worked: with a table, without one, and from texts that nobody should have written.
#include "rules/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fixtures/temp_folder.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::make_date;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Calendar shipped() {
  return *Calendar::read(std::string(ZEREN_SOURCE_DIR) + "/config/calendars");
}

std::string event(const std::string& start, const std::string& more) {
  return "BEGIN:VEVENT\r\nUID:" + start + "@test\r\nDTSTAMP:20250101T000000Z\r\nDTSTART;VALUE=DATE:" +
         start + "\r\n" + more + "END:VEVENT\r\n";
}

std::string table(const std::string& events, const std::string& year = "X-ZEREN-YEAR:2030\r\n") {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + year + events +
         "END:VCALENDAR\r\n";
}

constexpr auto kHoliday = "CATEGORIES:HOLIDAY\r\n";

std::string reason(const std::string& text) {
  const auto read = Calendar::parse(text, "table.ics");
  if (read) return "accepted";
  EXPECT_EQ(read.error().code, Code::CalendarInvalid);
  EXPECT_EQ(read.error().args.at("file"), "table.ics");
  EXPECT_FALSE(read.error().args.at("reason.zh-CN").empty());
  return read.error().args.at("reason");
}

TEST(Calendar, WithoutATableKnowsWeekendsAndSaysSo) {
  const Calendar none;
  EXPECT_TRUE(none.is_working_day(make_date(2026, 1, 1)));   // a Thursday
  EXPECT_FALSE(none.is_working_day(make_date(2026, 2, 28)));  // a Saturday
  const auto found = none.next_working_day(make_date(2026, 1, 31));
  EXPECT_EQ(found.date, make_date(2026, 2, 2));
  EXPECT_THAT(found.undeclared, ElementsAre(2026));
  EXPECT_THAT(none.add_working_days(make_date(2026, 12, 30), 3).undeclared, ElementsAre(2026, 2027));
}

TEST(Calendar, OfTheStateCouncilHasItsHolidaysAndItsMakeUpDays) {
  const auto calendar = shipped();
  EXPECT_TRUE(calendar.declares(2024));
  EXPECT_TRUE(calendar.declares(2025));
  EXPECT_TRUE(calendar.declares(2026));
  EXPECT_FALSE(calendar.declares(2027));
  EXPECT_FALSE(calendar.is_working_day(make_date(2025, 1, 31)));  // a Friday in the Spring Festival
  EXPECT_TRUE(calendar.is_working_day(make_date(2025, 1, 26)));   // a Sunday, worked for it
  EXPECT_FALSE(calendar.is_working_day(make_date(2026, 1, 31)));  // a Saturday
  EXPECT_TRUE(calendar.is_working_day(make_date(2026, 2, 28)));   // a Saturday, worked
  EXPECT_FALSE(calendar.is_working_day(make_date(2025, 8, 31)));  // a Sunday
  EXPECT_FALSE(calendar.is_working_day(make_date(2026, 10, 1)));
  EXPECT_TRUE(calendar.is_working_day(make_date(2026, 10, 10)));
}

// What the notices themselves come to. 2024: 366 days, 104 weekend days, 19 more free, 8 worked for them; 2025: 365
// days, 104 weekend days, 18 more free, 5 worked for them.
TEST(Calendar, CountsTheWorkingDaysOfAYear) {
  const auto calendar = shipped();
  const auto of = [&](int year) {
    return calendar.working_days_in({make_date(year, 1, 1), make_date(year + 1, 1, 1)});
  };
  EXPECT_EQ(of(2024), (WorkingDays{251, {}}));
  EXPECT_EQ(of(2025), (WorkingDays{248, {}}));
  EXPECT_EQ(of(2026), (WorkingDays{248, {}}));
  EXPECT_THAT(of(2027).undeclared, ElementsAre(2027));
  EXPECT_EQ(calendar.working_days_in({make_date(2026, 2, 1), make_date(2026, 2, 1)}).days, 0);
  EXPECT_EQ(calendar.working_days_in({make_date(2026, 2, 1), make_date(2026, 1, 1)}).days, 0);
}

TEST(Calendar, GoesRoundALongHoliday) {
  const auto calendar = shipped();
  EXPECT_EQ(calendar.next_working_day(make_date(2025, 1, 31)).date, make_date(2025, 2, 5));
  EXPECT_EQ(calendar.previous_working_day(make_date(2025, 1, 31)).date, make_date(2025, 1, 27));
  EXPECT_EQ(calendar.next_working_day(make_date(2026, 2, 27)).date, make_date(2026, 2, 27));
  EXPECT_EQ(calendar.previous_working_day(make_date(2026, 1, 3)).date, make_date(2025, 12, 31));
}

TEST(Calendar, AddsWorkingDaysInBothDirections) {
  const auto calendar = shipped();
  const auto plus = [&](base::Date date, int n) { return calendar.add_working_days(date, n).date; };
  EXPECT_EQ(plus(make_date(2026, 2, 13), 0), make_date(2026, 2, 13));
  EXPECT_EQ(plus(make_date(2026, 2, 13), 1), make_date(2026, 2, 14));  // the Saturday before the festival
  EXPECT_EQ(plus(make_date(2026, 2, 13), 2), make_date(2026, 2, 24));
  EXPECT_EQ(plus(make_date(2026, 2, 24), -2), make_date(2026, 2, 13));
  EXPECT_EQ(plus(make_date(2026, 2, 18), 1), make_date(2026, 2, 24));  // begun on a free day
}

TEST(Calendar, ReadsOneDayWithoutAnEndAndTakesEndsAsExclusive) {
  const auto calendar = *Calendar::parse(
      table(event("20300506", kHoliday) +
            event("20300513", "DTEND;VALUE=DATE:20300515\r\nCATEGORIES:HOLIDAY\r\n")),
      "table.ics");
  EXPECT_FALSE(calendar.is_working_day(make_date(2030, 5, 6)));
  EXPECT_TRUE(calendar.is_working_day(make_date(2030, 5, 7)));
  EXPECT_FALSE(calendar.is_working_day(make_date(2030, 5, 14)));
  EXPECT_TRUE(calendar.is_working_day(make_date(2030, 5, 15)));
}

TEST(Calendar, LetsAHolidayBeginInTheYearBeforeItsTable) {
  const auto calendar = *Calendar::parse(
      table(event("20291231", "DTEND;VALUE=DATE:20300102\r\nCATEGORIES:HOLIDAY\r\n")), "table.ics");
  EXPECT_FALSE(calendar.is_working_day(make_date(2029, 12, 31)));
  EXPECT_FALSE(calendar.declares(2029));
}

TEST(Calendar, RefusesWhatItWouldHaveToGuess) {
  EXPECT_THAT(reason(table(event("20300506", ""))), HasSubstr("CATEGORIES:HOLIDAY or"));
  EXPECT_THAT(reason(table(event("20300506", "CATEGORIES:BIRTHDAY\r\n"))), HasSubstr("CATEGORIES"));
  EXPECT_THAT(reason(table(event("20300506", "CATEGORIES:HOLIDAY,WORKDAY\r\n"))),
              HasSubstr("CATEGORIES"));
  for (const auto* more : {"RRULE:FREQ=YEARLY\r\n", "RDATE;VALUE=DATE:20300507\r\n",
                           "EXDATE;VALUE=DATE:20300506\r\n", "DURATION:P1D\r\n",
                           "RECURRENCE-ID;VALUE=DATE:20300506\r\n", "STATUS:CANCELLED\r\n"}) {
    EXPECT_THAT(reason(table(event("20300506", std::string(kHoliday) + more))),
                HasSubstr("write out its dates"))
        << more;
  }
  EXPECT_THAT(reason(table(event("20300506", kHoliday) + event("20300506", "CATEGORIES:WORKDAY\r\n"))),
              HasSubstr("both holiday and working day"));
}

TEST(Calendar, RefusesDatesThatCannotBe) {
  EXPECT_THAT(reason(table(event("20300231", kHoliday))),
              HasSubstr("the event 20300231@test begins on 20300231, which is no date"));
  EXPECT_THAT(reason(table(event("20310501", kHoliday))), HasSubstr("not in its year"));
  EXPECT_THAT(reason(table("BEGIN:VEVENT\r\nDTSTART:20300506T080000Z\r\nCATEGORIES:HOLIDAY\r\n"
                           "END:VEVENT\r\n")),
              HasSubstr("DTSTART;VALUE=DATE"));
  EXPECT_THAT(reason(table(event("20300506", "DTEND;VALUE=DATE:20300506\r\nCATEGORIES:HOLIDAY\r\n"))),
              HasSubstr("end after it begins"));
  EXPECT_THAT(reason(table(event("20300506", "DTEND;VALUE=DATE:20300906\r\nCATEGORIES:HOLIDAY\r\n"))),
              HasSubstr("within 31 days"));
}

TEST(Calendar, MustSayWhichYearItIsTheTableOf) {
  EXPECT_THAT(reason(table("", "")), HasSubstr("X-ZEREN-YEAR must name"));
  for (const auto* year : {"X-ZEREN-YEAR:soon\r\n", "X-ZEREN-YEAR:99999\r\n", "X-ZEREN-YEAR:20 30\r\n"}) {
    EXPECT_THAT(reason(table("", year)), HasSubstr("must be a year")) << year;
  }
}

TEST(Calendar, OfAYearWithoutAnyEventIsTheTableOfAnother) {
  EXPECT_THAT(reason(table("")), HasSubstr("no event is in that year"));
  EXPECT_THAT(reason(table(event("20310101", kHoliday))), HasSubstr("no event is in that year"));
  EXPECT_THAT(reason(table(event("20300506", kHoliday), "X-ZEREN-YEAR:2030\r\nX-ZEREN-YEAR:2031\r\n")),
              HasSubstr("X-ZEREN-YEAR:2031"));
}

TEST(Calendar, RefusesHostileText) {
  EXPECT_THAT(reason(""), HasSubstr("not one VCALENDAR"));
  EXPECT_THAT(reason("hello"), HasSubstr("not one VCALENDAR"));
  EXPECT_THAT(reason(table("") + table("")), HasSubstr("not one VCALENDAR"));
  EXPECT_THAT(reason(table(std::string("X-A:") + '\0' + "\r\n")), HasSubstr("no text"));
  EXPECT_THAT(reason(std::string(2U << 20U, 'x')), HasSubstr("1 MiB"));
  std::string ends;
  for (int i = 0; i < 2000; ++i) ends += "END:VEVENT\r\n";
  EXPECT_THAT(reason(ends), HasSubstr("never began"));
  EXPECT_THAT(reason("BEG\r\n\r\n  IN:VEVENT\r\n"), HasSubstr("begins with a blank"));
}

// However the text hides that a component begins, libical would go as deep.
TEST(Calendar, RefusesMoreComponentsThanAnyTableHas) {
  for (const std::string one : {"BEGIN:VEVENT\r\n", "begin:vevent\n", "BEG\r\n IN:VEVENT\r\n",
                                "BEGIN;X=1:VEVENT\r\n", "BEGIN:VEVENT\r\nENDS:1\r\n",
                                "BEGIN:VEVENT\r\nX:1\rEND:VEVENT\r\n",
                                "BEGIN:VTODO\r\nEND:VTODO\r\n"}) {
    std::string many;
    for (int i = 0; i < 2000; ++i) many += one;
    EXPECT_THAT(reason(many), HasSubstr("too many components")) << one;
    EXPECT_THAT(reason(many.substr(0, one.size() * 900)), HasSubstr("not one VCALENDAR")) << one;
  }
}

class CalendarFolder : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }
  fixtures::TempFolder folder_;
};

TEST_F(CalendarFolder, ThatIsNotThereHoldsNoTable) {
  const auto none = Calendar::read(folder_ / "nowhere");
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->declares(2026));
}

TEST_F(CalendarFolder, JoinsItsTablesAndPassesOverOtherFiles) {
  write("a.ics", table(event("20300506", kHoliday)));
  write("b.ics", table(event("20310506", kHoliday), "X-ZEREN-YEAR:2031\r\n"));
  write("notes.txt", "no calendar");
  const auto all = Calendar::read(folder_ / "");
  ASSERT_TRUE(all.has_value());
  EXPECT_TRUE(all->declares(2030) && all->declares(2031));
  EXPECT_FALSE(all->is_working_day(make_date(2031, 5, 6)));
}

TEST_F(CalendarFolder, RefusesTwoTablesForOneYearAndNamesTheFile) {
  write("a.ics", table(event("20300506", kHoliday)));
  write("b.ics", table(event("20300507", kHoliday)));
  const auto twice = Calendar::read(folder_ / "");
  ASSERT_FALSE(twice.has_value());
  EXPECT_THAT(twice.error().args.at("file"), HasSubstr("b.ics"));
  EXPECT_THAT(twice.error().args.at("reason"), HasSubstr("2030"));
}

}  // namespace
}  // namespace zeren::rules
