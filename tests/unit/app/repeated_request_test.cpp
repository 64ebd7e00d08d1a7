// A request that comes twice at once: the second is planned while the first is carried out.
#include <gtest/gtest.h>

#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;

class RepeatedRequest : public fixtures::HostWorld {
 protected:
  // Carries out `twin`, from the same clerk and with the same key, between the host's look for an earlier
  // answer and the plan of the command: the one moment that two threads meet in by chance only.
  Command overtaken_by(const Caller& twin_caller, const Command& twin) {
    return {twin.action, [this, twin_caller, twin](Snapshot& snapshot) {
              if (!std::exchange(overtaken_, true)) first_ = host_->execute(twin_caller, twin);
              return twin.plan(snapshot);
            }};
  }

  bool overtaken_ = false;
  base::Result<Json> first_ = base::fail(Code::TryAgain);
};

TEST_F(RepeatedRequest, GetsTheFirstAnswerAlsoWhenItIsPlannedWhileTheFirstIsCarriedOut) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto draft = draft_record(clerk, owed("qinglan-finance")[0], Json::object());
  const Caller caller{clerk, "", "key-1", "digest"};
  const auto second = must(host_->execute(caller, overtaken_by(caller, draft)));
  EXPECT_EQ(second, must(first_));
  EXPECT_EQ(number("SELECT COUNT(*) FROM record"), 1);
  EXPECT_EQ(entries("record.draft"), 1);
}

TEST_F(RepeatedRequest, IsRefusedWhenTheKeyStandsForAnotherThatWasFirst) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto draft = draft_record(clerk, owed("qinglan-finance")[0], Json::object());
  const auto second = host_->execute({clerk, "", "key-1", "another"},
                                     overtaken_by({clerk, "", "key-1", "digest"}, draft));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::IdempotencyKeyReused);
  EXPECT_EQ(number("SELECT COUNT(*) FROM record"), 1);
}

}  // namespace
}  // namespace zeren::app
