// Mergers, splits and renamings, followed to the units of another day.
#include "org/succession.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/org/recorded_organisation.hpp"
#include "unit/org/written_organisation.hpp"

namespace zeren::org {
namespace {

using base::Json;
using base::make_date;
using testing::ElementsAre;
using testing::IsEmpty;

base::Period until(int year) { return {first_of(2019), first_of(year)}; }
base::Period from(int year) { return {first_of(year), base::kForever}; }

std::vector<std::string> codes(const std::vector<UnitId>& units) {
  std::vector<std::string> result;
  for (const auto& each : units) result.push_back(each.value);
  return result;
}

// a and b were merged into ab in 2021; ab was split into x and y in 2023; y was renamed z in 2025.
std::shared_ptr<const Organisation> long_course() {
  return Rows()
      .unit("a", until(2021))
      .unit("b", until(2021))
      .unit("ab", {first_of(2021), first_of(2023)})
      .unit("x", from(2023))
      .unit("y", {first_of(2023), first_of(2025)})
      .unit("z", from(2025))
      .successor("a", "merge", "ab", first_of(2021))
      .successor("b", "merge", "ab", first_of(2021))
      .successor("ab", "split", "y", first_of(2023))
      .successor("ab", "split", "x", first_of(2023))
      .successor("y", "rename", "z", first_of(2025))
      .make(kToday);
}

TEST(Succession, IsFollowedToTheUnitsThatStandOnTheDay) {
  const auto org = long_course();
  const auto mapped = [&](base::Date date) {
    return codes(mapped_to(*org, UnitId{"a"}, {date}));
  };
  EXPECT_THAT(mapped(make_date(2020, 12, 31)), ElementsAre("a"));
  EXPECT_THAT(mapped(first_of(2021)), ElementsAre("ab"));
  EXPECT_THAT(mapped(first_of(2024)), ElementsAre("x", "y"));
  EXPECT_THAT(mapped(kToday), ElementsAre("x", "z"));
}

TEST(Succession, GathersAllThatAUnitStandsFor) {
  const auto org = long_course();
  EXPECT_THAT(codes(mapped_from(*org, UnitId{"z"}, {kToday})), ElementsAre("a", "ab", "b", "y", "z"));
  EXPECT_THAT(codes(mapped_from(*org, UnitId{"ab"}, {first_of(2022)})),
              ElementsAre("a", "ab", "b"));
  EXPECT_THAT(mapped_from(*org, UnitId{"ab"}, {kToday}), IsEmpty());
  EXPECT_THAT(mapped_from(*org, UnitId{"unheard"}, {kToday}), IsEmpty());
}

TEST(Succession, SaysOneStepOnAndBackWhatItWasAndSinceWhen) {
  const auto org = long_course();
  EXPECT_THAT(successors_of(*org, UnitId{"y"}, {kToday}),
              ElementsAre(Succession{UnitId{"z"}, first_of(2025), "rename"}));
  EXPECT_THAT(predecessors_of(*org, UnitId{"ab"}, {kToday}),
              ElementsAre(Succession{UnitId{"a"}, first_of(2021), "merge"},
                          Succession{UnitId{"b"}, first_of(2021), "merge"}));
  EXPECT_THAT(successors_of(*org, UnitId{"y"}, {first_of(2024)}), IsEmpty()) << "not yet";
}

TEST(Succession, AUnitThatGoesOnBesideItsSplinterStandsForItself) {
  const auto org = Rows()
                       .unit("old")
                       .unit("splinter", from(2023))
                       .successor("old", "split", "splinter", first_of(2023))
                       .make(kToday);
  EXPECT_THAT(codes(mapped_to(*org, UnitId{"old"}, {kToday})), ElementsAre("old"));
  EXPECT_THAT(codes(mapped_from(*org, UnitId{"splinter"}, {kToday})), ElementsAre("splinter"));
}

TEST(Succession, ADissolvedUnitWithoutSuccessorMapsToNothing) {
  const auto org = Rows().unit("gone", until(2021)).make(kToday);
  EXPECT_THAT(mapped_to(*org, UnitId{"gone"}, {kToday}), IsEmpty());
}

TEST(Succession, IsAsKnownOnTheDayAsked) {
  Rows rows;
  rows.unit("a").known(0, 2000).unit("b").successor("a", "rename", "b", first_of(2021)).known(2000, 3000);
  const auto org = rows.make(kToday);
  const auto mapped = [&](std::int64_t millis) {
    return codes(mapped_to(*org, UnitId{"a"}, {kToday, base::from_millis(millis)}));
  };
  EXPECT_THAT(mapped(1999), ElementsAre("a"));
  EXPECT_THAT(mapped(2000), ElementsAre("b"));
  EXPECT_THAT(mapped(3000), IsEmpty());
}

TEST(Succession, ACircleInTheTablesIsWalkedOnce) {
  const auto org = Rows()
                       .unit("a", until(2021))
                       .unit("b", until(2021))
                       .unit("c")
                       .successor("a", "merge", "b", first_of(2021))
                       .successor("b", "merge", "a", first_of(2021))
                       .successor("b", "merge", "c", first_of(2021))
                       .make(kToday);
  EXPECT_THAT(codes(mapped_to(*org, UnitId{"a"}, {kToday})), ElementsAre("c"));
  EXPECT_THAT(codes(mapped_from(*org, UnitId{"c"}, {kToday})), ElementsAre("a", "b", "c"));
}

class SuccessionImport : public RecordedOrganisation {};

constexpr const char* kUnitColumns = "code,name,level,kind,valid_from,valid_to\n";

TEST_F(SuccessionImport, IsReadBackAndCorrected) {
  import({{"units.csv", std::string(kUnitColumns) +
                            "a,甲镇党委,township,party_committee,2019-01-01,2021-01-01\n"
                            "b,乙镇党委,township,party_committee,2019-01-01,\n"},
          {"relations.csv",
           "from,kind,to,valid_from,succession\na,successor,b,2021-01-01,rename\n"}});
  EXPECT_THAT(successors_of(org(), unit("a"), {kToday}),
              ElementsAre(Succession{unit("b"), first_of(2021), "rename"}));
  const auto change = import({{"relations.csv",
                               "from,kind,to,valid_from,succession\na,successor,b,2021-01-01,merge\n"}});
  EXPECT_EQ(change.answer["relations"], (Json{{"added", 0}, {"corrected", 1}, {"unchanged", 0}}));
  EXPECT_EQ(successors_of(org(), unit("a"), {kToday}).at(0).what, "merge");
}

TEST_F(SuccessionImport, NamesUnitsThatEndAndThatNobodyTakesOver) {
  const std::string ended = std::string(kUnitColumns) +
                            "a,甲镇党委,township,party_committee,2019-01-01,2021-01-01\n"
                            "b,乙镇党委,township,party_committee,2019-01-01,2021-01-01\n"
                            "c,丙镇党委,township,party_committee,2019-01-01,\n";
  const auto change =
      import({{"units.csv", ended},
              {"relations.csv",
               "from,kind,to,valid_from,succession\na,successor,c,2021-01-01,merge\n"}});
  EXPECT_EQ(change.answer["without_successor"], (Json{"b"}));
  const auto again = plan({{"units.csv", ended}});
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->answer["without_successor"], Json::array()) << "it was said when it happened";
}

TEST_F(SuccessionImport, ACircleWithWhatIsRecordedIsRefused) {
  import({{"units.csv", std::string(kUnitColumns) +
                            "a,甲镇党委,township,party_committee,2019-01-01,2021-01-01\n"
                            "b,乙镇党委,township,party_committee,2019-01-01,\n"},
          {"relations.csv",
           "from,kind,to,valid_from,succession\na,successor,b,2021-01-01,rename\n"}});
  const auto change = plan({{"relations.csv",
                             "from,kind,to,valid_from,succession\nb,successor,a,2023-01-01,merge\n"}});
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(change.error().causes.at(0).code, base::Code::OrgCycle);
}

}  // namespace
}  // namespace zeren::org
