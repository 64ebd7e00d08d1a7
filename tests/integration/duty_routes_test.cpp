// Ledgers, indicators and the burden meter over HTTP, held against docs/api/openapi.yaml, and the
// files they become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class DutyRoutesTest : public testing::Test {
 protected:
  std::string sent_report() {
    const auto report = draft_report(clerk_, "qinglan-finance", "2025");
    take_step(clerk_, report, "submit");
    EXPECT_EQ(take_step(served_.sign_in("qinglan-finance-principal"), report, "approve").status,
              200);
    return report;
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(DutyRoutesTest, ListTheLedgersAndShowOne) {
  const auto ledgers = clerk_.get("/api/v1/ledgers?module=dual_reports");
  ASSERT_EQ(ledgers.status, 200);
  EXPECT_THAT(ledgers.body.at("items"), SizeIs(5));
  const auto reports = clerk_.get("/api/v1/ledgers/dual_reports/reports?period=2025&unit=qinglan-finance");
  ASSERT_EQ(reports.status, 200);
  ASSERT_THAT(reports.body.at("items"), SizeIs(1));
  EXPECT_EQ(reports.body.at("items").at(0).at("cells").at(4), "2026-01-31");
  EXPECT_EQ(clerk_.get("/api/v1/ledgers/dual_reports/nothing").status, 404);
  EXPECT_EQ(clerk_.get("/api/v1/ledgers/dual_reports/reports?cursor=made-up").status, 400);
}

TEST_F(DutyRoutesTest, ALedgerIsAWorkbookOrCsvOfWhatItsReaderSees) {
  const auto book = clerk_.get("/api/v1/ledgers/dual_reports/reports?format=xlsx");
  EXPECT_EQ(book.status, 200);
  EXPECT_THAT(book.bytes, StartsWith("PK"));
  const auto csv = clerk_.get("/api/v1/ledgers/dual_reports/reports?format=csv&period=2025");
  EXPECT_THAT(csv.bytes, HasSubstr("2026-01-31"));
  EXPECT_EQ(clerk_.get("/api/v1/ledgers/dual_reports/reports?format=pdf").status, 400);
}

TEST_F(DutyRoutesTest, ARecipientsLedgerHoldsWhatItWasSent) {
  const auto report = sent_report();
  const auto commission = served_.sign_in("qinglan-cdi-clerk");
  const auto shown = commission.get("/api/v1/ledgers/dual_reports/problems");
  ASSERT_EQ(shown.status, 200);
  ASSERT_THAT(shown.body.at("items"), SizeIs(1));
  EXPECT_EQ(shown.body.at("items").at(0).at("record"), report);
  EXPECT_EQ(shown.body.at("items").at(0).at("cells").at(4), complete_content().at("problems"));
}

TEST_F(DutyRoutesTest, IndicatorsNameTheirRecords) {
  const auto report = sent_report();
  const auto figures = clerk_.get("/api/v1/indicators?module=dual_reports&name=sent");
  ASSERT_EQ(figures.status, 200);
  ASSERT_THAT(figures.body.at("items"), SizeIs(1));
  EXPECT_EQ(figures.body.at("items").at(0).at("value"), 1);
  EXPECT_EQ(figures.body.at("items").at(0).at("records"), Json::array({report}));
  EXPECT_EQ(clerk_.get("/api/v1/indicators?module=dual_reports&name=nothing").status, 404);
}

TEST_F(DutyRoutesTest, TheBurdenWantsASpanAndIsAWorkbookToo) {
  const auto burden = clerk_.get("/api/v1/burden?period=2026-01&unit=qinglan-finance");
  ASSERT_EQ(burden.status, 200);
  ASSERT_THAT(burden.body.at("items"), SizeIs(1));
  EXPECT_EQ(burden.body.at("items").at(0).at("obligations"), 1);
  EXPECT_EQ(clerk_.get("/api/v1/burden?from=2026-01-01&to=2026-02-01&unit=qinglan-finance").body, burden.body);
  EXPECT_THAT(clerk_.get("/api/v1/burden?period=2026-01&format=xlsx").bytes, StartsWith("PK"));
  EXPECT_EQ(clerk_.get("/api/v1/burden").status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/burden?period=2026Q5").status, 400);
  EXPECT_EQ(clerk_.get("/api/v1/burden?from=2026-02-01&to=2026-01-01").status, 400);
}

}  // namespace
}  // namespace zeren::integration
