// Characters that nobody sees do not get in, wherever people write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

void expect_hidden(const Answer& answer, const std::string& field, const std::string& character) {
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_EQ(answer.body.value("code", ""), "text_hidden");
  EXPECT_THAT(answer.body.value("detail", ""), HasSubstr(field));
  EXPECT_THAT(answer.body.value("detail", ""), HasSubstr(character));
}

TEST(PlainTextTest, HiddenCharactersAreRefusedInFieldsCommentsReasonsAndNames) {
  const ServedDeployment served;
  const auto clerk = served.sign_in("qinglan-finance-clerk");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  const auto path = "/api/v1/records/" + record;
  auto content = complete_content();
  content["problems"] = std::string("问题\0", 7);
  expect_hidden(edit(clerk, record, content), "content/problems", "U+0000");
  content = complete_content();
  content["problems"] = "第一行\r\n第二行";
  expect_hidden(edit(clerk, record, content), "content/problems", "U+000D");
  expect_hidden(clerk.post(path + "/comments", {{"text", "市委\u202E办公室"}}), "text", "U+202E");
  expect_hidden(take_step(clerk, record, "submit", "\u2066理由"), "reason", "U+2066");
  const Json recusal{{"relation", "近亲属\x7F"}};
  expect_hidden(clerk.post(path + "/recusals", recusal), "relation", "U+007F");
  const auto security = served.sign_in("security");
  expect_hidden(security.post("/api/v1/accounts", {{"name", "a\x1b[2J"}}), "name", "U+001B");
  EXPECT_EQ(record_of(clerk, record).at("version"), 1);
}

TEST(PlainTextTest, LinesTabsAndAllScriptsAreWelcome) {
  const ServedDeployment served;
  const auto clerk = served.sign_in("qinglan-finance-clerk");
  const auto record = draft_report(clerk, "qinglan-finance", "2025");
  auto content = complete_content();
  content["problems"] = "一、\t问题\n二、ئۇيغۇر བོད་ 阿卜杜拉·买买提 👩‍💼";
  EXPECT_EQ(edit(clerk, record, content).status, 200);
  EXPECT_EQ(record_of(clerk, record).at("content"), content);
}

}  // namespace
}  // namespace zeren::integration
