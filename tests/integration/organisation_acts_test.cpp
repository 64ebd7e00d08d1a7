// Single acts on the organisation over HTTP: appointing, ending, merging, splitting, renaming; and
// what the organisation then says of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::HasSubstr;

class OrganisationActs : public testing::Test {
 protected:
  Json about(const std::string& unit, const std::string& what,
             const std::string& query = "") const {
    const auto answer = system_.get("/api/v1/units/" + unit + "/" + what + "?" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }
  Json holders(const std::string& unit, const std::string& post, const std::string& day) const {
    const auto shown = about(unit, "posts", "valid=" + day);
    for (const auto& each : shown.at("posts")) {
      if (each.at("code") == post) return each.at("holders");
    }
    return nullptr;
  }
  Answer appoint(const Official& who, const std::string& person, const std::string& post,
                 const std::string& from) const {
    return who.post("/api/v1/organisation/appointments", {{"person", person},
                                                          {"post", post},
                                                          {"mode", "formal"},
                                                          {"document", "青委干〔2026〕1号"},
                                                          {"from", from}});
  }
  Answer end(const std::string& person, const std::string& post, const std::string& on) const {
    return system_.post(
        "/api/v1/organisation/appointments/end",
        {{"person", person}, {"post", post}, {"on", on}, {"document", "青委干〔2026〕2号"}});
  }
  std::string holder_of(const std::string& unit, const std::string& post) const {
    return holders(unit, post, "2026-01-01").at(0).at("person").value("code", "");
  }

  ServedDeployment served_;
  Official system_ = served_.sign_in("system");
};

TEST_F(OrganisationActs, AnAppointmentEndsAndAnotherBeginsAndThePastStaysAsItWas) {
  served_.move_to("2026-02-01");
  system_ = served_.sign_in("system");
  const auto before = holder_of("qinglan", "qinglan-principal");
  EXPECT_EQ(appoint(system_, "p-007", "qinglan-principal", "2026-03-01").status, 422)
      << "two formal holders at once";
  ASSERT_EQ(end(before, "qinglan-principal", "2026-03-01").status, 200);
  const auto vacant = about("qinglan", "vacancies", "valid=2026-03-01").at("items");
  ASSERT_EQ(vacant.size(), 1U);
  EXPECT_EQ(vacant[0].at("since"), "2026-03-01");
  ASSERT_EQ(appoint(system_, "p-007", "qinglan-principal", "2026-03-02").status, 200);
  EXPECT_EQ(holders("qinglan", "qinglan-principal", "2026-02-28").at(0).at("person").at("code"),
            before);
  EXPECT_EQ(holders("qinglan", "qinglan-principal", "2026-03-02").at(0).at("person").at("code"),
            "p-007");
  EXPECT_EQ(about("qinglan", "vacancies", "valid=2026-03-01&known=2026-01-31").at("items").size(),
            0U)
      << "what was known then";
}

TEST_F(OrganisationActs, AnActNeedsItsRightItsDocumentAndAnAppointmentToEnd) {
  const auto clerk = served_.sign_in("qinglan-clerk");
  EXPECT_EQ(appoint(clerk, "p-007", "qinglan-principal", "2026-03-01").status, 403);
  EXPECT_EQ(end("p-007", "qinglan-principal", "2026-03-01").body.value("code", ""),
            "appointment_unknown");
  EXPECT_EQ(appoint(system_, "p-999", "qinglan-principal", "2026-03-01").status, 404);
  const auto unsaid = system_.post("/api/v1/organisation/successions", {{"what", "rename"},
                                                                        {"from", {"qinglan-audit"}},
                                                                        {"to", {{{"code", "x"}}}},
                                                                        {"on", "2026-03-01"},
                                                                        {"document", " "}});
  EXPECT_EQ(unsaid.status, 400);
  EXPECT_EQ(system_
                .post("/api/v1/organisation/successions", {{"what", "split"},
                                                           {"from", {"qinglan-audit"}},
                                                           {"to", {{{"code", "x"}}}},
                                                           {"on", "2026-03-01"},
                                                           {"document", "1号"}})
                .status,
            400);
}

TEST_F(OrganisationActs, OfTwoAppointmentsAtOnceOneHolds) {
  ASSERT_EQ(
      end(holder_of("qinglan", "qinglan-principal"), "qinglan-principal", "2026-03-01").status,
      200);
  std::array<int, 2> status{};
  {
    const auto other = served_.sign_in("system");
    std::thread first(
        [&] { status[0] = appoint(system_, "p-007", "qinglan-principal", "2026-03-01").status; });
    std::thread second(
        [&] { status[1] = appoint(other, "p-001", "qinglan-principal", "2026-03-01").status; });
    first.join();
    second.join();
  }
  std::sort(status.begin(), status.end());
  EXPECT_EQ(status[0], 200);
  EXPECT_EQ(status[1], 422);
  EXPECT_EQ(holders("qinglan", "qinglan-principal", "2026-03-01").size(), 1U);
}

TEST_F(OrganisationActs, AMergerIsOneEntryAndLeavesTheNewUnitInThePlaceOfTheOldOnes) {
  const auto size = served_.log_size();
  const auto merged = system_.post("/api/v1/organisation/successions",
                                   {{"what", "merge"},
                                    {"from", {"qinglan-finance", "qinglan-audit"}},
                                    {"to",
                                     {{{"code", "qinglan-fiscal"},
                                       {"name", "中共青岚市财政审计局党组"},
                                       {"short_name", "财审局党组"},
                                       {"level", "city"},
                                       {"kind", "party_group"}}}},
                                    {"on", "2026-04-01"},
                                    {"document", "青编〔2026〕3号"}});
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(served_.log_size(), size + 1);
  EXPECT_EQ(merged.body.at("without_successor"), Json::array());
  const auto old = about("qinglan-finance", "successions", "valid=2026-04-01");
  EXPECT_EQ(old.at("mapped_to").at(0).at("code"), "qinglan-fiscal");
  EXPECT_EQ(old.at("successors").at(0).at("what"), "merge");
  EXPECT_EQ(about("qinglan-fiscal", "successions", "valid=2026-04-01").at("predecessors").size(),
            2U);
  EXPECT_EQ(about("qinglan-finance", "posts", "valid=2026-04-01").at("posts"), Json::array());
  served_.move_to("2026-04-02");
  const auto units = served_.sign_in("system").get("/api/v1/units").body.dump();
  EXPECT_THAT(units, HasSubstr("qinglan-fiscal"));
  EXPECT_THAT(units, testing::Not(HasSubstr("\"qinglan-finance\"")));
}

TEST_F(OrganisationActs, ADryRunOfARenamingSaysWhatWouldChangeAndChangesNothing) {
  constexpr auto kDryRun = "/api/v1/organisation/successions?dry_run=true";
  Json body{{"what", "rename"},
            {"from", {"qinglan-audit"}},
            {"to", {{{"code", "qinglan-auditing"}, {"name", "审计局党组"}, {"level", "city"}, {"kind", "party_group"}}}},
            {"on", "2026-04-01"},
            {"document", "1号"}};
  const auto clerk = served_.sign_in("qinglan-clerk");
  const auto size = served_.log_size();
  const auto told = system_.post(kDryRun, body);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.body.at("units").at("added"), 1);
  EXPECT_EQ(told.body.at("units").at("corrected"), 1);
  EXPECT_THAT(told.body.at("units").at("changes").dump(), HasSubstr("qinglan-auditing"));
  EXPECT_EQ(system_.post(kDryRun, body).body, told.body) << "it would still be new";
  body["what"] = "split";
  EXPECT_EQ(system_.post(kDryRun, body).status, 400) << "it refuses what the act refuses";
  EXPECT_EQ(clerk.post(kDryRun, body).status, 403);
  EXPECT_EQ(served_.log_size(), size);
}

