// Every way a row can be wrong: what is said, and where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "base/messages.hpp"
#include "org/organisation_import.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

using base::Code;
using testing::ElementsAreArray;

constexpr base::Date kImportDay = base::Date{std::chrono::year{2026} / 3 / 1};

ImportTexts good_texts() {
  return {
      {"units.csv",
       "code,name,short_name,level,kind,valid_from,valid_to\n"
       "city,市委,,city,party_committee,2019-01-01,\n"
       "city-cdi,市纪委,,city,commission,2019-01-01,\n"
       "county,县委,,county,party_committee,2019-01-01,\n"
       "town,镇党委,,township,party_committee,2019-01-01,\n"},
      {"relations.csv",
       "from,kind,to,valid_from,valid_to\n"
       "city-cdi,same_level,city,2019-01-01,\n"
       "county,party_superior,city,2019-01-01,\n"},
      {"persons.csv", "code,name\np-1,甲\np-2,乙\n"},
      {"posts.csv",
       "code,unit,title,class\n"
       "city-principal,city,市委书记,PRINCIPAL\n"
       "city-clerk,city,市委办公室干部,STAFF\n"},
      {"appointments.csv",
       "person,post,mode,doc_no,valid_from,valid_to\n"
       "p-1,city-principal,formal,1号,2020-01-01,2024-01-01\n"
       "p-2,city-clerk,formal,2号,2020-01-01,\n"},
      {"portfolios.csv",
       "person,post,unit,valid_from,valid_to\n"
       "p-1,city-principal,county,2021-01-01,\n"},
  };
}

base::Result<store::ChangeSet> plan_from_nothing(const ImportTexts& texts) {
  const auto nothing = Organisation::make({}, kImportDay);
  FakeClock clock;
  CountingEntropy entropy;
  base::IdGenerator ids(clock, entropy);
  return plan_import(*nothing, texts, ids, clock.now());
}

struct BadRows {
  const char* name;
  const char* file;
  const char* rows;  // added to the good file; or, beginning with '=', the whole text
  std::vector<std::string> said;
};

void PrintTo(const BadRows& bad, std::ostream* out) { *out << bad.name; }

class ImportFaults : public testing::TestWithParam<BadRows> {};

TEST_P(ImportFaults, AreNamedWithFileRowColumnAndRemedy) {
  const auto& bad = GetParam();
  auto texts = good_texts();
  auto& text = texts[bad.file];
  text = bad.rows[0] == '=' ? std::string(bad.rows + 1) : text + bad.rows;
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(change.error().code, Code::OrgRowsRejected);
  std::vector<std::string> said;
  for (const auto& cause : change.error().causes) said.push_back(base::text_of(cause));
  EXPECT_THAT(said, ElementsAreArray(bad.said));
}

