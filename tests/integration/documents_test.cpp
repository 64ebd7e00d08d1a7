// What can be printed and taken away of a record and of the ledger, by whom, over the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/archive.hpp"
#include "documents/workbook_reader.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class DocumentsTest : public testing::Test {
 protected:
  Official as(const std::string& account) const { return served_.sign_in(account); }

  std::string draft(const Json& content = complete_content()) const {
    return draft_report(as(kClerk), "qinglan-finance", "2025", content);
  }

  std::string sent() const {
    auto content = complete_content();
    content["document_number"] = "青财党组〔2026〕3号";
    content["problems"] = "<script>alert(1)</script>";
    const auto record = draft(content);
    EXPECT_EQ(take_step(as(kClerk), record, "submit").status, 200);
    EXPECT_EQ(take_step(as("qinglan-finance-principal"), record, "approve").status, 200);
    return record;
  }

  Answer document(const std::string& account, const std::string& record, const std::string& rest) const {
    return as(account).get("/api/v1/records/" + record + "/documents" + rest);
  }

  static constexpr auto kClerk = "qinglan-finance-clerk";
  ServedDeployment served_;
};

TEST_F(DocumentsTest, ListsWhatTheModuleDeclaresAndWhatCanBeIssuedNow) {
  const auto items = document(kClerk, draft(), "").body.at("items");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].at("key"), "receipt");
  EXPECT_EQ(items[0].at("issuable"), false);
  EXPECT_EQ(items[1].at("key"), "report");
  EXPECT_EQ(items[1].at("issuable"), true);
  EXPECT_EQ(items[1].at("draft"), true);
}

TEST_F(DocumentsTest, ADraftSaysSoAndShowsItsHoles) {
  const auto answer = document(kClerk, draft(), "/report");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.bytes, AllOf(HasSubstr("（草稿）"), HasSubstr("签发人：<span class=\"name\">（待填）")));
}

TEST_F(DocumentsTest, WhatWasSentIsAWholeReportToBothRecipients) {
  const auto answer = document(kClerk, sent(), "/report?format=html");
  EXPECT_EQ(answer.status, 200) << answer.bytes;
  EXPECT_THAT(answer.bytes,
              AllOf(HasSubstr("青财党组〔2026〕3号"), HasSubstr("关于2025年度履行"), HasSubstr("特此报告。"),
                    HasSubstr("签发人：<span"), Not(HasSubstr("待填")), Not(HasSubstr("草稿"))));
  EXPECT_THAT(answer.bytes, AllOf(HasSubstr("&lt;script&gt;"), Not(HasSubstr("<script"))));
}

TEST_F(DocumentsTest, HtmlMayLoadNothingAndRunNothing) {
  const auto answer = document(kClerk, draft(), "/report");
  const auto policy = std::string(http::header(answer.headers, "content-security-policy"));
  EXPECT_THAT(policy, AllOf(StartsWith("default-src 'none'; style-src 'sha256-"), HasSubstr("sandbox"),
                            Not(HasSubstr("unsafe"))));
  EXPECT_EQ(http::header(answer.headers, "x-content-type-options"), "nosniff");
}

TEST_F(DocumentsTest, IsChineseWhateverTheReaderReads) {
  const auto record = draft();
  const auto target = "/api/v1/records/" + record + "/documents/report";
  EXPECT_EQ(as(kClerk).get(target, "en").bytes, as(kClerk).get(target, "zh-CN").bytes);
}

TEST_F(DocumentsTest, TheReceiptIsIssuedOnceSomethingWasSent) {
  const auto early = document(kClerk, draft(), "/receipt");
  EXPECT_EQ(early.status, 403);
  EXPECT_EQ(early.body.value("code", ""), "document_not_yet");
}

TEST_F(DocumentsTest, TheReceiptShowsWhoSignedAndWhoDidNot) {
  const auto record = sent();
  EXPECT_EQ(answer_leg(as("qinglan-clerk"), record, "qinglan", "sign_for").status, 200);
  const auto answer = document(kClerk, record, "/receipt");
  EXPECT_EQ(answer.status, 200) << answer.bytes;
  const auto receipt = leg_to(as(kClerk), record, "qinglan").value("receipt", "none");
  EXPECT_THAT(answer.bytes, AllOf(HasSubstr("回执编号：" + receipt), HasSubstr("（尚未签收）")));
}

