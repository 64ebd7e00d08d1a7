// How the outbox reaches a consumer that takes events, or does not.
#include "app/delivery.hpp"

#include <gmock/gmock.h>

#include <set>

#include "app/commands/account_state_commands.hpp"
#include "app/commands/webhook_commands.hpp"
#include "app/queries/delivery_queries.hpp"
#include "app/webhook.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using testing::ElementsAre;
using testing::IsEmpty;

// Hears of everything, and takes what it is not told to refuse.
class Listener final : public Consumer {
 public:
  const std::string& name() const override { return name_; }
  Result<std::optional<Json>> prepare(Snapshot&, const OutboxEvent& event) const override {
    if (!event.type.starts_with("test.")) return std::optional<Json>{};
    return std::optional<Json>(Json(event.type));
  }
  Attempt send(const OutboxEvent& event, const Json& message) override {
    const auto told = event.subject + " " + message.get<std::string>();
    if (refused.contains(event.subject)) return {Attempt::Outcome::Failed, "not now", wait};
    heard.push_back(told);
    return {};
  }

  std::set<std::string> refused;
  std::optional<std::chrono::seconds> wait;
  std::vector<std::string> heard;

 private:
  std::string name_ = "webhook:listener";
};

class DeliveryTest : public fixtures::HostWorld {
 protected:
  void happens(const std::string& subject, const std::string& type) {
    const auto plan = [=](Snapshot&) -> Result<store::ChangeSet> {
      store::ChangeSet change;
      change.act.action = "test.happen";
      change.events.emplace_back(type, subject, store::Audience::Host, Json::object());
      return change;
    };
    must(run(access::system_principal("test"), {"test.happen", plan}));
  }
  void deliver_all() {
    for (bool more = true; more;) {
      const auto told = deliver(*host_, listener_, retry_);
      ASSERT_TRUE(told.has_value()) << base::report_of(told.error());
      more = told->moved;
    }
  }
  Json letters() { return ask(list_letters(principal("system"), {})).at("items"); }

  Listener listener_;
  RetryRule retry_{3, std::chrono::seconds(10), std::chrono::seconds(15)};
};

TEST_F(DeliveryTest, AWebhookOfADisabledAccountWaitsUntilItIsEnabled) {
  const auto clerk = principal("yunxiu-clerk");
  const auto anywhere = [](const std::string&) { return Result<void>(); };
  must(run(clerk, create_webhook(clerk, {"https://hooks.example.cn/", {"zeren.record.*"}, "", anywhere}, 5)));
  const auto told = [this] {
    std::size_t count = 0;
    must(host_->query([&](Snapshot& snapshot) -> Result<Json> {
      count = load_webhooks(snapshot.session, "")->size();
      return Json{};
    }));
    return count;
  };
  EXPECT_EQ(told(), 1U);
  const auto security = principal("security");
  must(run(security, disable_account(security, {"yunxiu-clerk", "调离"})));
  EXPECT_EQ(told(), 0U);
  must(run(security, enable_account(security, {"yunxiu-clerk", "调回"})));
  EXPECT_EQ(told(), 1U);
}

TEST_F(DeliveryTest, TellsEachEventOnceAndInOrder) {
  happens("a", "test.1");
  happens("b", "test.2");
  deliver_all();
  happens("a", "test.3");
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("a test.1", "b test.2", "a test.3"));
}

TEST_F(DeliveryTest, HoldsBackOnlyTheSubjectWhoseEventFailed) {
  listener_.refused = {"a"};
  happens("a", "test.1");
  happens("b", "test.2");
  happens("a", "test.3");
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("b test.2"));
  listener_.refused.clear();
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("b test.2")) << "before its time";
  clock_.advance(std::chrono::seconds(11));
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("b test.2", "a test.1", "a test.3"));
  EXPECT_THAT(letters(), IsEmpty());
}

TEST_F(DeliveryTest, WaitsTwiceAsLongAfterEachFailureUpToALimit) {
  const RetryRule rule{8, std::chrono::seconds(5), std::chrono::seconds(60)};
  std::vector<std::int64_t> pauses;
  for (std::int64_t failed = 1; failed <= 6; ++failed) pauses.push_back(rule.pause_after(failed).count());
  EXPECT_THAT(pauses, ElementsAre(5, 10, 20, 40, 60, 60));
}

TEST_F(DeliveryTest, SetsADeadLetterAsideWithAnEntryAndGoesOnWithItsSubject) {
  listener_.refused = {"a"};
  happens("a", "test.1");
  for (int attempt = 0; attempt < 3; ++attempt) {
    deliver_all();
    clock_.advance(std::chrono::seconds(16));
  }
  EXPECT_EQ(entries("delivery.set_aside"), 1);
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].value("state", ""), "dead");
  EXPECT_EQ(letters()[0].value("reason", ""), "not now");
  listener_.refused.clear();
  happens("a", "test.2");
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("a test.2"));
}

TEST_F(DeliveryTest, ReplaysADeadLetterWithAnEntryAndOnlyForWhoAnswersForIt) {
  listener_.refused = {"a"};
  happens("a", "test.1");
  for (int attempt = 0; attempt < 3; ++attempt) {
    deliver_all();
    clock_.advance(std::chrono::seconds(16));
  }
  listener_.refused.clear();
  const auto place = letters()[0].at("seq").get<std::int64_t>();
  const auto clerk = principal("qinglan-finance-clerk");
  EXPECT_EQ(run(clerk, replay_letter(clerk, "webhook:listener", place)).error().code,
            Code::DeadLetterUnknown);
  EXPECT_THAT(ask(list_letters(clerk, {})).at("items"), IsEmpty());
  const auto system = principal("system");
  must(run(system, replay_letter(system, "webhook:listener", place)));
  EXPECT_EQ(run(system, replay_letter(system, "webhook:listener", place)).error().code,
            Code::DeadLetterUnknown);
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("a test.1"));
  EXPECT_EQ(entries("delivery.replay"), 1);
}

TEST_F(DeliveryTest, LeavesAConsumerAloneThatAsksForItAndLosesNothing) {
  listener_.refused = {"a"};
  listener_.wait = std::chrono::seconds(120);
  happens("a", "test.1");
  happens("b", "test.2");
  const auto told = deliver(*host_, listener_, retry_);
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->wait, std::chrono::seconds(120));
  EXPECT_THAT(listener_.heard, IsEmpty());
  listener_.refused.clear();
  clock_.advance(std::chrono::seconds(121));
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("a test.1", "b test.2"));
}

TEST_F(DeliveryTest, RemembersAcrossARestartWhatWaits) {
  listener_.refused = {"a"};
  happens("a", "test.1");
  happens("b", "test.2");
  deliver_all();
  close();
  open();
  listener_.refused.clear();
  clock_.advance(std::chrono::seconds(11));
  deliver_all();
  EXPECT_THAT(listener_.heard, ElementsAre("b test.2", "a test.1"));
}

TEST_F(DeliveryTest, NobodyHearsOfEventsThatAreForTheHost) {
  OutboxEvent event{1, "id", "zeren.task.urge", "record/x", {}, {{"module", "dual_reports"}, {"record", "x"}},
                    store::Audience::Host};
  const auto clerk = principal("qinglan-finance-clerk");
  ask([&](Snapshot& snapshot) -> Result<Json> {
    EXPECT_FALSE(*may_hear(snapshot, clerk, event));
    return Json{};
  });
  static_assert(!std::is_constructible_v<store::Event, std::string, std::string, Json>,
                "no event is made without an audience");
}

}  // namespace
}  // namespace zeren::app
