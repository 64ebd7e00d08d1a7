// An import is taken whole or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

constexpr auto kImports = "/api/v1/organisation/imports";
constexpr auto kDryRun = "/api/v1/organisation/imports?dry_run=true";

class ImportTest : public testing::Test {
 protected:
  ServedDeployment served_;
  Official system_ = served_.sign_in("system");
};

TEST_F(ImportTest, NamesFileRowAndColumnOfEveryFaultAndImportsNothing) {
  const auto before = system_.get("/api/v1/units").body;
  const Json files{
      {"units.csv",
       "code,name,short_name,level,kind,valid_from,valid_to\n"
       "new-unit,新单位,新,department,party_group,2020-01-01,\n"
       "bad-unit,坏单位,坏,galaxy,party_group,2020-01-01,\n"
       "late-unit,反单位,反,department,party_group,2020-01-01,2019-01-01\n"},
      {"persons.csv", "code,name\np-901,\n"},
      {"posts.csv", "code,unit,title,class\nnew-post,no-such-unit,主任,STAFF\n"}};
  const auto refused = system_.post(kImports, {{"files", files}});
  ASSERT_EQ(refused.status, 422);
  std::set<std::string> places;
  for (const auto& fault : refused.body.at("errors")) {
    places.insert(fault.at("file").get<std::string>() + ":" + fault.at("line").dump() + ":" +
                  fault.at("pointer").get<std::string>());
  }
  EXPECT_THAT(places, testing::ElementsAre("persons.csv:2:name", "posts.csv:2:unit",
                                           "units.csv:3:level", "units.csv:4:valid_to"));
  EXPECT_EQ(system_.get("/api/v1/units").body, before);
}

TEST_F(ImportTest, AnAppointmentToAPostInAMisspeltUnitIsAFaultInOnePlaceAndTheServerGoesOn) {
  const Json files{{"posts.csv", "code,unit,title,class\nnewpost,no-such-unit,科员,STAFF\n"},
                   {"persons.csv", "code,name\np-new,新人\n"},
                   {"appointments.csv",
                    "person,post,mode,doc_no,valid_from,valid_to\np-new,newpost,formal,,2026-01-01,\n"}};
  const auto refused = system_.post(kDryRun, {{"files", files}});
  ASSERT_EQ(refused.status, 422);
  ASSERT_EQ(refused.body.at("errors").size(), 1U);
  EXPECT_EQ(refused.body.at("errors")[0].at("file"), "posts.csv");
  EXPECT_EQ(system_.get("/api/v1/units").status, 200);
}

TEST_F(ImportTest, TellsTheFaultsInTheReadersLanguage) {
  const Json body{{"files", {{"persons.csv", "code,name\np-901,\n"}}}};
  const auto chinese = system_.post(kImports, body, {{}, {}, "zh-CN"});
  EXPECT_THAT(chinese.body.at("errors").at(0).value("detail", ""), testing::HasSubstr("为空"));
  const auto english = system_.post(kImports, body);
  EXPECT_THAT(english.body.at("errors").at(0).value("detail", ""), testing::HasSubstr("name"));
}

TEST_F(ImportTest, RecordsOnlyWhatDiffers) {
  const Json body{{"files", {{"persons.csv", "code,name\np-001,程景岳\np-901,新来的\n"}}}};
  const Json first{{"added", 1}, {"corrected", 0}, {"unchanged", 1}};
  const Json again{{"added", 0}, {"corrected", 0}, {"unchanged", 2}};
  EXPECT_EQ(system_.post(kImports, body).body.at("persons"), first);
  EXPECT_EQ(system_.post(kImports, body).body.at("persons"), again);
}

TEST_F(ImportTest, ADryRunListsWhatWouldChangeAndWritesNothingAndNoEntry) {
  const Json body{{"files",
                   {{"persons.csv", "code,name\np-001,改名\np-901,新来的\n"},
                    {"portfolios.csv",
                     "person,post,unit,valid_from\np-009,qinglan-member-2,qinglan-audit,2025-01-01\n"}}}};
  const auto log_size = served_.log_size();
  const auto told = system_.post(kDryRun, body);
  ASSERT_EQ(told.status, 200);
  EXPECT_EQ(told.body.at("persons"),
            (Json{{"added", 1},
                  {"corrected", 1},
                  {"unchanged", 0},
                  {"changes",
                   {{{"row", 2}, {"name", "p-001"}, {"change", "corrected"}},
                    {{"row", 3}, {"name", "p-901"}, {"change", "added"}}}}}));
  EXPECT_EQ(told.body.at("portfolios").at("added"), 1);
  EXPECT_EQ(served_.log_size(), log_size);
  EXPECT_EQ(system_.post(kDryRun, body).body, told.body) << "it would still be new";
  const auto done = system_.post(kImports, body);
  EXPECT_EQ(done.body.at("persons").at("added"), 1);
  EXPECT_FALSE(done.body.at("persons").contains("changes"));
  EXPECT_EQ(served_.log_size(), log_size + 1);
}

TEST_F(ImportTest, ADryRunRefusesWhatAnImportRefuses) {
  const Json body{{"files", {{"persons.csv", "code,name\np-901,\n"}}}};
  const auto log_size = served_.log_size();
  EXPECT_EQ(system_.post(kDryRun, body).status, 422);
  EXPECT_EQ(system_.post("/api/v1/organisation/imports?dry_run=perhaps", body).status, 400);
  EXPECT_EQ(served_.log_size(), log_size);
  const auto clerk = served_.sign_in("qinglan-clerk");
  EXPECT_EQ(clerk.post(kDryRun, body).status, 403);
}

}  // namespace
}  // namespace zeren::integration
