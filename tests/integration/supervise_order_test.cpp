// An order that nobody owes, over the real server: issued by a commission to the units that it names in a field, signed
// for, answered, and read by the commission above, and by no third unit. Every answer is held against the contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/located_json.hpp"
#include "integration/delivered_package.hpp"
#include "integration/report_course.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SuperviseOrderTest : public testing::Test {
 protected:
  SuperviseOrderTest() {
    modules::FixturePackage package("supervision");
    package.manifest =
        base::LocatedJson::read(ZEREN_SOURCE_DIR "/tests/fixtures/modules/supervision.json")->value();
    const auto verified = package.pack();
    std::filesystem::copy(verified.dir(), served_.packages() / "supervision", std::filesystem::copy_options::recursive);
    const auto enabled = served_.sign_in("system").post("/api/v1/modules/supervision/enable", {{"issuer", "qinglan"}});
    EXPECT_EQ(enabled.status, 200) << enabled.body;
  }

  Answer draft(const Json& content) const {
    return city_.post("/api/v1/records",
                      {{"module", "supervision"}, {"type", "order"}, {"unit", "qinglan-finance-group"}, {"content", content}});
  }
  std::string order(const Json& to) const {
    const auto made = draft({{"title", "整改督办"}, {"to", to}, {"source", "来信"}});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.body.value("id", "");
  }
  std::string issued() const {
    const auto id = order({"qinglan-finance", "yunxiu"});
    const auto sent = take_step(city_, id, "issue");
    EXPECT_EQ(sent.status, 200) << sent.body;
    return id;
  }
  std::string signed_for() const {
    const auto id = issued();
    EXPECT_EQ(answer_leg(yunxiu_, id, "qinglan-finance", "sign_for").status, 200);
    EXPECT_EQ(answer_leg(wangchuan_, id, "yunxiu", "sign_for").status, 200);
    return id;
  }
  static int status_of(const Official& who, const std::string& id) { return who.get("/api/v1/records/" + id).status; }

  ServedDeployment served_;
  Official city_ = served_.sign_in("qinglan-finance-group-clerk");
  Official yunxiu_ = served_.sign_in("qinglan-finance-clerk");
  Official wangchuan_ = served_.sign_in("yunxiu-clerk");
  Official province_ = served_.sign_in("qinglan-cdi-clerk");
  Official third_ = served_.sign_in("qinglan-clerk");
};

TEST_F(SuperviseOrderTest, GoesToTheUnitsThatItNamesAndIsSignedForByAll) {
  const auto id = signed_for();
  const auto shown = record_of(city_, id);
  EXPECT_EQ(shown.at("state"), "signed");
  EXPECT_THAT(shown.at("rounds").at(0).at("legs"), SizeIs(2));
  const auto copy = record_of(yunxiu_, id);
  EXPECT_EQ(copy.at("content").at("title"), "整改督办");
  EXPECT_FALSE(copy.at("content").contains("source")) << "the profile leaves it out";
}

TEST_F(SuperviseOrderTest, IsReadByTheCommissionAboveAsTheOwnerReadsItAndByNoThirdUnit) {
  const auto id = order({"qinglan-finance"});
  EXPECT_EQ(status_of(yunxiu_, id), 404) << "it was not sent yet";
  EXPECT_EQ(record_of(province_, id).at("content").at("source"), "来信");
  EXPECT_EQ(status_of(third_, id), 404);
  EXPECT_EQ(take_step(city_, id, "issue").status, 200);
  EXPECT_EQ(status_of(yunxiu_, id), 200);
  EXPECT_EQ(status_of(third_, id), 404);
  const std::string list = "/api/v1/records?module=supervision&type=order";
  for (const auto& [who, count] : {std::pair{&city_, 1U}, {&yunxiu_, 1U}, {&province_, 1U}, {&third_, 0U}}) {
    EXPECT_THAT(who->get(list).body.at("items"), SizeIs(count));
    EXPECT_THAT(who->get("/api/v1/ledgers/supervision/orders").body.at("items"), SizeIs(count));
  }
  // Searching by a field is for those who read it as the owner does.
  const auto searched = list + "&field.title=%E6%95%B4%E6%94%B9%E7%9D%A3%E5%8A%9E";
  EXPECT_THAT(province_.get(searched).body.at("items"), SizeIs(1));
  EXPECT_THAT(yunxiu_.get(searched).body.at("items"), IsEmpty());
}

