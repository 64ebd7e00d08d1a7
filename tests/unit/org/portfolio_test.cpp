// Which units an appointment answers for, and who answers for a unit, on a day as known on another.
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

const base::Period kUntil2024{make_date(2019, 1, 1), make_date(2024, 1, 1)};
const base::Period kFrom2024{make_date(2024, 1, 1), base::kForever};

Rows city() {
  Rows rows;
  rows.unit("city").unit("finance").unit("housing");
  rows.post("mayor", "city", "GOV_PRINCIPAL").post("member", "city", "MEMBER");
  return rows;
}

TEST(Portfolio, PassesFromOneToTheOtherOnItsOwnDate) {
  auto rows = city();
  rows.held("a", "mayor", "formal").covers("finance").covers("housing", kUntil2024);
  rows.held("b", "member", "formal").covers("housing", kFrom2024);
  const auto org = rows.make(kToday);
  const auto covering = [&](base::Date date) {
    return people(org->covering(UnitId{"housing"}, {date}));
  };
  EXPECT_THAT(covering(make_date(2023, 12, 31)), ElementsAre("a"));
  EXPECT_THAT(covering(make_date(2024, 1, 1)), ElementsAre("b"));
  EXPECT_THAT(covering(make_date(2018, 12, 31)), IsEmpty());
  EXPECT_THAT(org->portfolio_of(PersonId{"a"}, {make_date(2023, 6, 1)}),
              ElementsAre(UnitId{"finance"}, UnitId{"housing"}));
  EXPECT_THAT(org->portfolio_of(PersonId{"a"}, {kToday}), ElementsAre(UnitId{"finance"}));
}

TEST(Portfolio, EndsWithItsAppointment) {
  auto rows = city();
  rows.held("a", "mayor", "formal", kUntil2024).covers("finance");
  const auto org = rows.make(kToday);
  EXPECT_THAT(people(org->covering(UnitId{"finance"}, {make_date(2023, 6, 1)})), ElementsAre("a"));
  EXPECT_THAT(org->covering(UnitId{"finance"}, {kToday}), IsEmpty());
  EXPECT_THAT(org->portfolio_of(AppointmentId{"0"}, {kToday}), IsEmpty());
}

TEST(Portfolio, OfAPersonIsThatOfAllPostsEachUnitOnce) {
  auto rows = city();
  rows.held("a", "mayor", "formal").covers("finance");
  rows.held("a", "member", "concurrent").covers("finance").covers("housing");
  const auto org = rows.make(kToday);
  EXPECT_THAT(org->portfolio_of(PersonId{"a"}, {kToday}),
              ElementsAre(UnitId{"finance"}, UnitId{"housing"}));
  EXPECT_THAT(org->portfolio_of(AppointmentId{"0"}, {kToday}), ElementsAre(UnitId{"finance"}));
  EXPECT_THAT(people(org->covering(UnitId{"finance"}, {kToday})), ElementsAre("a", "a"));
}

TEST(Portfolio, OfSomebodyUnknownIsEmpty) {
  const auto org = city().make(kToday);
  EXPECT_THAT(org->portfolio_of(PersonId{"x"}, {kToday}), IsEmpty());
  EXPECT_THAT(org->portfolio_of(AppointmentId{"x"}, {kToday}), IsEmpty());
  EXPECT_THAT(org->covering(UnitId{"x"}, {kToday}), IsEmpty());
}

constexpr const char* kAppointmentColumns = "person,post,mode,valid_from,valid_to\n";
constexpr const char* kPortfolios = "person,post,unit,valid_from,valid_to\n";

