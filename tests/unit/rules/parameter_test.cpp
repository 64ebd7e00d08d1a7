// What a setting may be, what "stricter" means for it, and when a recurrence falls due.
#include "rules/parameter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <limits>

#include "rules/recurrence.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using testing::ElementsAre;
using testing::SizeIs;

constexpr auto kEndOfJanuary = "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31";
constexpr auto kMidJanuary = "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15";
constexpr auto kEndOfFebruary = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28";

std::vector<std::string> fall(const std::string& rule, base::Date from, base::Date to,
                              std::size_t limit = 1000) {
  std::vector<std::string> dates;
  for (const auto date : Recurrence::parse(rule).value().occurrences({from, to}, limit)) {
    dates.push_back(base::to_string(date));
  }
  return dates;
}

TEST(Recurrence, FallsOnTheLastOfJanuaryEachYear) {
  EXPECT_THAT(fall(kEndOfJanuary, make_date(2025, 2, 1), make_date(2028, 2, 1)),
              ElementsAre("2026-01-31", "2027-01-31", "2028-01-31"));
}

TEST(Recurrence, CountsItsFirstDayInAndItsLastDayOut) {
  EXPECT_THAT(fall(kEndOfJanuary, make_date(2026, 1, 31), make_date(2027, 1, 31)),
              ElementsAre("2026-01-31"));
}

TEST(Recurrence, OfTheLeapDaySkipsOtherYears) {
  EXPECT_THAT(fall("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", make_date(2023, 1, 1),
                   make_date(2033, 1, 1)),
              ElementsAre("2024-02-29", "2028-02-29", "2032-02-29"));
}

TEST(Recurrence, OfTheLastDayFollowsTheMonth) {
  EXPECT_THAT(fall("FREQ=MONTHLY;BYMONTHDAY=-1", make_date(2026, 1, 1), make_date(2026, 4, 30)),
              ElementsAre("2026-01-31", "2026-02-28", "2026-03-31"));
}

TEST(Recurrence, OfAWeekKeepsToItsDay) {
  EXPECT_THAT(fall("FREQ=WEEKLY;BYDAY=MO", make_date(2026, 1, 1), make_date(2026, 1, 26)),
              ElementsAre("2026-01-05", "2026-01-12", "2026-01-19"));
  EXPECT_THAT(fall("FREQ=WEEKLY", make_date(2026, 1, 1), make_date(2026, 1, 17)),
              ElementsAre("2026-01-03", "2026-01-10"));  // a Saturday, as the anchor
}

TEST(Recurrence, OfADayNamesEachDayOnce) {
  EXPECT_THAT(fall("FREQ=DAILY", make_date(2026, 2, 27), make_date(2026, 3, 2)),
              ElementsAre("2026-02-27", "2026-02-28", "2026-03-01"));
}

TEST(Recurrence, StopsAtTheLimit) {
  EXPECT_THAT(fall("FREQ=DAILY", make_date(2026, 1, 1), make_date(2027, 1, 1), 10), SizeIs(10));
}

class RefusedRecurrence : public testing::TestWithParam<std::string> {};

