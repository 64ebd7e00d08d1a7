// A plugin that hangs costs its own module: callers get their answer in time, nothing is freed
// under the stuck thread, and a late reply changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>

#include "modules/module.hpp"
#include "unit/modules/fixture_package.hpp"
#include "unit/modules/log_capture.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr milliseconds kShort{20};

/// A pipe, closed with it.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  ~Pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void put() { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }
  void take() {
    char byte = 0;
    EXPECT_EQ(::read(ends_[0], &byte, 1), 1);
  }

 private:
  std::array<int, 2> ends_{};
};

class ModuleStallTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto module = Module::load(package_.providing_steps().pack(), kAmple);
    ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
    module_ = *std::move(module);
  }
  // Lets the stuck thread go, and waits until the plugin has answered; so no thread outlives the
  // pipes.
  void TearDown() override {
    if (!stuck_) return;
    release_.put();
    answered_.take();
  }

  base::Result<StepVerdict> hang() {
    stuck_ = true;
    return module_->will_step(a_step("pipes:" + std::to_string(release_.read_end()) + "," +
                                     std::to_string(answered_.write_end())),
                              kShort);
  }

  FixturePackage package_{"hangs"};
  Pipe release_;
  Pipe answered_;
  bool stuck_ = false;
  std::unique_ptr<Module> module_;
};

TEST_F(ModuleStallTest, AnswersForACallThatOutlastsItsBudget) {
  const auto verdict = hang();
  ASSERT_FALSE(verdict.has_value());
  EXPECT_EQ(verdict.error().code, Code::PluginTimedOut);
  EXPECT_THAT(base::text_of(verdict.error()), HasSubstr("did not answer will_step within 20 ms"));
  EXPECT_TRUE(module_->stalled());
}

TEST_F(ModuleStallTest, FailsAllLaterCallsAtOnce) {
  EXPECT_FALSE(hang().has_value());
  // With a budget nobody would wait for: only a refusal at once lets the test end.
  const auto later = module_->will_step(a_step(), std::chrono::hours(24));
  ASSERT_FALSE(later.has_value());
  EXPECT_EQ(later.error().code, Code::PluginTimedOut);
  EXPECT_EQ(module_->did_step(a_step(), std::chrono::hours(24)).error().code, Code::PluginTimedOut);
}

TEST_F(ModuleStallTest, DropsTheLateAnswer) {
  EXPECT_FALSE(hang().has_value());
  release_.put();
  answered_.take();
  stuck_ = false;
  EXPECT_EQ(module_->will_step(a_step(), kAmple).error().code, Code::PluginTimedOut);
}

TEST_F(ModuleStallTest, KeepsAliveWhatTheStuckThreadUses) {
  EXPECT_FALSE(hang().has_value());
  module_.reset();
  release_.put();
  answered_
      .take();  // the plugin read its request and called its host long after the module had gone
  stuck_ = false;
}

TEST_F(ModuleStallTest, StaysUsableBelowItsBudget) {
  const auto verdict = module_->will_step(a_step(), kAmple);
  ASSERT_TRUE(verdict.has_value()) << base::text_of(verdict.error());
  EXPECT_EQ(*verdict, StepVerdict{});
  EXPECT_FALSE(module_->stalled());
}

TEST(ModuleStopTest, IsGivenUpWhenThePluginDoesNotStopInTime) {
  FixturePackage package("hangs_at_stop");
  // Enough to start; then all of it is spent waiting for the end.
  auto module = Module::load(package.providing_nothing().pack(), milliseconds{500});
  ASSERT_TRUE(module.has_value()) << base::text_of(module.error());
  module->reset();  // comes back
}

TEST(ModuleAfterlifeTest, AnswersNobodyWhoCallsAfterItsPluginWasDestroyed) {
  const LogCapture log;
  FixturePackage package("calls_after_destroy");
  Pipe release;
  Pipe called;
  auto module = Module::load(package.providing_steps().pack(), kAmple);
  ASSERT_TRUE(module.has_value()) << base::text_of(module.error());
  const auto told = "pipes:" + std::to_string(release.read_end()) + "," +
                    std::to_string(called.write_end());
  ASSERT_TRUE((*module)->will_step(a_step(told), kAmple).has_value());
  module->reset();
  release.put();
  called.take();
  EXPECT_EQ(log.text(),
            "module calls_after_destroy: its library called the host after it was destroyed\n");
}

TEST(ModuleStartTest, IsGivenUpWhenThePluginDoesNotStartInTime) {
  FixturePackage package("hangs_at_start");
  const auto module = Module::load(package.providing_nothing().pack(), kShort);
  ASSERT_FALSE(module.has_value());
  EXPECT_EQ(module.error().code, Code::PluginTimedOut);
  EXPECT_THAT(base::text_of(module.error()), HasSubstr("did not answer start"));
}

}  // namespace
}  // namespace zeren::modules