class PortfolioImport : public RecordedOrganisation {
 protected:
  void SetUp() override {
    RecordedOrganisation::SetUp();
    import({{"units.csv",
             "code,name,level,kind,valid_from\n"
             "city,市委,city,party_committee,2019-01-01\n"
             "finance,市财政局党组,department,party_group,2019-01-01\n"},
            {"persons.csv", "code,name\np-1,甲\n"},
            {"posts.csv", "code,unit,title,class\nmayor,city,市长,GOV_PRINCIPAL\n"},
            {"appointments.csv", std::string(kAppointmentColumns) +
                                     "p-1,mayor,formal,2020-01-01,2021-01-01\n"
                                     "p-1,mayor,formal,2023-01-01,\n"},
            {"portfolios.csv", std::string(kPortfolios) + "p-1,mayor,finance,2023-02-01,\n"}});
    clock_.set(clock_.now() + std::chrono::hours{24});
  }

  ImportTexts portfolios(const char* rows) const {
    return {{"portfolios.csv", std::string(kPortfolios) + rows}};
  }
};

TEST_F(PortfolioImport, BelongsToTheTermThatHoldsItsFirstDay) {
  import(portfolios("p-1,mayor,finance,2020-03-01,2021-01-01\n"));
  const auto covered = [this](base::Date date) {
    return org().covering(unit("finance"), {date}).size();
  };
  EXPECT_EQ(covered(make_date(2020, 3, 1)), 1U);
  EXPECT_EQ(covered(make_date(2022, 3, 1)), 0U);
  EXPECT_EQ(covered(make_date(2023, 1, 31)), 0U);
  EXPECT_EQ(covered(make_date(2023, 2, 1)), 1U);
  const auto early = plan(portfolios("p-1,mayor,finance,2022-03-01,\n"));
  ASSERT_FALSE(early.has_value());
  EXPECT_EQ(early.error().causes.at(0).args.at("allowed"),
            "2020-01-01/2021-01-01, 2023-01-01/9999-12-31");
}

TEST_F(PortfolioImport, ACorrectionKeepsWhatWasBelieved) {
  const auto before = clock_.now() - std::chrono::hours{1};
  const auto change = import(portfolios("p-1,mayor,finance,2023-02-01,2024-01-01\n"));
  EXPECT_EQ(change.answer["portfolios"], (Json{{"added", 0}, {"corrected", 1}, {"unchanged", 0}}));
  EXPECT_THAT(org().covering(unit("finance"), {kToday}), IsEmpty());
  EXPECT_EQ(org().covering(unit("finance"), {kToday, before}).size(), 1U);
}

TEST_F(PortfolioImport, TheSameFileAgainChangesNothing) {
  const auto change = plan(portfolios("p-1,mayor,finance,2023-02-01,\n"));
  ASSERT_TRUE(change.has_value());
  EXPECT_THAT(change->rows, IsEmpty());
}

TEST_F(PortfolioImport, AnAppointmentIsNotShortenedBeneathAPortfolioOfItsOwnDates) {
  import(portfolios("p-1,mayor,finance,2023-02-01,2025-01-01\n"));
  const auto change = plan(
      {{"appointments.csv", std::string(kAppointmentColumns) + "p-1,mayor,formal,2023-01-01,2024-06-01\n"}});
  ASSERT_FALSE(change.has_value());
  const auto& fault = change.error().causes.at(0);
  EXPECT_EQ(fault.where.file, "appointments.csv");
  EXPECT_EQ(fault.where.pointer, "valid_to");
  EXPECT_EQ(fault.args.at("allowed"),
            "a term that holds the portfolio finance 2023-02-01/2025-01-01");
}

TEST_F(PortfolioImport, AnOpenPortfolioFollowsAShortenedAppointment) {
  import({{"appointments.csv",
           std::string(kAppointmentColumns) + "p-1,mayor,formal,2023-01-01,2024-06-01\n"}});
  EXPECT_EQ(org().covering(unit("finance"), {make_date(2024, 5, 31)}).size(), 1U);
  EXPECT_THAT(org().covering(unit("finance"), {make_date(2024, 6, 1)}), IsEmpty());
}

}  // namespace
}  // namespace zeren::org