TEST_P(RefusedRecurrence, NamesWhatItCannotUse) {
  const auto rule = Recurrence::parse(GetParam());
  ASSERT_FALSE(rule.has_value());
  EXPECT_EQ(rule.error().code, Code::RecurrenceInvalid);
  EXPECT_EQ(rule.error().args.at("value"), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    FinerThanADay, RefusedRecurrence,
    testing::Values("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=YEARLY;BYHOUR=9",
                    "FREQ=DAILY;BYMINUTE=30", "FREQ=DAILY;BYSECOND=5"));
INSTANTIATE_TEST_SUITE_P(Nonsense, RefusedRecurrence,
                         testing::Values("", "every January", "FREQ=SOMETIMES", "BYMONTHDAY=31",
                                         "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY\nFREQ=DAILY"));
INSTANTIATE_TEST_SUITE_P(Overlong, RefusedRecurrence,
                         testing::Values("FREQ=DAILY;BYMONTHDAY=1" + [] {
                           std::string days;
                           for (int i = 0; i < 200; ++i) days += ",1";
                           return days;
                         }()));
INSTANTIATE_TEST_SUITE_P(NeverFiring, RefusedRecurrence,
                         testing::Values("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                                         "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                                         "FREQ=MONTHLY;BYMONTHDAY=-11;BYSETPOS=2"));
INSTANTIATE_TEST_SUITE_P(Ending, RefusedRecurrence,
                         testing::Values("FREQ=YEARLY;UNTIL=20260101",
                                         "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31;COUNT=1",
                                         "FREQ=YEARLY;INTERVAL=1000", "FREQ=MONTHLY;INTERVAL=121"));
INSTANTIATE_TEST_SUITE_P(NotMeant, RefusedRecurrence,
                         testing::Values("FREQ=YEARLY;RSCALE=CHINESE;BYMONTH=1;BYMONTHDAY=1",
                                         "FREQ=YEARLY;SKIP=BACKWARD", "FREQ=YEARLY;BYWEEKNO=1",
                                         "FREQ=YEARLY;BYMONTH=5L", "freq=yearly", "FREQ=YEARLY;",
                                         "FREQ=YEARLY;BYMONTH=1;BYMONTH=2", "FREQ=YEARLY;X-OUR=1"));

// A trial asks for the dates of every unit. In time of the processor: others may be using the machine, too.
TEST(Recurrence, OfTheLastWorkingDayOfEachMonthIsQuickToTell) {
  const auto rule = Recurrence::parse("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1").value();
  const base::Period year{make_date(2026, 1, 1), make_date(2027, 1, 1)};
  const auto begin = std::clock();
  for (int i = 0; i < 100; ++i) EXPECT_THAT(rule.occurrences(year, 366), SizeIs(12));
  EXPECT_LT(std::clock() - begin, CLOCKS_PER_SEC * 4 / 10);
}

struct Tightening {
  const char* rule;
  const char* stricter;
  bool tightens;
};

class TightenedRecurrence : public testing::TestWithParam<Tightening> {};

// The answer is about the rules: the day on which it is asked, before or between the dates, is no part of it.
TEST_P(TightenedRecurrence, IsJudgedAlikeOnEveryDayOfTheYear) {
  const auto& [rule, stricter, expected] = GetParam();
  for (const auto day : {make_date(2026, 1, 1), make_date(2026, 1, 20), make_date(2026, 2, 10),
                         make_date(2026, 6, 30), make_date(2026, 12, 31)}) {
    EXPECT_EQ(tightens(*Recurrence::parse(rule), *Recurrence::parse(stricter), day), expected)
        << rule << " -> " << stricter << " asked on " << base::to_string(day);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, TightenedRecurrence,
    testing::Values(Tightening{kEndOfJanuary, kEndOfJanuary, true},
                    Tightening{kEndOfJanuary, kMidJanuary, true},
                    Tightening{kMidJanuary, kEndOfJanuary, false},
                    Tightening{kEndOfJanuary, kEndOfFebruary, false},
                    Tightening{kEndOfJanuary, "FREQ=MONTHLY;BYMONTHDAY=-1", true},
                    Tightening{"FREQ=MONTHLY;BYMONTHDAY=-1", kEndOfJanuary, false},
                    Tightening{"FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31",
                               "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=30", true},
                    Tightening{"FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15",
                               "FREQ=YEARLY;BYMONTH=1,7,12;BYMONTHDAY=20", false},
                    Tightening{"FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=10", true},
                    Tightening{"FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31", kMidJanuary, false},
                    Tightening{kEndOfJanuary, "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=31",
                               false},
                    Tightening{"FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=31", kMidJanuary,
                               true}));

Parameter parameter(ParameterType type, Order order) { return {"p", type, order, {}, {}, {}}; }

struct Comparison {
  ParameterType type;
  Order order;
  Json floor;
  Json stricter;  // than the floor, in that order
};

class EveryOrder : public testing::TestWithParam<Comparison> {};

TEST_P(EveryOrder, AcceptsTheFloorAndWhatIsStricterAndNothingElse) {
  const auto& [type, order, floor, stricter] = GetParam();
  const auto declared = parameter(type, order);
  const auto today = make_date(2026, 1, 1);
  EXPECT_TRUE(at_least_as_strict(declared, floor, floor, today));
  EXPECT_TRUE(at_least_as_strict(declared, floor, stricter, today));
  EXPECT_FALSE(at_least_as_strict(declared, stricter, floor, today));
}

INSTANTIATE_TEST_SUITE_P(
    All, EveryOrder,
    testing::Values(
        Comparison{ParameterType::Recurrence, Order::Earlier, kEndOfJanuary, kMidJanuary},
        Comparison{ParameterType::Integer, Order::FewerDays, 30, 15},
        Comparison{ParameterType::Integer, Order::MoreTimes, 2, 4},
        Comparison{ParameterType::Integer, Order::Longer, 10, 30},
        Comparison{ParameterType::TextList, Order::Superset, Json::array({"a", "b"}),
                   Json::array({"b", "c", "a"})},
        Comparison{ParameterType::TextList, Order::Narrower, Json::array({"a", "b"}),
                   Json::array({"b"})},
        Comparison{ParameterType::Boolean, Order::On, false, true},
        Comparison{ParameterType::Duration, Order::FewerDays, "P1M", "P28D"},
        Comparison{ParameterType::Duration, Order::Longer, "P1M", "P31D"},
        Comparison{ParameterType::Duration, Order::Rights, "P10D", "P15D"},
        Comparison{ParameterType::Integer, Order::Rights, 3, 5},
        Comparison{ParameterType::CalendarPolicy, Order::CalendarPolicy, "NONE", "PREV_WORKDAY"},
        Comparison{ParameterType::CalendarPolicy, Order::CalendarPolicy, "NEXT_WORKDAY", "NONE"}));

TEST(Parameter, WithoutOrderIsNeverTooLoose) {
  const auto free = parameter(ParameterType::Integer, Order::Free);
  EXPECT_TRUE(at_least_as_strict(free, 1, 2, make_date(2026, 1, 1)));
  EXPECT_TRUE(at_least_as_strict(free, 2, 1, make_date(2026, 1, 1)));
}

TEST(Parameter, ListsThatOnlyOverlapAreNeitherWiderNorNarrower) {
  const auto a = Json::array({"a", "b"});
  const auto b = Json::array({"b", "c"});
  for (const auto order : {Order::Superset, Order::Narrower}) {
    EXPECT_FALSE(at_least_as_strict(parameter(ParameterType::TextList, order), a, b,
                                    make_date(2026, 1, 1)));
  }
}

TEST(Parameter, IsReadWithItsBounds) {
  const auto read = read_parameters(Json::parse(
      R"({"days": {"type": "integer", "order": "fewer_days", "default": 5, "minimum": 0, "maximum": 90}})"));
  ASSERT_TRUE(read.has_value());
  const auto& days = read->at("days");
  EXPECT_EQ(days.standard, 5);
  EXPECT_TRUE(check_value(days, 0).has_value());
  EXPECT_TRUE(check_value(days, 90).has_value());
  EXPECT_EQ(check_value(days, -1).error().args.at("expected"), "at least 0");
  EXPECT_EQ(check_value(days, 91).error().args.at("expected"), "at most 90");
}

TEST(Parameter, KeepsToIntegersThatEveryReaderGivesBack) {
  constexpr std::int64_t kMost = 9'007'199'254'740'991;
  const auto read = [](const Json& standard, const Json& maximum) {
    return read_parameters(
        {{"size", {{"type", "integer"}, {"order", "free"}, {"default", standard}, {"maximum", maximum}}}});
  };
  EXPECT_TRUE(read(kMost, kMost).has_value());
  EXPECT_EQ(read(1, kMost + 1).error().code, Code::ParameterType);
  EXPECT_EQ(read(1, std::numeric_limits<std::uint64_t>::max()).error().code, Code::ParameterType);
  const auto unbounded = read_parameters({{"size", {{"type", "integer"}, {"order", "free"}, {"default", 1}}}});
  EXPECT_FALSE(check_value(unbounded->at("size"), kMost + 1).has_value());
  EXPECT_FALSE(check_value(unbounded->at("size"), -kMost - 1).has_value());
  EXPECT_TRUE(check_value(unbounded->at("size"), -kMost).has_value());
}

TEST(Parameter, RefusesADefaultThatDoesNotFit) {
  for (const auto* text :
       {R"({"p": {"type": "integer", "order": "free", "default": "5"}})",
        R"({"p": {"type": "integer", "order": "free", "default": 1, "minimum": 2}})",
        R"({"p": {"type": "text", "order": "earlier", "default": "x"}})",
        R"({"p": {"type": "boolean", "order": "superset", "default": true}})"}) {
    const auto read = read_parameters(Json::parse(text));
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, Code::ParameterType) << text;
  }
}

// Every day would meet every floor.
TEST(Parameter, OfAListOfNumbersRefusesWhatIsNoneOrOutside) {
  Parameter days{"reminder_days", ParameterType::TextList, Order::Free, {"30", "1"}, 0, 1000};
  EXPECT_TRUE(check_value(days, {"0", "30", "1000"}));
  for (const auto* wrong : {"x", "-5", "99999999999", "1001", "", " 1", "01", "1.5"}) {
    const auto refused = check_value(days, Json::array({"30", wrong}));
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, Code::ParameterType);
    EXPECT_EQ(refused.error().args.at("expected"), "a list of whole numbers from 0 to 1000, each as a text");
  }
}

