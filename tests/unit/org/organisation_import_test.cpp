#include "org/organisation_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/messages.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

using base::Code;
using base::Json;
using base::make_date;
using store::RowWrite;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kUnits = "code,name,level,kind,valid_from,valid_to\n";
constexpr const char* kRelations = "from,kind,to,valid_from,valid_to\n";
constexpr const char* kAppointments = "person,post,mode,doc_no,valid_from,valid_to\n";

ImportTexts city_and_county() {
  return {
      {"units.csv", std::string(kUnits) + "city,市委,city,party_committee,2019-01-01,\n"
                                          "county,县委,county,party_committee,2019-01-01,\n"},
      {"relations.csv", std::string(kRelations) + "county,party_superior,city,2019-01-01,\n"},
      {"persons.csv", "code,name\np-1,甲\np-2,乙\n"},
      {"posts.csv", "code,unit,title,class\ncity-principal,city,市委书记,PRINCIPAL\n"},
      {"appointments.csv", std::string(kAppointments) + "p-1,city-principal,formal,,2019-01-01,\n"},
  };
}

class OrganisationImport : public RecordedOrganisation {
 protected:
  void SetUp() override {
    RecordedOrganisation::SetUp();
    import(city_and_county());
    clock_.set(clock_.now() + std::chrono::hours{24});
  }
};

const RowWrite* find(const store::ChangeSet& change, RowWrite::Kind kind, std::string_view table) {
  const auto found = std::find_if(change.rows.begin(), change.rows.end(), [&](const auto& row) {
    return row.kind == kind && row.table == table;
  });
  return found == change.rows.end() ? nullptr : &*found;
}

TEST_F(OrganisationImport, ReadsBackWhatTheFilesSay) {
  const auto* county = org().unit_by_code("county");
  ASSERT_NE(county, nullptr);
  EXPECT_EQ(county->name, "县委");
  EXPECT_EQ(county->short_name, "县委") << "the name stands in for an absent short name";
  EXPECT_EQ(county->valid, (base::Period{make_date(2019, 1, 1), base::kForever}));
  EXPECT_THAT(org().superiors(RelationKind::PartySuperior, county->id), ElementsAre(unit("city")));
  const auto* post = org().post_by_code("city-principal");
  ASSERT_NE(post, nullptr);
  EXPECT_EQ(post->valid, county->valid) << "a post stands as long as its unit";
  EXPECT_EQ(org().epoch(), 1);
}

TEST_F(OrganisationImport, TheSameFilesAgainChangeNothing) {
  const auto change = plan(city_and_county());
  ASSERT_TRUE(change.has_value());
  EXPECT_THAT(change->rows, IsEmpty());
  EXPECT_THAT(change->events, IsEmpty());
  EXPECT_EQ(change->answer["units"], (Json{{"added", 0}, {"corrected", 0}, {"unchanged", 2}}));
}

TEST_F(OrganisationImport, AnUnchangedPlanStillStatesWhatItRead) {
  const auto change = plan(city_and_county());
  ASSERT_TRUE(change.has_value());
  ASSERT_EQ(change->reads.size(), 1U);
  EXPECT_EQ(change->reads[0].table, "epoch");
  EXPECT_EQ(change->reads[0].version, 1);
}

TEST_F(OrganisationImport, AChangedRowEndsTheOldRevisionAndAddsTheNext) {
  auto texts = city_and_county();
  texts["units.csv"] = std::string(kUnits) + "city,青澜市委,city,party_committee,2019-01-01,\n";
  const auto before = clock_.now() - std::chrono::hours{1};
  const auto id = unit("city");
  const auto change = import(texts);
  const auto* ended = find(change, RowWrite::Kind::Update, "unit");
  ASSERT_NE(ended, nullptr);
  EXPECT_EQ(ended->key, (store::Columns{{"id", id.value}, {"rev", std::int64_t{1}}}));
  EXPECT_EQ(ended->values, (store::Columns{{"known_to", base::to_millis(clock_.now())}}));
  const auto* added = find(change, RowWrite::Kind::Insert, "unit");
  ASSERT_NE(added, nullptr);
  EXPECT_EQ(added->key, (store::Columns{{"id", id.value}, {"rev", std::int64_t{2}}}));
  EXPECT_EQ(org().unit(id)->name, "青澜市委");
  EXPECT_EQ(org().unit(id, {kToday, before})->name, "市委") << "what was believed stays";
  EXPECT_EQ(org().epoch(), 2);
  EXPECT_EQ(change.answer["units"], (Json{{"added", 0}, {"corrected", 1}, {"unchanged", 0}}));
}