TEST_F(DocumentsTest, WhoMayNotSeeTheRecordHasNoneOfItsDocuments) {
  const auto record = draft();
  for (const auto* rest : {"", "/report", "/report?format=docx"}) {
    EXPECT_EQ(document("qinglan-cdi-clerk", record, rest).status, 404) << rest;
  }
}

TEST_F(DocumentsTest, ARecipientWhoTakesTheDocumentAwayHasReadIt) {
  const auto record = sent();
  EXPECT_EQ(document("qinglan-clerk", record, "/report").status, 200);
  EXPECT_FALSE(leg_to(as(kClerk), record, "qinglan").at("opened_at").is_null());
  EXPECT_NE(take_step(as(kClerk), record, "withdraw").status, 200);
}

TEST_F(DocumentsTest, NamesTheDocumentsThereAreAndTheFormsItHas) {
  const auto record = draft();
  const auto unknown = document(kClerk, record, "/seal");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_THAT(unknown.body.value("detail", ""), HasSubstr("receipt, report"));
  EXPECT_EQ(document(kClerk, record, "/report?format=xlsx").status, 400);
}

TEST_F(DocumentsTest, AsDocxItHoldsTheSameWords) {
  const auto answer = document(kClerk, sent(), "/report?format=docx");
  ASSERT_EQ(answer.status, 200) << answer.bytes;
  EXPECT_THAT(std::string(http::header(answer.headers, "content-disposition")),
              StartsWith("attachment; filename*=UTF-8''%"));
  auto archive = documents::Archive::open(answer.bytes, "report.docx");
  ASSERT_TRUE(archive.has_value());
  const auto part = archive->part("word/document.xml");
  ASSERT_TRUE(part.has_value() && part->has_value());
  EXPECT_THAT(**part,
              AllOf(HasSubstr("青财党组〔2026〕3号"), HasSubstr("特此报告。"), HasSubstr("&lt;script&gt;")));
}

std::vector<std::vector<std::string>> rows_of(const Answer& answer) {
  const auto read = documents::read_workbook(answer.bytes, "answer.xlsx");
  EXPECT_TRUE(read.has_value());
  std::vector<std::vector<std::string>> rows;
  if (!read) return rows;
  for (const auto& row : read->rows) {
    auto& texts = rows.emplace_back();
    for (const auto& cell : row.cells) texts.push_back(cell.text);
  }
  return rows;
}

TEST_F(DocumentsTest, TheLedgerAsAWorkbookHasTheRowsThatAreFiltered) {
  const auto clerk = as("qinglan-clerk");
  const std::string filter = "/api/v1/obligations?period=2025&unit=qinglan-finance";
  const auto list = clerk.get(filter).body.at("items");
  const auto answer = clerk.get(filter + "&format=xlsx", "zh-CN");
  ASSERT_EQ(answer.status, 200);
  const auto rows = rows_of(answer);
  ASSERT_EQ(rows.size(), list.size() + 3);  // a title and two lines of headings
  EXPECT_THAT(rows[0], ElementsAre("应办事项台账"));
  EXPECT_THAT(rows[2], Contains("责任单位"));
  EXPECT_THAT(rows[3], AllOf(Contains("qinglan-finance"), Contains("2026-01-31")));
  const auto english = rows_of(clerk.get(filter + "&format=xlsx", "en"));
  EXPECT_THAT(english[2], Contains("Unit"));
}

TEST_F(DocumentsTest, TheLedgerAsCsvOpensInASpreadsheet) {
  const auto answer = as("qinglan-clerk").get("/api/v1/obligations?period=2025&format=csv", "zh-CN");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.bytes, StartsWith("\xEF\xBB\xBF\"事项\",\"责任单位\""));
}

TEST_F(DocumentsTest, TheStatisticsAreAWorkbookAndADocument) {
  const auto clerk = as("qinglan-clerk");
  const std::string table = "/api/v1/modules/dual_reports/tables/statistics?period=2025";
  const auto computed = clerk.get(table).body;
  const auto rows = rows_of(clerk.get(table + "&format=xlsx", "zh-CN"));
  ASSERT_EQ(rows.size(), computed.at("rows").size() + 2);
  const auto page = clerk.get(table + "&format=html");
  EXPECT_EQ(page.status, 200) << page.bytes;
  const auto due = std::to_string(computed.at("rows").back().at("due").get<int>());
  EXPECT_THAT(page.bytes, AllOf(HasSubstr("2025年度双报告情况统计表"),
                               HasSubstr(">合计</td><td colspan=\"1\" rowspan=\"1\">" + due)));
}

}  // namespace
}  // namespace zeren::integration