TEST(Parameter, RefusesAListOfMoreThanAHundredTexts) {
  const Parameter list{"kinds", ParameterType::TextList, Order::Free, Json::array(), {}, {}};
  EXPECT_TRUE(check_value(list, std::vector<std::string>(100, "x")));
  EXPECT_FALSE(check_value(list, std::vector<std::string>(101, "x")));
}

TEST(Parameter, RefusesARecurrenceThatFallsDueMoreOftenThanTheModuleMeant) {
  Parameter due{"due", ParameterType::Recurrence, Order::Earlier, kEndOfJanuary, {}, {}};
  EXPECT_TRUE(check_value(due, "FREQ=MONTHLY;BYMONTHDAY=1"));
  const auto daily = check_value(due, "FREQ=DAILY");
  ASSERT_FALSE(daily);
  EXPECT_EQ(daily.error().code, Code::ParameterType);
  EXPECT_EQ(daily.error().args.at("expected"), "due at most 12 times a year");
  due.maximum = 1;
  EXPECT_FALSE(check_value(due, "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1"));
  due.maximum = 366;
  EXPECT_TRUE(check_value(due, "FREQ=DAILY"));
}

TEST(Parameter, RefusesValuesOfAnotherType) {
  const std::vector<std::pair<ParameterType, Json>> wrong = {
      {ParameterType::Integer, "1"},        {ParameterType::Integer, true},
      {ParameterType::Boolean, 1},          {ParameterType::Text, nullptr},
      {ParameterType::TextList, "a"},       {ParameterType::TextList, Json::array({"a", 1})},
      {ParameterType::Recurrence, 31},
  };
  for (const auto& [type, value] : wrong) {
    const auto fits = check_value(parameter(type, Order::Free), value);
    ASSERT_FALSE(fits.has_value()) << value;
    EXPECT_EQ(fits.error().code, Code::ParameterType) << value;
  }
  EXPECT_EQ(check_value(parameter(ParameterType::Recurrence, Order::Free), "soon").error().code,
            Code::RecurrenceInvalid);
}