const BadRows kCells[] = {
    {"UnknownFile",
     "unit.csv",
     "=code\n",
     {"unit.csv: the file \"unit.csv\" is not part of an organisation; expected: units.csv, "
      "relations.csv, persons.csv, posts.csv, appointments.csv, portfolios.csv"}},
    {"OpenQuote",
     "persons.csv",
     "p-3,\"丙\n",
     {"persons.csv:4:2: a quotation mark is not closed, or stands inside an unquoted value; quote "
      "the whole value and double the marks within"}},
    {"WrongCellCount",
     "persons.csv",
     "p-3\n",
     {"persons.csv:4: the row has 1 values, the first row names 2 columns; add or remove commas"}},
    {"NotUtf8",
     "persons.csv",
     "p-3,\xC7\xE0\n",
     {"persons.csv:4:2 name: name is not valid UTF-8; save it as UTF-8 and try again"}},
    {"UnknownColumn",
     "persons.csv",
     "=code,name,idcard\np-1,甲,1\np-2,乙,2\n",
     {"persons.csv:1:3 idcard: the column \"idcard\" is not known; expected: code, name"}},
    {"MissingColumn",
     "persons.csv",
     "=code\np-1\np-2\n",
     {"persons.csv:1: the column \"name\" is missing; add it to the first row. The columns are: code, name"}},
    {"EmptyFile",
     "persons.csv",
     "=",
     {"persons.csv:1: the column \"code\" is missing; add it to the first row. The columns are: code, name",
      "persons.csv:1: the column \"name\" is missing; add it to the first row. The columns are: code, name"}},
    {"MissingValue", "persons.csv", "p-3, \n", {"persons.csv:4:2 name: name is empty; fill it in"}},
    {"BadCode",
     "persons.csv",
     "P_3,丙\n",
     {"persons.csv:4:1 code: \"P_3\" cannot stand in code; allowed: a-z, 0-9, and - between them"}},
    {"CodeOfDashes",
     "persons.csv",
     "--,丙\n-p,丁\np-,戊\n",
     {"persons.csv:4:1 code: \"--\" cannot stand in code; allowed: a-z, 0-9, and - between them",
      "persons.csv:5:1 code: \"-p\" cannot stand in code; allowed: a-z, 0-9, and - between them",
      "persons.csv:6:1 code: \"p-\" cannot stand in code; allowed: a-z, 0-9, and - between them"}},
    {"DateThatIsNone",
     "units.csv",
     "x,某委,,city,party_committee,2019/1-1,2020/13/1\ny,某委,,city,party_committee,2019/001/1,2020//1\n",
     {"units.csv:6:6 valid_from: \"2019/1-1\" is not a date; write it as 2026-01-31",
      "units.csv:6:7 valid_to: \"2020-13-01\" is not a date; write it as 2026-01-31",
      "units.csv:7:6 valid_from: \"2019/001/1\" is not a date; write it as 2026-01-31",
      "units.csv:7:7 valid_to: \"2020--01\" is not a date; write it as 2026-01-31"}},
    {"DateOfAnotherAge",
     "units.csv",
     "x,某委,,city,party_committee,0000-01-01,9999-12-30\n",
     {"units.csv:6:6 valid_from: \"0000-01-01\" cannot stand in valid_from; allowed: 1900-01-01 to 2199-12-31",
      "units.csv:6:7 valid_to: \"9999-12-30\" cannot stand in valid_to; allowed: 1900-01-01 to 2199-12-31"}},
    {"BadDate",
     "units.csv",
     "x,某委,,city,party_committee,19/1/1,2020/2/30\n",
     {"units.csv:6:6 valid_from: \"19/1/1\" is not a date; write it as 2026-01-31",
      "units.csv:6:7 valid_to: \"2020-02-30\" is not a date; write it as 2026-01-31"}},
    {"UnknownLevel",
     "units.csv",
     "x,某委,,galaxy,party_committee,2019-01-01,\n",
     {"units.csv:6:4 level: \"galaxy\" cannot stand in level; allowed: province, city, county, "
      "township, department, grassroots"}},
    {"UnknownRelationKind",
     "relations.csv",
     "town,boss,county,2019-01-01,\n",
     {"relations.csv:4:2 kind: \"boss\" cannot stand in kind; allowed: party_superior, "
      "discipline_superior, same_level, stationed_at, successor"}},
    {"UnknownMode",
     "appointments.csv",
     "p-2,city-clerk,forever,,2020-01-01,\n",
     {"appointments.csv:4:3 mode: \"forever\" cannot stand in mode; allowed: formal, in_charge, "
      "acting, concurrent, secondment"}},
    {"PeriodInverted",
     "units.csv",
     "x,某委,,city,party_committee,2019-01-01,2019-01-01\n",
     {"units.csv:6:7 valid_to: valid_to 2019-01-01 is not after valid_from 2019-01-01; exchange or "
      "correct the dates"}},
};

