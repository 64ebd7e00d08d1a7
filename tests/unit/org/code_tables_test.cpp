#include "org/code_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace zeren::org {
namespace {

TEST(CodeTables, EveryCodeIsUniqueAndTitledInBothLanguages) {
  for (const auto table :
       {unit_levels(), unit_kinds(), post_classes(), appointment_modes(), relation_kinds(),
        successions()}) {
    std::set<std::string_view> seen;
    for (const auto& row : table) {
      EXPECT_TRUE(seen.insert(row.code).second) << row.code;
      EXPECT_FALSE(row.en.empty()) << row.code;
      EXPECT_FALSE(row.zh.empty()) << row.code;
    }
  }
}

TEST(CodeTables, RelationKindsReadBackFromTheirCodes) {
  constexpr std::array kKinds = {RelationKind::PartySuperior, RelationKind::DisciplineSuperior,
                                 RelationKind::SameLevel, RelationKind::StationedAt,
                                 RelationKind::Successor};
  ASSERT_EQ(relation_kinds().size(), kKinds.size());
  for (const auto kind : kKinds) EXPECT_EQ(relation_kind(code_of(kind)), kind);
  EXPECT_EQ(code_of(RelationKind::StationedAt), "stationed_at");
  EXPECT_FALSE(relation_kind("boss_of").has_value());
}

TEST(CodeTables, OnlyTheTwoSuperiorsMakeAHierarchy) {
  EXPECT_TRUE(is_hierarchical(RelationKind::PartySuperior));
  EXPECT_TRUE(is_hierarchical(RelationKind::DisciplineSuperior));
  EXPECT_FALSE(is_hierarchical(RelationKind::SameLevel));
  EXPECT_FALSE(is_hierarchical(RelationKind::StationedAt));
  EXPECT_FALSE(is_hierarchical(RelationKind::Successor));
}

TEST(CodeTables, TheTeamIsLeadersWithoutDepartmentHeadsAndStaff) {
  for (const auto* code : {"PRINCIPAL", "GOV_PRINCIPAL", "DISC_HEAD", "MEMBER", "DISC_MEMBER"}) {
    EXPECT_TRUE(is_team_class(code)) << code;
  }
  for (const auto* code : {"DEPT_HEAD", "STAFF", "ELSE"}) EXPECT_FALSE(is_team_class(code)) << code;
}

TEST(CodeTables, HeadsAreHeldByOneAtATimeInAUnit) {
  for (const auto* code : {"PRINCIPAL", "GOV_PRINCIPAL", "DISC_HEAD"}) {
    EXPECT_TRUE(has_single_holder(code)) << code;
  }
  for (const auto* code : {"MEMBER", "DISC_MEMBER", "DEPT_HEAD", "STAFF", "ELSE"}) {
    EXPECT_FALSE(has_single_holder(code)) << code;
  }
}

TEST(CodeTables, WhoIsInChargeOrActsStandsInAndHoldsNoPost) {
  EXPECT_TRUE(stands_in("in_charge"));
  EXPECT_TRUE(stands_in("acting"));
  for (const auto* mode : {"formal", "concurrent", "secondment"}) {
    EXPECT_FALSE(stands_in(mode)) << mode;
  }
}

TEST(CodeTables, HoldWhatThePolicyAndItsDomainSpeakOf) {
  EXPECT_EQ(codes_of(unit_kinds()),
            "party_committee, party_group, party_working_committee, commission, "
            "commission_working_committee, stationed_group, office_commission, government, "
            "department, organisation_department, inspection_office, leading_group, "
            "state_enterprise, university, village");
  EXPECT_EQ(codes_of(successions()), "merge, split, rename");
  EXPECT_EQ(find_code(successions(), "split")->zh, "分立");
  EXPECT_EQ(find_code(unit_kinds(), "stationed_group")->zh, "派驻机构");
}

TEST(CodeTables, FindsByCodeOrSaysThatThereIsNone) {
  ASSERT_NE(find_code(unit_levels(), "county"), nullptr);
  EXPECT_EQ(find_code(unit_levels(), "county")->zh, "县级");
  EXPECT_EQ(find_code(unit_levels(), "village"), nullptr);
  EXPECT_EQ(codes_of(unit_levels()), "province, city, county, township, department, grassroots");
  EXPECT_EQ(rank_of(appointment_modes(), "unheard"), appointment_modes().size());
}

}  // namespace
}  // namespace zeren::org
