// What every institution owes its host, whatever else it does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "contract/plugins/shipped_packages.hpp"
#include "modules/module.hpp"
#include "zeren/testing/step_builder.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using ::testing::AnyOf;

constexpr std::chrono::milliseconds kAmple{30'000};

class PluginContractTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto package = manifest::Package::verify(package_of(GetParam()));
    ASSERT_TRUE(package.has_value()) << base::report_of(package.error());
    auto module = Module::load(*package, kAmple);
    ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
    module_ = *std::move(module);
  }

  // A record that is only being begun.
  static Json step(const std::string& type, const std::string& name) {
    return zeren::testing::StepBuilder(name).of(type).state("").version(0).build();
  }

  std::unique_ptr<Module> module_;
};

TEST_P(PluginContractTest, IsCalledWhatItsFolderIsCalled) {
  EXPECT_EQ(module_->manifest().id(), GetParam());
}

TEST_P(PluginContractTest, StartsAndStopsAHundredTimes) {
  const auto package = manifest::Package::verify(package_of(GetParam()));
  module_.reset();
  for (int i = 0; i < 100; ++i) {
    const auto module = Module::load(*package, kAmple);
    ASSERT_TRUE(module.has_value()) << "time " << i << ": " << base::text_of(module.error());
  }
}

TEST_P(PluginContractTest, HasAnAnswerToEachOfItsSteps) {
  for (const auto& [type, body] : module_->manifest().section("record_types").items()) {
    for (const auto& [name, unused] : body["steps"].items()) {
      const auto verdict = module_->will_step(step(type, name), kAmple);
      EXPECT_TRUE(verdict.has_value())
          << type << "." << name << ": " << base::text_of(verdict.error());
      EXPECT_TRUE(module_->did_step(step(type, name), kAmple).has_value()) << type << "." << name;
    }
  }
}

TEST_P(PluginContractTest, HearsOfEachEventItListensToWithoutFailing) {
  for (const auto& name : module_->manifest().events_heard()) {
    const Json event{{"event", name}, {"id", "0190"}, {"hops", 0}, {"module", ""}, {"unit", nullptr},
                     {"record", nullptr}, {"fields", Json::object()}, {"data", Json::object()},
                     {"content", Json::object()}, {"parameters", Json::object()}, {"today", "2026-02-01"}};
    const auto wishes = module_->did_event(event, kAmple);
    EXPECT_TRUE(wishes.has_value()) << name << ": " << base::text_of(wishes.error());
  }
}

TEST_P(PluginContractTest, AnswersEachOfItsComputationsOnNoFacts) {
  const Json request = {{"as_of", "2026-02-01"}, {"obligations", Json::array()}};
  for (const auto& [name, body] : module_->manifest().section("computations").items()) {
    const auto table = module_->compute(name, request, kAmple);
    EXPECT_TRUE(table.has_value()) << name << ": " << base::text_of(table.error());
  }
}

TEST_P(PluginContractTest, RefusesRequestsThatAreNoneAndWorksOn) {
  const auto& types = module_->manifest().section("record_types");
  for (const Json& request : {Json(), Json::array(), Json::object(), Json{{"record_type", 3}},
                              Json{{"record_type", "x"}, {"step", "y"}, {"record", "z"}}}) {
    const auto verdict = module_->will_step(request, kAmple);
    const bool harmless = verdict ? !verdict->veto : verdict.error().code == Code::PluginFailed;
    EXPECT_TRUE(harmless) << request;
  }
  EXPECT_FALSE(module_->stalled());
  if (types.empty()) return;
  const auto type = types.begin();
  const auto first = (*type)["steps"].begin();
  EXPECT_TRUE(module_->will_step(step(type.key(), first.key()), kAmple).has_value());
}

INSTANTIATE_TEST_SUITE_P(Shipped, PluginContractTest, ::testing::ValuesIn(shipped_modules()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace zeren::modules
