// A change says what it was made from, and a repeated one changes nothing.
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class PreconditionsTest : public testing::Test {
 protected:
  Json draft_body() const {
    return {{"obligation", obligation_of(clerk_, "qinglan-finance", "2025").at("id")},
            {"content", complete_content()}};
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(PreconditionsTest, RefusesAChangeThatDoesNotSayWhatItWasMadeFrom) {
  const auto path = "/api/v1/records/" + draft_report(clerk_, "qinglan-finance", "2025");
  const Json content{{"content", complete_content()}};
  EXPECT_EQ(clerk_.put(path + "/content", content).status, 428);
  EXPECT_EQ(clerk_.post(path + "/steps/submit", Json::object()).status, 428);
  EXPECT_EQ(clerk_.put(path + "/content", content, {1}).status, 200);
}

TEST_F(PreconditionsTest, RefusesAChangeMadeFromAnOlderVersion) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto path = "/api/v1/records/" + record;
  auto content = complete_content();
  content["problems"] = "第一次修改";
  EXPECT_EQ(clerk_.put(path + "/content", {{"content", content}}, {1}).status, 200);
  content["problems"] = "没有看到第一次修改";
  EXPECT_EQ(clerk_.put(path + "/content", {{"content", content}}, {1}).status, 412);
  EXPECT_EQ(clerk_.post(path + "/steps/submit", Json::object(), {1}).status, 412);
  EXPECT_EQ(record_of(clerk_, record).at("content").at("problems"), "第一次修改");
}

TEST_F(PreconditionsTest, RefusesWhatIsNoVersion) {
  const auto path = "/api/v1/records/" + draft_report(clerk_, "qinglan-finance", "2025");
  EXPECT_EQ(clerk_.put(path + "/content", {{"content", complete_content()}}, {-1}).status, 400);
}

TEST_F(PreconditionsTest, RefusesAPostWithoutAnIdempotencyKey) {
  EXPECT_EQ(clerk_.post("/api/v1/records", draft_body(), {{}, ""}).body.value("code", ""),
            "idempotency_key_missing");
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items"), Json::array());
}

TEST_F(PreconditionsTest, AnswersARepeatedRequestAsTheFirstTimeAndDoesItOnce) {
  const auto body = draft_body();
  const auto first = clerk_.post("/api/v1/records", body, {{}, "key-1"});
  const auto again = clerk_.post("/api/v1/records", body, {{}, "key-1"});
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.at("etag"), first.headers.at("etag"));
  EXPECT_EQ(again.headers.at("location"), first.headers.at("location"));
  EXPECT_EQ(clerk_.get("/api/v1/records").body.at("items").size(), 1U);
  // Without the key it is another request, and the obligation has its record.
  EXPECT_EQ(clerk_.post("/api/v1/records", body).status, 409);
}

TEST_F(PreconditionsTest, RefusesAKeyThatStoodForAnotherRequest) {
  auto body = draft_body();
  EXPECT_EQ(clerk_.post("/api/v1/records", body, {{}, "key-1"}).status, 201);
  body["content"]["problems"] = "另一份";
  const auto refused = clerk_.post("/api/v1/records", body, {{}, "key-1"});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.body.value("code", ""), "idempotency_key_reused");
}

TEST_F(PreconditionsTest, KeepsTheKeysOfTwoPeopleApart) {
  EXPECT_EQ(clerk_.post("/api/v1/records", draft_body(), {{}, "key-1"}).status, 201);
  const auto other = served_.sign_in("yunxiu-clerk");
  const Json body{{"obligation", obligation_of(other, "yunxiu", "2025").at("id")},
                  {"content", complete_content()}};
  EXPECT_EQ(other.post("/api/v1/records", body, {{}, "key-1"}).status, 201);
}

TEST_F(PreconditionsTest, NamesTheFieldThatIsWrong) {
  auto body = draft_body();
  body["content"]["problems_found"] = -1;
  const auto wrong = clerk_.post("/api/v1/records", body);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.body.value("pointer", ""), "/problems_found");
  EXPECT_EQ(clerk_.post("/api/v1/records", {{"obligation", 7}}).status, 400);
  EXPECT_EQ(clerk_.post("/api/v1/records", {{"obligation", "x"}, {"content", Json::object()}}).status,
            404);
}

}  // namespace
}  // namespace zeren::integration
