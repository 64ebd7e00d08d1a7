// What the C++ wrapper promises to institutions and to the host, through the C entry.
#include "zeren/institution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "zeren/testing/event_builder.hpp"
#include "zeren/testing/fake_host.hpp"
#include "zeren/testing/step_builder.hpp"

namespace {

using ::testing::ElementsAre;
using zeren::Json;
using zeren::testing::EventBuilder;
using zeren::testing::FakeHost;
using zeren::testing::StepBuilder;

class InstitutionTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(host_.started().has_value()); }

  zeren::Result<Json> asked(const std::string& wish) {
    return host_.will_step(StepBuilder("submit").of(wish).build());
  }
  std::string failure(const std::string& wish) {
    const auto answer = asked(wish);
    return answer ? "no failure" : answer.error().text;
  }

  FakeHost host_{zeren_plugin_entry};
};

TEST_F(InstitutionTest, AnswersWithTheVerdict) {
  EXPECT_EQ(asked("passes").value(), Json::object());
  EXPECT_EQ(asked("vetoes").value(),
            (Json{{"veto", {{"en", "no"}, {"zh-CN", "不行"}, {"field", "title"}}}}));
  EXPECT_EQ(asked("patches").value(), (Json{{"patch", {{"title", "t"}, {"count", 3}}}}));
}

TEST_F(InstitutionTest, TurnsFailuresAndExceptionsIntoAStatusWithASentence) {
  EXPECT_EQ(failure("fails"), "cannot judge this");
  EXPECT_EQ(failure("throws"), "thrown by the institution");
  EXPECT_EQ(failure("throws_a_number"), "an exception of unknown type");
}

TEST_F(InstitutionTest, WorksOnAfterAnException) {
  EXPECT_FALSE(asked("throws").has_value());
  EXPECT_TRUE(asked("passes").has_value());
}

TEST_F(InstitutionTest, MendsTextThatIsNotUtf8) {
  EXPECT_EQ(asked("breaks_utf8").value()["patch"]["title"], "\xEF\xBF\xBD");
}

TEST_F(InstitutionTest, RefusesARequestThatIsNotAStep) {
  for (const Json& request :
       {Json(3), Json::object(), Json{{"record_type", 1}, {"step", "submit"}}}) {
    EXPECT_FALSE(host_.will_step(request).has_value()) << request;
    EXPECT_FALSE(host_.did_step(request).has_value()) << request;
  }
}

TEST_F(InstitutionTest, LogsThroughTheHost) {
  ASSERT_TRUE(host_.did_step(StepBuilder("approve").of("passes").build()).has_value());
  EXPECT_THAT(host_.logged(), ElementsAre("started", "approve"));
}

TEST_F(InstitutionTest, AnswersAStepWithNothingUnlessItIsAskedForSomething) {
  EXPECT_EQ(host_.did_step(StepBuilder("approve").of("passes").build()).value(), Json::object());
  EXPECT_EQ(host_.did_step(StepBuilder("approve").of("answers").id("r1").build()).value(),
            (Json{{"commands", {{{"comment", {{"record", "r1"}, {"text", "看过了"}}}}}}}));
}

TEST_F(InstitutionTest, AnswersAnEventWithCommandsInOrder) {
  const auto event = EventBuilder("meeting.held").record("r2", "minutes", "2026", "held").field("topic", "T03").build();
  const auto commands = host_.did_event(event).value().at("commands");
  ASSERT_EQ(commands.size(), 4U);
  EXPECT_EQ(commands[0], (Json{{"notify",
                                {{"unit", "qinglan"},
                                 {"title", {{"en", "Held"}, {"zh-CN", "已召开"}}},
                                 {"record", "r2"},
                                 {"due", "2026-01-15"}}}}));
  EXPECT_EQ(commands[1], (Json{{"emit", {{"event", "probe.heard"}, {"record", "r2"}}}}));
  EXPECT_EQ(commands[2], (Json{{"emit", {{"event", "probe.heard"}, {"unit", "qinglan"}}}}));
  EXPECT_EQ(commands[3],
            (Json{{"draft",
                   {{"rule", "R1"}, {"unit", "qinglan"}, {"period", "2026"}, {"content", {{"topic", "T03"}}}}}}));
}

TEST_F(InstitutionTest, TurnsAFailureToListenIntoAStatusWithASentence) {
  EXPECT_EQ(host_.did_event(EventBuilder("probe.fails").build()).error().text, "cannot listen");
  EXPECT_EQ(host_.did_event(EventBuilder("probe.throws").build()).error().text, "thrown while listening");
  EXPECT_FALSE(host_.did_event(Json{{"event", 3}}).has_value());
}

TEST_F(InstitutionTest, SaysThatItKnowsNoComputation) {
  const auto answer = host_.compute("figures", Json::object());
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().text, "no computation is called \"figures\"");
}

TEST_F(InstitutionTest, AnswersUnknownInterfacesWithNull) {
  EXPECT_TRUE(host_.provides("zeren.steps/1"));
  EXPECT_TRUE(host_.provides("zeren.compute/1"));
  EXPECT_TRUE(host_.provides("zeren.events/1"));
  EXPECT_FALSE(host_.provides("zeren.steps/2"));
  EXPECT_FALSE(host_.provides(""));
}

}  // namespace