const BadRows kTogether[] = {
    {"UnitTwice",
     "units.csv",
     "city,又一个,,city,party_committee,2019-01-01,\n",
     {"units.csv:6:1 code: \"city\" stands in row 2 already; remove one of them"}},
    {"UnknownUnit",
     "relations.csv",
     "town,party_superior,atlantis,2019-01-01,\n",
     {"relations.csv:4:3 to: to names \"atlantis\", which is neither in units.csv nor known "
      "already; add it there or correct the code"}},
    {"UnknownPersonAndPost",
     "appointments.csv",
     "p-9,nowhere,formal,,2020-01-01,\n",
     {"appointments.csv:4:1 person: person names \"p-9\", which is neither in persons.csv nor "
      "known "
      "already; add it there or correct the code",
      "appointments.csv:4:2 post: post names \"nowhere\", which is neither in posts.csv nor known "
      "already; add it there or correct the code"}},
    {"PostInUnknownUnit",
     "posts.csv",
     "x-clerk,x,干部,STAFF\n",
     {"posts.csv:4:2 unit: unit names \"x\", which is neither in units.csv nor known already; add "
      "it there or correct the code"}},
    {"SameRelationTwice",
     "relations.csv",
     "city-cdi,same_level,city,2021-01-01,2022-01-01\n",
     {"relations.csv:4:4 valid_from: city-cdi same_level city overlaps in time with "
      "relations.csv:2; end one before the other begins"}},
    {"TwoSuperiorsAtATime",
     "relations.csv",
     "county,party_superior,town,2025-01-01,\n",
     {"relations.csv:4:4 valid_from: county party_superior overlaps in time with relations.csv:3; "
      "end one before the other begins"}},
    {"Cycle",
     "relations.csv",
     "city,party_superior,town,2019-01-01,\ntown,party_superior,county,2020-01-01,\n",
     {"relations.csv:5:3 to: town → county → city → town go in a circle (party_superior); remove "
      "one of the relations"}},
    {"CycleWhereARelationStandsAlready",
     "relations.csv",
     "town,party_superior,county,2019-01-01,\ncounty,party_superior,town,2020-01-01,\n",
     {"relations.csv:5:3 to: county → town → county go in a circle (party_superior); remove one of the "
      "relations"}},
    {"SuperiorOfItselfBesideAnother",
     "relations.csv",
     "county,party_superior,county,2020-01-01,\n",
     {"relations.csv:4:3 to: county → county go in a circle (party_superior); remove one of the "
      "relations"}},
    {"SuperiorOfItself",
     "relations.csv",
     "city,party_superior,city,2019-01-01,\n",
     {"relations.csv:4:3 to: city → city go in a circle (party_superior); remove one of the "
      "relations"}},
    {"StationedAtItself",
     "relations.csv",
     "city,stationed_at,city,2019-01-01,\n",
     {"relations.csv:4:3 to: city → city go in a circle (stationed_at); remove one of the "
      "relations"}},
    {"AppointedTwice",
     "appointments.csv",
     "p-1,city-principal,formal,,2023-01-01,\n",
     {"appointments.csv:4:5 valid_from: p-1 city-principal overlaps in time with "
      "appointments.csv:2; end one before the other begins"}},
    {"TwoFormalPrincipals",
     "appointments.csv",
     "p-2,city-principal,formal,,2023-01-01,\n",
     {"appointments.csv:4:5 valid_from: city PRINCIPAL overlaps in time with appointments.csv:2; "
      "end one before the other begins"}},
};

const BadRows kTerms[] = {
    {"AppointedAfterTheUnitEnded",
     "units.csv",
     "=code,name,short_name,level,kind,valid_from,valid_to\n"
     "city,市委,,city,party_committee,2019-01-01,2020-01-01\n"
     "city-cdi,市纪委,,city,commission,2019-01-01,\n"
     "county,县委,,county,party_committee,2019-01-01,\n"
     "town,镇党委,,township,party_committee,2019-01-01,\n",
     {"appointments.csv:2:5 valid_from: \"2020-01-01\" cannot stand in valid_from; allowed: a day while the "
      "unit city stands, 2019-01-01/2020-01-01",
      "appointments.csv:3:5 valid_from: \"2020-01-01\" cannot stand in valid_from; allowed: a day while the "
      "unit city stands, 2019-01-01/2020-01-01"}},
    {"AppointedBeforeThereWasTheUnit",
     "appointments.csv",
     "p-2,city-clerk,formal,,2018-12-31,2019-06-01\n",
     {"appointments.csv:4:5 valid_from: \"2018-12-31\" cannot stand in valid_from; allowed: a day while the "
      "unit city stands, 2019-01-01/9999-12-31"}},
    {"AppointedBeyondTheEndOfTheUnit",
     "units.csv",
     "=code,name,short_name,level,kind,valid_from,valid_to\n"
     "city,市委,,city,party_committee,2019-01-01,2023-06-01\n"
     "city-cdi,市纪委,,city,commission,2019-01-01,\n"
     "county,县委,,county,party_committee,2019-01-01,\n"
     "town,镇党委,,township,party_committee,2019-01-01,\n",
     {"appointments.csv:2:6 valid_to: \"2024-01-01\" cannot stand in valid_to; allowed: a day while the unit "
      "city stands, 2019-01-01/2023-06-01"}},
};