std::string refusal(const char* declared, const Json& value) {
  const auto read = read_parameters(Json{{"p", Json::parse(declared)}});
  EXPECT_TRUE(read.has_value()) << declared;
  const auto fits = check_value(read->at("p"), value);
  return fits ? "accepted" : std::string(name_of(fits.error().code));
}

TEST(Parameter, WithListedValuesTakesNoOther) {
  const auto* text = R"({"type": "text", "order": "free", "values": ["党组扩大会议", "全委会"],
                         "default": "党组扩大会议"})";
  EXPECT_EQ(refusal(text, "全委会"), "accepted");
  EXPECT_EQ(refusal(text, "常委会"), "parameter_type");
  EXPECT_EQ(refusal(text, 1), "parameter_type");
  const auto* list = R"({"type": "text_list", "order": "superset", "values": ["a", "b"], "default": []})";
  EXPECT_EQ(refusal(list, Json::array({"b", "a"})), "accepted");
  EXPECT_EQ(refusal(list, Json::array({"a", "c"})), "parameter_type");
  EXPECT_FALSE(read_parameters(Json::parse(
      R"({"p": {"type": "text", "order": "free", "values": ["a"], "default": "b"}})")));
}

TEST(Parameter, OfWeightsStaysInItsBandAndTogetherAHundred) {
  const auto* weights = R"({"type": "weights", "order": "banded", "band": 5,
                            "default": {"a": 40, "b": 60}})";
  EXPECT_EQ(refusal(weights, {{"a", 45}, {"b", 55}}), "accepted");
  EXPECT_EQ(refusal(weights, {{"a", 46}, {"b", 54}}), "parameter_type");
  EXPECT_EQ(refusal(weights, {{"a", 45}, {"b", 60}}), "parameter_type");
  EXPECT_EQ(refusal(weights, {{"a", 40}, {"c", 60}}), "parameter_type");
  EXPECT_EQ(refusal(weights, {{"a", 40}, {"b", 55}, {"c", 5}}), "parameter_type");
  EXPECT_EQ(refusal(weights, {{"a", 40.0}, {"b", 60}}), "parameter_type");
  EXPECT_EQ(refusal(weights, {{"a", std::numeric_limits<std::int64_t>::min()}, {"b", 60}}),
            "parameter_type");
  EXPECT_EQ(refusal(weights, 100), "parameter_type");
}