TEST_F(OrganisationImport, ARelationOfTheSameBeginningIsEndedNotDoubled) {
  const auto before = clock_.now() - std::chrono::hours{1};
  ImportTexts texts{{"relations.csv", std::string(kRelations) +
                                          "county,party_superior,city,2019-01-01,2025-01-01\n"}};
  const auto change = import(texts);
  EXPECT_EQ(change.answer["relations"], (Json{{"added", 0}, {"corrected", 1}, {"unchanged", 0}}));
  EXPECT_THAT(org().superiors(RelationKind::PartySuperior, unit("county")), IsEmpty());
  EXPECT_THAT(org().related(unit("county"), RelationKind::PartySuperior, Direction::Forward,
                            {kToday, before}),
              ElementsAre(unit("city")));
}

TEST_F(OrganisationImport, ACorrectedBeginningIsTheSameRelation) {
  const auto change = import(
      {{"relations.csv", std::string(kRelations) + "county,party_superior,city,2020-05-01,\n"}});
  EXPECT_EQ(change.answer["relations"], (Json{{"added", 0}, {"corrected", 1}, {"unchanged", 0}}));
  EXPECT_THAT(org().related(unit("county"), RelationKind::PartySuperior, Direction::Forward,
                            {make_date(2019, 6, 1)}),
              IsEmpty());
}

TEST_F(OrganisationImport, ALaterPeriodOfTheSamePairIsAnotherAppointment) {
  const auto change =
      import({{"appointments.csv", std::string(kAppointments) +
                                       "p-1,city-principal,formal,,2019-01-01,2021-01-01\n"
                                       "p-2,city-principal,formal,,2021-01-01,2024-01-01\n"
                                       "p-1,city-principal,formal,,2024-01-01,\n"}});
  EXPECT_EQ(change.answer["appointments"],
            (Json{{"added", 2}, {"corrected", 1}, {"unchanged", 0}}));
  EXPECT_EQ(org().appointment_history().all().size(), 4U);
}

TEST_F(OrganisationImport, WhatIsRecordedCountsAgainstNewRows) {
  const auto change = plan(
      {{"units.csv", std::string(kUnits) + "town,镇党委,township,party_committee,2019-01-01,\n"},
       {"relations.csv", std::string(kRelations) + "county,party_superior,town,2024-01-01,\n"
                                                   "city,party_superior,county,2024-01-01,\n"}});
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(base::report_of(change.error()),
            "nothing was imported: 2 places need correction\n"
            "  relations.csv:2:4 valid_from: county party_superior overlaps in time with "
            "2019-01-01/9999-12-31; end one before the other begins\n"
            "  relations.csv:3:3 to: city → county → city go in a circle (party_superior); remove "
            "one of the relations\n");
}

TEST_F(OrganisationImport, PostsEndWithTheirUnitThoughNoRowNamesThem) {
  const auto before = clock_.now() - std::chrono::hours{1};
  const ImportTexts texts{
      {"units.csv", std::string(kUnits) + "city,市委,city,party_committee,2019-01-01,2025-01-01\n"}};
  const auto preview = this->preview(texts);
  ASSERT_TRUE(preview.has_value());
  EXPECT_EQ(preview->at("posts").at("changes"),
            (Json{{{"name", "city-principal"}, {"change", "corrected"}}}));
  import(texts);
  EXPECT_THAT(org().posts_of(unit("city"), {kToday}), IsEmpty());
  EXPECT_THAT(org().team_of(unit("city"), {kToday}), IsEmpty());
  EXPECT_EQ(org().team_of(unit("city"), {kToday, before}).size(), 1U);
  EXPECT_THAT(plan(texts)->rows, IsEmpty());
}