const BadRows kSuccessions[] = {
    {"SuccessorWithoutWhatItWas",
     "relations.csv",
     "town,successor,county,2024-01-01,\n",
     {"relations.csv:4: succession is empty; fill it in"}},
    {"SuccessionOfAnotherKind",
     "relations.csv",
     "=from,kind,to,valid_from,valid_to,succession\n"
     "county,party_superior,city,2019-01-01,,merge\n",
     {"relations.csv:2:6 succession: \"merge\" cannot stand in succession; allowed: nothing, "
      "because only a successor has one"}},
    {"UnknownSuccession",
     "relations.csv",
     "=from,kind,to,valid_from,valid_to,succession\n"
     "town,successor,county,2024-01-01,,conquest\n",
     {"relations.csv:2:6 succession: \"conquest\" cannot stand in succession; allowed: merge, "
      "split, rename"}},
    {"TwoNewNames",
     "relations.csv",
     "=from,kind,to,valid_from,valid_to,succession\n"
     "town,successor,county,2024-01-01,,rename\n"
     "town,successor,city,2024-01-01,,rename\n",
     {"relations.csv:3:4 valid_from: town successor overlaps in time with relations.csv:2; end one "
      "before the other begins"}},
    {"ARenamedUnitThatWasSplitToo",
     "relations.csv",
     "=from,kind,to,valid_from,valid_to,succession\n"
     "town,successor,city,2025-01-01,,split\n"
     "town,successor,county,2024-01-01,,rename\n",
     {"relations.csv:3:4 valid_from: town successor overlaps in time with relations.csv:2; end one "
      "before the other begins"}},
    {"SuccessorsInACircle",
     "relations.csv",
     "=from,kind,to,valid_from,valid_to,succession\n"
     "town,successor,county,2024-01-01,,merge\n"
     "county,successor,town,2025-01-01,,merge\n",
     {"relations.csv:3:3 to: county → town → county go in a circle (successor); remove one of the "
      "relations"}},
};

const BadRows kPortfolios[] = {
    {"PortfolioOfUnknownUnit",
     "portfolios.csv",
     "p-1,city-principal,atlantis,2021-01-01,\n",
     {"portfolios.csv:3:3 unit: unit names \"atlantis\", which is neither in units.csv nor known "
      "already; add it there or correct the code"}},
    {"PortfolioWithoutAppointment",
     "portfolios.csv",
     "p-1,city-clerk,county,2021-01-01,\n",
     {"portfolios.csv:3:2 post: post names \"p-1 city-clerk\", which is neither in "
      "appointments.csv nor known already; add it there or correct the code"}},
    {"PortfolioBeforeTheAppointment",
     "portfolios.csv",
     "p-1,city-principal,town,2019-12-31,\n",
     {"portfolios.csv:3:4 valid_from: \"2019-12-31\" cannot stand in valid_from; allowed: "
      "2020-01-01/2024-01-01"}},
    {"PortfolioBeyondTheAppointment",
     "portfolios.csv",
     "p-1,city-principal,town,2021-01-01,2024-01-02\n",
     {"portfolios.csv:3:5 valid_to: \"2024-01-02\" cannot stand in valid_to; allowed: "
      "2020-01-01/2024-01-01"}},
    {"PortfolioTwice",
     "portfolios.csv",
     "p-1,city-principal,county,2022-01-01,2023-01-01\n",
     {"portfolios.csv:3:4 valid_from: p-1 city-principal county overlaps in time with "
      "portfolios.csv:2; end one before the other begins"}},
};