TEST(Parameter, OfWeightsNeedsASoundDefault) {
  for (const auto* standard : {R"({"a": 40, "b": 50})", R"({"a": "x"})", R"({"a": -10, "b": 110})", "[]"}) {
    const auto declared = Json{{"type", "weights"}, {"order", "banded"}, {"default", Json::parse(standard)}};
    EXPECT_FALSE(read_parameters(Json{{"p", declared}}).has_value()) << standard;
  }
}

TEST(Parameter, ThatIsARightCannotBeAbolished) {
  const auto* number = R"({"type": "integer", "order": "rights", "default": 3})";
  EXPECT_EQ(refusal(number, 1), "accepted");
  EXPECT_EQ(refusal(number, 0), "parameter_type");
  EXPECT_EQ(refusal(number, -1), "parameter_type");
  const auto* days = R"({"type": "duration", "order": "rights", "days": "working", "default": "P3D"})";
  EXPECT_EQ(refusal(days, "P5D"), "accepted");
  EXPECT_EQ(refusal(days, "P0D"), "parameter_type");
  EXPECT_EQ(refusal(days, "P1M"), "duration_invalid");  // nobody has defined a working month
}

TEST(Parameter, OfACalendarPolicyKnowsThreeAndHasItsOwnOrder) {
  const auto* policy = R"({"type": "calendar_policy", "order": "calendar_policy", "of": "due",
                           "default": "NONE"})";
  EXPECT_EQ(refusal(policy, "PREV_WORKDAY"), "accepted");
  EXPECT_EQ(refusal(policy, "next_workday"), "parameter_type");
  EXPECT_EQ(refusal(policy, 1), "parameter_type");
  EXPECT_FALSE(read_parameters(Json::parse(
      R"({"p": {"type": "calendar_policy", "order": "free", "default": "NONE"}})")));
  EXPECT_FALSE(read_parameters(Json::parse(
      R"({"p": {"type": "text", "order": "calendar_policy", "default": "NONE"}})")));
}

}  // namespace
}  // namespace zeren::rules
