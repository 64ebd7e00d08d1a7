#include "modules/module.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "unit/modules/fixture_package.hpp"
#include "unit/modules/log_capture.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using ::testing::HasSubstr;

class ModuleTest : public ::testing::Test {
 protected:
  static std::unique_ptr<Module> loaded(FixturePackage& package) {
    auto module = Module::load(package.pack(), kAmple);
    if (!module) ADD_FAILURE() << base::report_of(module.error());
    return module ? *std::move(module) : nullptr;
  }
};

TEST_F(ModuleTest, CarriesThePluginsSayToTheCaller) {
  FixturePackage package("well_behaved");
  const auto module = loaded(package);
  const auto verdict = module->will_step(a_step(), kAmple);
  ASSERT_TRUE(verdict.has_value()) << base::text_of(verdict.error());
  // The fixture replies twice; the last reply counts.
  EXPECT_EQ(*verdict, (StepVerdict{std::nullopt, {{"title", "second thoughts"}}}));
  EXPECT_TRUE(module->did_step(a_step(), kAmple).has_value());
  const auto table = module->compute("figures", Json::object(), kAmple);
  ASSERT_TRUE(table.has_value()) << base::text_of(table.error());
  EXPECT_EQ(table->at("rows"), Json::parse(R"([{"n": 3}])"));
}

TEST_F(ModuleTest, StartsAndStopsThePluginInOrderAndLogsUnderItsName) {
  const LogCapture log;
  FixturePackage package("well_behaved");
  loaded(package).reset();
  EXPECT_EQ(log.text(),
            "module well_behaved: init\nmodule well_behaved: start FORGED LINE\n"
            "module well_behaved: stop\nmodule well_behaved: destroy\n");
}

TEST_F(ModuleTest, DestroysAPluginThatWasCreatedAndDidNotStart) {
  const LogCapture log;
  FixturePackage package("refuses_to_start");
  const auto module = Module::load(package.providing_nothing().pack(), kAmple);
  ASSERT_FALSE(module.has_value());
  EXPECT_EQ(module.error().code, Code::PluginFailed);
  EXPECT_EQ(log.text(), "module refuses_to_start: destroyed\n");
}

TEST_F(ModuleTest, NamesLibraryAndPackageByDigest) {
  FixturePackage package("well_behaved");
  const auto verified = package.pack();
  const auto module = Module::load(verified, kAmple);
  ASSERT_TRUE(module.has_value());
  EXPECT_EQ((*module)->digest(), verified.digest());
  ASSERT_TRUE((*module)->library_digest().has_value());
  EXPECT_EQ((*module)->library_digest(), verified.library_digest());
}

TEST_F(ModuleTest, SurvivesExceptionsFromTheLibrary) {
  FixturePackage package("throws");
  const auto module = loaded(package.providing_steps());
  for (int i = 0; i < 3; ++i) {
    const auto verdict = module->will_step(a_step(), kAmple);
    ASSERT_FALSE(verdict.has_value());
    EXPECT_EQ(verdict.error().code, Code::PluginFailed);
    EXPECT_THAT(base::text_of(verdict.error()), HasSubstr("threw an exception"));
  }
  EXPECT_EQ(module->did_step(a_step(), kAmple).error().code, Code::PluginFailed);
  EXPECT_FALSE(module->stalled());
}

TEST_F(ModuleTest, RefusesNonsenseAndSilence) {
  FixturePackage package("misbehaves");
  const auto module = loaded(package);
  const auto nonsense = module->will_step(a_step(), kAmple);
  ASSERT_FALSE(nonsense.has_value());
  EXPECT_EQ(nonsense.error().code, Code::PluginNonsense);
  EXPECT_THAT(base::text_of(nonsense.error()), HasSubstr("not JSON"));
  const auto silence = module->will_step(a_step("silent"), kAmple);
  ASSERT_FALSE(silence.has_value());
  EXPECT_EQ(silence.error().code, Code::PluginNonsense);
  EXPECT_THAT(base::text_of(silence.error()), HasSubstr("no reply"));
}

TEST_F(ModuleTest, RefusesAnswersThatNobodyCanReadAndWorksOn) {
  for (const std::string fixture :
       {"answers_hugely", "answers_in_gbk", "answers_deeply", "answers_elsewhere"}) {
    FixturePackage package(fixture);
    const auto module = loaded(package.providing_steps());
    for (int i = 0; i < 2; ++i) {
      const auto verdict = module->will_step(a_step(), kAmple);
      ASSERT_FALSE(verdict.has_value()) << fixture;
      EXPECT_EQ(verdict.error().code, Code::PluginNonsense) << fixture;
    }
    EXPECT_FALSE(module->stalled()) << fixture;
  }
}

TEST_F(ModuleTest, StopsAndDestroysAPluginThatThrowsInBoth) {
  const LogCapture log;
  FixturePackage package("throws_in_stop");
  loaded(package.providing_nothing()).reset();
  EXPECT_EQ(log.text(), "module throws_in_stop: stop\nmodule throws_in_stop: destroy\n");
}

TEST_F(ModuleTest, LoadsALibraryThatExportsMoreThanItsEntry) {
  // zeren_add_institution() does not let it happen; the host looks at the entry only.
  FixturePackage package("exports_more");
  EXPECT_NE(loaded(package.providing_nothing()), nullptr);
}

TEST_F(ModuleTest, QuotesTheReasonOrTheStatusOfAFailure) {
  FixturePackage package("misbehaves");
  const auto module = loaded(package);
  const auto told = module->did_step(a_step(), kAmple);
  ASSERT_FALSE(told.has_value());
  EXPECT_EQ(told.error().code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(told.error()), HasSubstr("status 42"));
  const auto table = module->compute("figures", Json::object(), kAmple);
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(table.error()), HasSubstr("no figures before March"));
}

TEST_F(ModuleTest, AnswersForAModuleWithoutCode) {
  FixturePackage package("well_behaved");
  const auto module = loaded(package.without_library());
  EXPECT_EQ(module->will_step(a_step(), kAmple), StepVerdict{});
  EXPECT_TRUE(module->did_step(a_step(), kAmple).has_value());
  EXPECT_EQ(module->library_digest(), std::nullopt);
  EXPECT_FALSE(module->stalled());
}

TEST_F(ModuleTest, NamesTheComputationsThereAre) {
  FixturePackage package("well_behaved");
  const auto module = loaded(package);
  const auto table = module->compute("ranking", Json::object(), kAmple);
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().code, Code::ComputationUnknown);
  EXPECT_THAT(base::text_of(table.error()), HasSubstr("\"ranking\"; it has: figures"));
}

TEST_F(ModuleTest, ServesManyThreadsOneAtATime) {
  FixturePackage package("well_behaved");
  const auto module = loaded(package);
  std::vector<int> answered(4, 0);
  std::vector<std::thread> callers;
  for (auto& count : answered) {
    callers.emplace_back([&module, &count] {
      for (int i = 0; i < 50; ++i) count += module->will_step(a_step(), kAmple).has_value() ? 1 : 0;
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_THAT(answered, ::testing::Each(50));
}

}  // namespace
}  // namespace zeren::modules
