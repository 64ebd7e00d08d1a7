// What was running when a process ended without notice can be read afterwards; what ended well left nothing.
#include "modules/in_flight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/temp_folder.hpp"
#include "modules/module.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::modules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InFlightTest : public ::testing::Test {
 protected:
  InFlight create() const {
    auto made = InFlight::create(file_);
    if (!made) ADD_FAILURE() << base::text_of(made.error());
    return std::move(*made);
  }
  std::vector<CallInFlight> left() const { return InFlight::left_in(file_).value(); }

  fixtures::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "in-flight";
};

TEST_F(InFlightTest, NamesTheCallsThatHaveNotReturned) {
  auto in_flight = create();
  auto first = in_flight.slot("first");
  auto second = in_flight.slot("second");
  first.enter("will_step");
  second.enter("start");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"first", "will_step"},
                                  CallInFlight{"second", "start"}));
  second.leave();
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"first", "will_step"}));
  first.leave();
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(InFlightTest, ForgetsAModuleThatIsGoneAndGivesItsPlaceToTheNext) {
  auto in_flight = create();
  std::optional slot(in_flight.slot("first"));
  slot->enter("stop");
  slot.reset();
  EXPECT_THAT(left(), IsEmpty());
  auto next = in_flight.slot("next");
  next.enter("start");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"next", "start"}));
}

TEST_F(InFlightTest, LeavesNoFileBehindAlsoWhenACallHangs) {
  InFlight::Slot hung;
  {
    auto in_flight = create();
    hung = in_flight.slot("hung");
    hung.enter("will_step");
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
  hung.leave();  // much later; what it touches is still there
}

TEST_F(InFlightTest, RecordsNothingWithoutASlotAndSurvivesTheLastOne) {
  InFlight::Slot none;
  none.enter("start");
  none.leave();
  auto in_flight = create();
  std::vector<InFlight::Slot> slots;
  for (int i = 0; i < 1025; ++i) slots.push_back(in_flight.slot("m" + std::to_string(i)));
  slots.back().enter("start");
  EXPECT_THAT(left(), IsEmpty());
  slots.front().enter("start");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"m0", "start"}));
}

TEST_F(InFlightTest, CutsNamesThatDoNotFit) {
  auto in_flight = create();
  auto slot = in_flight.slot(std::string(200, 'm'));
  slot.enter("a call with a name that nobody would give to a call, ever");
  ASSERT_EQ(left().size(), 1U);
  EXPECT_EQ(left().front().module, std::string(78, 'm'));
  EXPECT_EQ(left().front().call.size(), 47U);
}

TEST_F(InFlightTest, BlamesNobodyForAnotherFileOrAnotherStartOfTheMachine) {
  EXPECT_THAT(left(), IsEmpty());  // there is none
  ASSERT_TRUE(base::write_file(file_, "something else").has_value());
  EXPECT_THAT(left(), IsEmpty());
  auto in_flight = create();
  auto slot = in_flight.slot("first");
  slot.enter("start");
  auto text = base::read_file(file_).value();
  text[20] = text[20] == '0' ? '1' : '0';  // in the name of this start
  ASSERT_TRUE(base::write_file(file_, text).has_value());
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(InFlightTest, SaysWhereItCannotWrite) {
  const auto made = InFlight::create(folder_ / "no_such_folder" / "in-flight");
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, base::Code::FileUnwritable);
}

/// A host in a process of its own, which its plugin ends.
class CrashTest : public InFlightTest {
 protected:
  void run(const manifest::Package& package, const std::string& reason) {
    auto in_flight = create();
    const auto module = Module::load(package, kAmple, &in_flight);
    if (module) (void)(*module)->will_step(a_step(reason), kAmple);
  }

  FixturePackage package_{"crashes"};
};

TEST_F(CrashTest, LeavesTheNameOfThePluginThatAborted) {
  const auto package = package_.providing_steps().pack();
  EXPECT_EXIT(run(package, "abort"), ::testing::KilledBySignal(SIGABRT), "");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"crashes", "will_step"}));
}

TEST_F(CrashTest, LeavesTheNameOfThePluginThatEndedTheProcessItself) {
  const auto package = package_.providing_steps().pack();
  EXPECT_EXIT(run(package, "exit"), ::testing::ExitedWithCode(3), "");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"crashes", "will_step"}));
}

TEST_F(CrashTest, LeavesTheNameOfThePluginThatCrashedWhileItWasStarted) {
  FixturePackage package("crashes_at_start");
  const auto packed = package.providing_nothing().pack();
  EXPECT_EXIT(run(packed, ""), ::testing::KilledBySignal(SIGABRT), "");
  EXPECT_THAT(left(), ElementsAre(CallInFlight{"crashes_at_start", "start"}));
}

TEST_F(CrashTest, LeavesNothingWhenAllWentWell) {
  const auto package = package_.providing_steps().pack();
  run(package, "");
  EXPECT_FALSE(std::filesystem::exists(file_));
  EXPECT_THAT(left(), IsEmpty());
}

}  // namespace
}  // namespace zeren::modules