TEST_F(OrganisationImport, AColumnThatIsNotThereLeavesWhatIsRecorded) {
  import({{"units.csv", "code,name,short_name,level,kind,valid_from,valid_to\n"
                        "county,县委,县,county,party_committee,2019-01-01,2025-01-01\n"},
          {"relations.csv",
           std::string(kRelations) + "county,party_superior,city,2019-01-01,2025-01-01\n"},
          {"appointments.csv",
           std::string(kAppointments) + "p-1,city-principal,formal,3号,2019-01-01,2024-01-01\n"},
          {"portfolios.csv", "person,post,unit,valid_from,valid_to\n"
                             "p-1,city-principal,county,2020-01-01,2021-01-01\n"}});
  ImportTexts bare{{"units.csv", "code,name,level,kind,valid_from\ncounty,县委,county,party_committee,2019-01-01\n"},
                   {"relations.csv", "from,kind,to,valid_from\ncounty,party_superior,city,2019-01-01\n"},
                   {"appointments.csv", "person,post,mode,valid_from\np-1,city-principal,formal,2019-01-01\n"},
                   {"portfolios.csv", "person,post,unit,valid_from\np-1,city-principal,county,2020-01-01\n"}};
  const auto again = plan(bare);
  ASSERT_TRUE(again.has_value()) << base::report_of(again.error());
  EXPECT_THAT(again->rows, IsEmpty()) << again->answer;
  bare["units.csv"] = std::string(kUnits) + "county,县委,county,party_committee,2019-01-01,\n";
  import(bare);
  EXPECT_EQ(org().unit_by_code("county")->valid.to, base::kForever) << "an empty cell says that there is no end";
  EXPECT_EQ(org().unit_by_code("county")->short_name, "县");
}

TEST_F(OrganisationImport, ABeginningAfterTheRecordedEndIsRefused) {
  import({{"units.csv",
           std::string(kUnits) + "county,县委,county,party_committee,2019-01-01,2025-01-01\n"}});
  const auto refused =
      plan({{"units.csv", "code,name,level,kind,valid_from\ncounty,县委,county,party_committee,2026-01-01\n"}});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().causes.at(0).code, Code::CsvPeriodInverted);
}

TEST_F(OrganisationImport, ReadsDatesAsExcelSavesThem) {
  import({{"units.csv", std::string(kUnits) + "town,镇党委,township,party_committee,2026/1/1,2027/11/30\n"
                                              "port,港党委,township,party_committee,2026-1-1,2027-1-30\n"}});
  const auto& town = *org().unit_by_code("town");
  EXPECT_EQ(town.valid.from, make_date(2026, 1, 1));
  EXPECT_EQ(town.valid.to, make_date(2027, 11, 30));
  const auto& port = *org().unit_by_code("port");
  EXPECT_EQ(port.valid.from, make_date(2026, 1, 1));
  EXPECT_EQ(port.valid.to, make_date(2027, 1, 30));
}

TEST_F(OrganisationImport, WhatTheFilesDoNotNameStaysUntouched) {
  const auto change = import({{"persons.csv", "code,name\np-3,丙\n"}});
  EXPECT_EQ(change.rows.size(), 2U) << "the person and the epoch";
  EXPECT_NE(org().person_by_code("p-1"), nullptr);
  EXPECT_NE(org().person_by_code("p-3"), nullptr);
}

TEST_F(OrganisationImport, OfTwoPlansOnOneSnapshotTheSecondIsStale) {
  const auto first = plan({{"persons.csv", "code,name\np-3,丙\n"}});
  const auto second = plan({{"persons.csv", "code,name\np-4,丁\n"}});
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(commit(*first).has_value());
  const auto done = commit(*second);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, Code::StaleRead);
}

TEST_F(OrganisationImport, TellsThatTheOrganisationChanged) {
  const auto change = plan({{"persons.csv", "code,name\np-3,丙\n"}});
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(change->act.action, "organisation.import");
  ASSERT_EQ(change->act.objects.size(), 1U);
  EXPECT_EQ(change->act.objects[0].version, 2);
  ASSERT_EQ(change->events.size(), 1U);
  EXPECT_EQ(change->events[0].type, "zeren.organisation.changed");
}

}  // namespace
}  // namespace zeren::org