std::string name_of_case(const testing::TestParamInfo<BadRows>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(OfOneCell, ImportFaults, testing::ValuesIn(kCells), name_of_case);
INSTANTIATE_TEST_SUITE_P(OfSuccessions, ImportFaults, testing::ValuesIn(kSuccessions),
                         name_of_case);
INSTANTIATE_TEST_SUITE_P(OfTerms, ImportFaults, testing::ValuesIn(kTerms), name_of_case);
INSTANTIATE_TEST_SUITE_P(OfPortfolios, ImportFaults, testing::ValuesIn(kPortfolios), name_of_case);
INSTANTIATE_TEST_SUITE_P(BetweenRows, ImportFaults, testing::ValuesIn(kTogether), name_of_case);

TEST(ImportFaultsTogether, TheGoodFilesAreGood) {
  EXPECT_TRUE(plan_from_nothing(good_texts()).has_value());
}

TEST(ImportFaultsTogether, AllRowsOfAllFilesAreNamedInOrderAndOnce) {
  auto texts = good_texts();
  texts["appointments.csv"] += "p-7,city-clerk,formal,,2020-01-01,\n";
  texts["persons.csv"] += "p-3,\np-1,重复\n";
  texts["units.csv"] += "village,村,,grassroots,village,never,\n";
  // `village` and `p-3` stand in rows at fault: naming them is no second mistake.
  texts["relations.csv"] += "village,party_superior,town,2019-01-01,\n";
  texts["appointments.csv"] += "p-3,city-clerk,formal,,2020-01-01,\n";
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(base::report_of(change.error()),
            "nothing was imported: 4 places need correction\n"
            "  units.csv:6:6 valid_from: \"never\" is not a date; write it as 2026-01-31\n"
            "  persons.csv:4:2 name: name is empty; fill it in\n"
            "  persons.csv:5:1 code: \"p-1\" stands in row 2 already; remove one of them\n"
            "  appointments.csv:4:1 person: person names \"p-7\", which is neither in persons.csv "
            "nor known already; add it there or correct the code\n");
}

TEST(ImportFaultsTogether, OneCommissionHasOneFormalHeadWhateverThePostsAreCalled) {
  auto texts = good_texts();
  texts["posts.csv"] += "cdi-1,city-cdi,书记,DISC_HEAD\ncdi-2,city-cdi,书记,DISC_HEAD\n";
  texts["appointments.csv"] += "p-1,cdi-1,formal,,2020-01-01,\np-2,cdi-2,acting,,2020-01-01,\n";
  EXPECT_TRUE(plan_from_nothing(texts).has_value());
  texts["persons.csv"] += "p-3,丙\n";
  texts["appointments.csv"] += "p-3,cdi-2,formal,,2020-01-01,\n";
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(base::report_of(change.error()),
            "nothing was imported: 1 place needs correction\n"
            "  appointments.csv:6:5 valid_from: city-cdi DISC_HEAD overlaps in time with "
            "appointments.csv:4; end one before the other begins\n");
}

TEST(ImportFaultsTogether, APortfolioIsNotBlamedForAnAppointmentThatWasLeftOut) {
  auto texts = good_texts();
  texts["appointments.csv"] += "p-1,city-clerk,formal,,never,\n";
  texts["portfolios.csv"] += "p-1,city-clerk,county,2021-01-01,\n";
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  ASSERT_EQ(change.error().causes.size(), 1U);
  EXPECT_EQ(change.error().causes[0].code, Code::DateInvalid);
}

TEST(ImportFaultsTogether, APostThatWasRefusedIsNotBlamedOnThoseAppointedToIt) {
  auto texts = good_texts();
  texts["posts.csv"] += "town-clerk,no-such-unit,科员,STAFF\n";
  texts["appointments.csv"] += "p-1,town-clerk,formal,,2026-01-01,\n";
  texts["portfolios.csv"] += "p-1,town-clerk,county,2026-01-01,\n";
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(base::report_of(change.error()),
            "nothing was imported: 1 place needs correction\n"
            "  posts.csv:4:2 unit: unit names \"no-such-unit\", which is neither in units.csv nor known "
            "already; add it there or correct the code\n");
}

TEST(ImportFaultsTogether, AreSaidInChineseToo) {
  auto texts = good_texts();
  texts["relations.csv"] += "town,party_superior,town,2019-01-01,\n";
  const auto change = plan_from_nothing(texts);
  ASSERT_FALSE(change.has_value());
  EXPECT_EQ(base::report_of(change.error(), base::Language::Chinese),
            "未导入任何数据：有 1 处需要更正\n"
            "  relations.csv:4:3 to: town → town 构成循环（party_superior），请删除其中一条关系\n");
}

TEST(ImportFaultsTogether, ChangesOfSuperiorAndPrincipalThatMeetAreNoOverlap) {
  auto texts = good_texts();
  texts["relations.csv"] =
      "from,kind,to,valid_from,valid_to\n"
      "county,party_superior,city,2019-01-01,2021-01-01\n"
      "county,party_superior,town,2021-01-01,\n"
      "town,party_superior,county,2019-01-01,2021-01-01\n";  // turned round, never a circle
  texts["appointments.csv"] =
      "person,post,mode,valid_from,valid_to\n"
      "p-1,city-principal,formal,2020-01-01,2022-01-01\n"
      "p-2,city-principal,in_charge,2021-06-01,2022-01-01\n"
      "p-2,city-principal,formal,2022-01-01,\n";
  texts["portfolios.csv"] =
      "person,post,unit,valid_from,valid_to\n"
      "p-1,city-principal,county,2020-01-01,2022-01-01\n"
      "p-2,city-principal,county,2022-01-01,\n";
  EXPECT_TRUE(plan_from_nothing(texts).has_value());
}

}  // namespace
}  // namespace zeren::org
