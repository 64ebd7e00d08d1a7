// Posts without a holder: since when, and who stands in.
#include "org/vacancy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/org/written_organisation.hpp"

namespace zeren::org {
namespace {

using base::make_date;
using testing::ElementsAre;
using testing::IsEmpty;

const PostId kHead{"a-head"};

Rows unit_with_head() {
  Rows rows;
  rows.unit("a").post("a-head", "a", "PRINCIPAL");
  return rows;
}

TEST(Vacancy, APostNobodyHeldIsVacantSinceItStands) {
  const auto org = unit_with_head().make(kToday);
  const auto vacancy = vacancy_of(*org, kHead, {kToday});
  ASSERT_TRUE(vacancy.has_value());
  EXPECT_EQ(vacancy->since, kAlways.from);
  EXPECT_EQ(vacancy->unattended_since, kAlways.from);
  EXPECT_THAT(vacancy->stand_ins, IsEmpty());
}

TEST(Vacancy, BeginsOnTheDayTheLastHolderEnded) {
  const auto org = unit_with_head()
                       .held("first", "a-head", "formal", {first_of(2019), first_of(2021)})
                       .held("second", "a-head", "concurrent", {first_of(2021), first_of(2024)})
                       .held("third", "a-head", "formal", {first_of(2025), base::kForever})
                       .make(kToday);
  EXPECT_FALSE(vacancy_of(*org, kHead, {make_date(2023, 12, 31)}).has_value());
  const auto vacancy = vacancy_of(*org, kHead, {make_date(2024, 6, 1)});
  ASSERT_TRUE(vacancy.has_value());
  EXPECT_EQ(vacancy->since, first_of(2024));
  EXPECT_FALSE(vacancy_of(*org, kHead, {first_of(2025)}).has_value());
}

TEST(Vacancy, NamesWhoStandsInAndIsNotUnattendedMeanwhile) {
  const auto org = unit_with_head()
                       .held("chief", "a-head", "formal", {first_of(2019), first_of(2024)})
                       .held("deputy", "a-head", "in_charge", {first_of(2024), first_of(2025)})
                       .make(kToday);
  const auto led = vacancy_of(*org, kHead, {make_date(2024, 6, 1)});
  ASSERT_TRUE(led.has_value());
  EXPECT_EQ(led->since, first_of(2024));
  EXPECT_THAT(people(led->stand_ins), ElementsAre("deputy"));
  EXPECT_FALSE(led->unattended_since.has_value());
  const auto empty = vacancy_of(*org, kHead, {kToday});
  ASSERT_TRUE(empty.has_value());
  EXPECT_EQ(empty->since, first_of(2024));
  EXPECT_EQ(empty->unattended_since, first_of(2025));
}

TEST(Vacancy, APostThatDoesNotStandIsNotVacant) {
  Rows rows;
  rows.unit("a").post("a-head", "a", "PRINCIPAL", {first_of(2020), first_of(2022)});
  const auto org = rows.make(kToday);
  EXPECT_FALSE(vacancy_of(*org, kHead, {kToday}).has_value());
  EXPECT_FALSE(vacancy_of(*org, PostId{"unheard"}, {kToday}).has_value());
  EXPECT_TRUE(vacancy_of(*org, kHead, {first_of(2020)}).has_value());
}

TEST(Vacancy, IsAsKnownOnTheDayAsked) {
  auto rows = unit_with_head();
  rows.held("chief", "a-head", "formal").known(1000, 2000);
  const auto org = rows.make(kToday);
  EXPECT_TRUE(vacancy_of(*org, kHead, {kToday, base::from_millis(999)}).has_value());
  EXPECT_FALSE(vacancy_of(*org, kHead, {kToday, base::from_millis(1000)}).has_value());
  EXPECT_TRUE(vacancy_of(*org, kHead, {kToday}).has_value());
}

TEST(Vacancy, ListsTheVacantPostsOfAUnitAndOfAll) {
  const auto org = Rows()
                       .unit("b")
                       .unit("a")
                       .unit("gone", {first_of(2019), first_of(2020)})
                       .post("b-head", "b", "PRINCIPAL")
                       .post("a-2", "a", "MEMBER")
                       .post("a-1", "a", "PRINCIPAL")
                       .post("a-3", "a", "STAFF")
                       .post("gone-1", "gone", "PRINCIPAL")
                       .held("x", "a-2", "formal")
                       .make(kToday);
  const auto posts = [](const std::vector<Vacancy>& all) {
    std::vector<std::string> codes;
    for (const auto& each : all) codes.push_back(each.post->code);
    return codes;
  };
  EXPECT_THAT(posts(vacancies_in(*org, UnitId{"a"}, {kToday})), ElementsAre("a-1", "a-3"));
  EXPECT_THAT(posts(vacancies(*org, {kToday})), ElementsAre("a-1", "a-3", "b-head"));
}

}  // namespace
}  // namespace zeren::org
