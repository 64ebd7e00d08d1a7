#include "http/error_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Language;
using testing::HasSubstr;
using testing::Not;

TEST(ErrorBody, IsAProblemThatNamesThePlaceAndTheRemedy) {
  const base::Error bad_row{Code::CsvValueMissing, {{"column", "name"}}, {"units.csv", 7, 0, "name"}, {}};
  const base::Error all{Code::OrgRowsRejected, {{"count", "1"}}, {}, {bad_row}};
  const auto response = problem(all, Language::English, "0190");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(header(response.headers, "content-type"), "application/problem+json");
  const auto body = base::parse_json(response.body);
  ASSERT_TRUE(body.has_value());
  EXPECT_EQ((*body)["type"], "urn:zeren:problem:org_rows_rejected");
  EXPECT_EQ((*body)["errors"][0]["file"], "units.csv");
  EXPECT_EQ((*body)["errors"][0]["line"], 7);
  EXPECT_THAT((*body)["errors"][0]["detail"].get<std::string>(), HasSubstr("fill it in"));
}

TEST(ErrorBody, SpeaksTheReadersLanguage) {
  const auto response = problem({Code::NotSignedIn, {}, {}, {}}, Language::Chinese, "0190");
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.body, HasSubstr("请先登录"));
  EXPECT_THAT(response.body, HasSubstr(R"("title":"未登录")"));
  EXPECT_FALSE(header(response.headers, "www-authenticate").empty());
}

TEST(ErrorBody, TellsStrangersNothingOfTheMachine) {
  const auto response = problem({Code::FileUnwritable, {{"file", "/secret/place"}}, {}, {}},
                                Language::English, "0190");
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("/secret/place")));
  EXPECT_THAT(response.body, HasSubstr("urn:uuid:0190"));
}

TEST(ErrorBody, GivesEachKindOfRefusalItsStatus) {
  EXPECT_EQ(status_of(Code::VersionMissing), 428);
  EXPECT_EQ(status_of(Code::VersionStale), 412);
  EXPECT_EQ(status_of(Code::RecordExists), 409);
  EXPECT_EQ(status_of(Code::Forbidden), 403);
  EXPECT_EQ(status_of(Code::RecordUnknown), 404);
  EXPECT_EQ(status_of(Code::PluginVetoed), 422);
  EXPECT_EQ(status_of(Code::RequestTooLarge), 413);
  EXPECT_EQ(status_of(Code::CursorInvalid), 400);
  EXPECT_EQ(status_of(Code::PluginTimedOut), 503);
}

}  // namespace
}  // namespace zeren::http