TEST_F(OrganisationActs, ASplitAndARenamingKeepWhatCameBefore) {
  const Json heir{{"code", "qinglan-audit-2"},
                  {"name", "中共青岚市审计委员会办公室党组"},
                  {"level", "city"},
                  {"kind", "party_group"}};
  ASSERT_EQ(system_
                .post("/api/v1/organisation/successions", {{"what", "rename"},
                                                           {"from", {"qinglan-audit"}},
                                                           {"to", {heir}},
                                                           {"on", "2026-02-01"},
                                                           {"document", "1号"}})
                .status,
            200);
  auto first = heir;
  first["code"] = "qinglan-audit-3";
  auto second = heir;
  second["code"] = "qinglan-audit-4";
  const auto split =
      system_.post("/api/v1/organisation/successions", {{"what", "split"},
                                                        {"from", {"qinglan-audit-2"}},
                                                        {"to", {first, second}},
                                                        {"on", "2026-06-01"},
                                                        {"document", "2号"}});
  ASSERT_EQ(split.status, 200) << split.body;
  EXPECT_EQ(about("qinglan-audit", "successions", "valid=2026-07-01").at("mapped_to").size(), 2U);
  EXPECT_EQ(about("qinglan-audit", "successions", "valid=2026-03-01").at("mapped_to").size(), 1U);
}

TEST_F(OrganisationActs, SaysWhoAnswersForAUnit) {
  const auto covering = about("qinglan-finance", "covering").at("items");
  ASSERT_EQ(covering.size(), 1U);
  EXPECT_EQ(covering[0].at("person").at("code"), "p-007");
  const auto posts = about("qinglan", "posts");
  for (const auto& post : posts.at("posts")) {
    if (post.at("code") == "qinglan-deputy") {
      EXPECT_EQ(post.at("holders").at(0).at("portfolio").size(), 2U);
    }
  }
}

}  // namespace
}  // namespace zeren::integration