TEST_F(SuperviseOrderTest, WhoStandsOnANamedSideTakesItsStepAndTheOwnerDoesNot) {
  const auto id = signed_for();
  const auto refused = take_step(city_, id, "halt");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body.dump(), HasSubstr("Clerk (Commission above)"));
  EXPECT_EQ(take_step(province_, id, "halt").status, 200);
}

TEST_F(SuperviseOrderTest, IsAnsweredWithARecordThatGoesBackToTheCommission) {
  const auto id = signed_for();
  const Json link{{"kind", "answers"}, {"to", id}};
  const auto made = yunxiu_.post("/api/v1/records", {{"module", "supervision"}, {"type", "reply"}, {"unit", "qinglan-finance"},
                                                    {"content", {{"title", "已整改"}}}, {"links", Json::array({link})}});
  ASSERT_EQ(made.status, 201) << made.body;
  const auto reply = made.body.value("id", "");
  EXPECT_EQ(take_step(yunxiu_, reply, "send").status, 200);
  EXPECT_EQ(answer_leg(city_, reply, "qinglan-finance-group", "sign_for").status, 200);
  EXPECT_EQ(record_of(yunxiu_, reply).at("state"), "received");
  EXPECT_EQ(status_of(wangchuan_, reply), 404);
}

TEST_F(SuperviseOrderTest, TellsWhatIsWrongWithTheUnitsAtTheFieldThatNamesThem) {
  const auto nobody = take_step(city_, order(Json::array()), "issue");
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(nobody.body.dump(), HasSubstr("no unit named: fill in /to"));
  EXPECT_THAT(nobody.body.dump(), HasSubstr("\"/to\""));
  const auto itself = take_step(city_, order({"qinglan-finance", "qinglan-finance-group"}), "issue");
  EXPECT_EQ(itself.status, 422);
  EXPECT_THAT(itself.body.dump(), HasSubstr("sends nothing to itself"));
  EXPECT_THAT(itself.body.dump(), HasSubstr("/to/1"));
  const auto slip = draft({{"title", "x"}, {"to", {"qinglan-financ"}}});
  EXPECT_EQ(slip.status, 422);
  EXPECT_THAT(slip.body.dump(), HasSubstr("there is no unit \\\"qinglan-financ\\\"; the codes most like it: qinglan-finance"));
  EXPECT_THAT(slip.body.dump(), HasSubstr("/to/0"));
  const auto person = draft({{"title", "x"}, {"contact", "p-9999"}});
  EXPECT_THAT(person.body.dump(), HasSubstr("there is no person"));
}

TEST_F(SuperviseOrderTest, IsWithdrawnUntilSomebodyOpensItAndReturnedAndCorrectedAfterwardsE10) {
  const auto id = issued();
  EXPECT_EQ(take_step(city_, id, "withdraw").status, 200);
  EXPECT_EQ(status_of(yunxiu_, id), 404);
  EXPECT_EQ(take_step(city_, id, "issue").status, 200);
  EXPECT_EQ(answer_leg(yunxiu_, id, "qinglan-finance", "return", "承办单位有误").status, 200);
  EXPECT_EQ(edit(city_, id, {{"title", "整改督办"}, {"to", {"qinglan-finance"}}}).status, 200);
  EXPECT_EQ(take_step(city_, id, "issue").status, 200);
  EXPECT_EQ(answer_leg(yunxiu_, id, "qinglan-finance", "sign_for").status, 200);
  EXPECT_EQ(take_step(city_, id, "correct", "数字有误").status, 200);
  EXPECT_EQ(take_step(city_, id, "issue").status, 200);
  EXPECT_THAT(record_of(city_, id).at("rounds"), SizeIs(4));
}

TEST_F(SuperviseOrderTest, IsUrgedListedWhenNobodySignsAndCountsAsABurden) {
  const auto id = issued();
  const auto leg = leg_to(city_, id, "qinglan-finance").value("id", "");
  const auto urged = city_.post("/api/v1/records/" + id + "/legs/" + leg + "/urge", {{"reason", "请尽快签收"}});
  EXPECT_EQ(urged.status, 200) << urged.body;
  served_.move_to("2026-01-12");
  const auto city = served_.sign_in("qinglan-finance-group-clerk");
  EXPECT_THAT(city.get("/api/v1/receipts/overdue").body.at("items"), SizeIs(2));
  const auto burden = served_.sign_in("qinglan-finance-clerk").get("/api/v1/burden?period=2026-01&unit=qinglan-finance");
  EXPECT_THAT(burden.body.dump(), HasSubstr("supervision"));
}

}  // namespace
}  // namespace zeren::integration
