// What modules may ask for, and everything else they may write instead.
#include "modules/wish.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "modules/module.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ReadWishesTest, ReadsNoWishesFromSilenceAndFromAnEmptyObject) {
  EXPECT_THAT(read_wishes("", "m", "did_event").value(), IsEmpty());
  EXPECT_THAT(read_wishes("{}", "m", "did_event").value(), IsEmpty());
  EXPECT_THAT(read_wishes(R"({"commands": []})", "m", "did_event").value(), IsEmpty());
}

TEST(ReadWishesTest, ReadsEachCommandInOrder) {
  const auto wishes = read_wishes(R"({"commands": [
      {"comment": {"record": "r", "text": "x"}},
      {"notify": {"unit": "u", "title": {"en": "a", "zh-CN": "甲"}}},
      {"notify": {"unit": "u", "title": {"en": "a", "zh-CN": "甲"}, "record": "r", "due": "2026-01-31"}},
      {"draft": {"rule": "R1", "unit": "u", "period": "2025", "content": {"n": 1}}},
      {"emit": {"event": "talk.done", "record": "r"}},
      {"emit": {"event": "talk.done", "unit": "u"}},
      {"draft": {"type": "list", "unit": "u", "content": {}}},
      {"link": {"record": "r", "kind": "evidence", "to": "s"}}]})",
                                  "m", "did_event");
  ASSERT_TRUE(wishes.has_value()) << base::text_of(wishes.error());
  ASSERT_EQ(wishes->size(), 8U);
  EXPECT_EQ(wishes->at(0), (Wish{"comment", {{"record", "r"}, {"text", "x"}}}));
  EXPECT_EQ(wishes->at(3).body.at("content"), (Json{{"n", 1}}));
  EXPECT_EQ(wishes->at(5).command, "emit");
}

struct Unusable {
  const char* name;
  const char* reply;
  const char* reason;
};

void PrintTo(const Unusable& unusable, std::ostream* out) { *out << unusable.name; }

class UnusableWishTest : public ::testing::TestWithParam<Unusable> {};

TEST_P(UnusableWishTest, IsRefusedWithItsReason) {
  const auto wishes = read_wishes(GetParam().reply, "task_list", "did_event");
  ASSERT_FALSE(wishes.has_value());
  EXPECT_EQ(wishes.error().code, Code::PluginNonsense);
  EXPECT_THAT(base::text_of(wishes.error()), HasSubstr("task_list"));
  EXPECT_THAT(base::text_of(wishes.error()), HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableWishTest,
    ::testing::Values(
        Unusable{"NotJson", "{", "not a JSON object"}, Unusable{"List", "[]", "not a JSON object"},
        Unusable{"OtherMember", R"({"wishes": []})", "neither {} nor a list"},
        Unusable{"NoList", R"({"commands": 7})", "neither {} nor a list"},
        Unusable{"MoreMembers", R"({"commands": [], "then": []})", "neither {} nor a list"},
        Unusable{"NoObject", R"({"commands": ["comment"]})", "an object with one command"},
        Unusable{"TwoAtOnce", R"({"commands": [{"comment": {}, "draft": {}}]})", "an object with one command"},
        Unusable{"Unknown", R"({"commands": [{"dismiss": {}}]})", "no command \"dismiss\""},
        Unusable{"NoBody", R"({"commands": [{"comment": "x"}]})", "\"record\" and \"text\""},
        Unusable{"MissingMember", R"({"commands": [{"comment": {"record": "r"}}]})", "\"record\" and \"text\""},
        Unusable{"EmptyText", R"({"commands": [{"comment": {"record": "r", "text": ""}}]})", "\"record\" and \"text\""},
        Unusable{"OneMore", R"({"commands": [{"comment": {"record": "r", "text": "x", "as": "y"}}]})",
                 "\"record\" and \"text\""},
        Unusable{"OneLanguage", R"({"commands": [{"notify": {"unit": "u", "title": {"en": "a"}}}]})",
                 "\"en\" and \"zh-CN\""},
        Unusable{"Fraction",
                 R"({"commands": [{"draft": {"rule": "R", "unit": "u", "period": "2025", "content": {"n": 1.5}}}]})",
                 "an object \"content\""},
        Unusable{"DraftsOfNothing", R"({"commands": [{"draft": {"unit": "u", "content": {}}}]})", "either \"rule\" and"},
        Unusable{"DraftsTheOwedWithoutAPeriod",
                 R"({"commands": [{"draft": {"rule": "R", "unit": "u", "content": {}}}]})", "either \"rule\" and"},
        Unusable{"DraftsTheOwedOfAType",
                 R"({"commands": [{"draft": {"rule": "R", "type": "t", "unit": "u", "period": "2025", "content": {}}}]})",
                 "either \"rule\" and"},
        Unusable{"EmitsOnNothing", R"({"commands": [{"emit": {"event": "talk.done"}}]})", "either \"record\" or"},
        Unusable{"EmitsOnBoth", R"({"commands": [{"emit": {"event": "talk.done", "record": "r", "unit": "u"}}]})",
                 "either \"record\" or"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ReadWishesTest, RefusesMoreThanTwentyAtOnce) {
  Json reply{{"commands", Json::array()}};
  for (int i = 0; i < 21; ++i) reply["commands"].push_back({{"emit", {{"event", "a.b"}, {"unit", "u"}}}});
  EXPECT_THAT(base::text_of(read_wishes(reply.dump(), "m", "did_event").error()), HasSubstr("more than 20"));
  reply["commands"].erase(0);
  EXPECT_EQ(read_wishes(reply.dump(), "m", "did_event")->size(), 20U);
}

TEST(ModuleEventTest, TellsTheLibraryAndReadsItsAnswer) {
  FixturePackage package("pings");
  package.manifest["provides"] = {"zeren.events/1"};
  package.manifest.erase("computations");
  const auto module = Module::load(package.pack(), kAmple);
  ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
  const auto wishes = (*module)->did_event({{"event", "echo.pong"}}, kAmple);
  ASSERT_TRUE(wishes.has_value()) << base::report_of(wishes.error());
  EXPECT_EQ(wishes->at(0), (Wish{"emit", {{"event", "echo.ping"}, {"unit", "qinglan"}}}));
}

TEST(ModuleEventTest, TakesNonsenseForAFaultOfTheModule) {
  FixturePackage package("listens_wrongly");
  package.manifest["provides"] = {"zeren.events/1"};
  package.manifest.erase("computations");
  const auto module = Module::load(package.pack(), kAmple);
  ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
  EXPECT_EQ((*module)->did_event({{"event", "echo.pong"}}, kAmple).error().code, Code::PluginNonsense);
}

TEST(ModuleEventTest, AsksNothingOfALibraryThatDoesNotListen) {
  FixturePackage package("well_behaved");
  const auto module = Module::load(package.pack(), kAmple);
  ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
  EXPECT_THAT((*module)->did_event({{"event", "echo.pong"}}, kAmple).value(), IsEmpty());
}

}  // namespace
}  // namespace zeren::modules
