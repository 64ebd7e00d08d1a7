#include "org/code_tables.hpp"

#include <algorithm>
#include <array>

namespace zeren::org {
namespace {

constexpr auto kLevels = std::to_array<CodeTitle>({
    {"province", "Province", "省级"},
    {"city", "City", "市级"},
    {"county", "County", "县级"},
    {"township", "Township", "乡级"},
    {"department", "Department", "部门"},
    {"grassroots", "Grassroots", "基层"},
});

constexpr auto kKinds = std::to_array<CodeTitle>({
    {"party_committee", "Party committee", "党委"},
    {"party_group", "Party group", "党组"},
    {"party_working_committee", "Party working committee", "党工委"},
    {"commission", "Discipline commission", "纪委"},
    {"commission_working_committee", "Discipline working committee", "纪工委"},
    {"stationed_group", "Stationed discipline group", "派驻机构"},
    {"office_commission", "Office discipline commission", "机关纪委"},
    {"government", "Government", "政府"},
    {"department", "Department", "部门"},
    {"organisation_department", "Organisation department", "组织部门"},
    {"inspection_office", "Inspection office", "巡察机构"},
    {"leading_group", "Leading group", "领导小组"},
    {"state_enterprise", "State-owned enterprise", "国企"},
    {"university", "University", "高校"},
    {"village", "Village or community", "村社"},
});

constexpr auto kClasses = std::to_array<CodeTitle>({
    {"PRINCIPAL", "Principal", "党组织主要负责人"},
    {"GOV_PRINCIPAL", "Head of the government body", "行政主要负责人"},
    {"DISC_HEAD", "Head of the discipline body", "纪检机构主要负责人"},
    {"MEMBER", "Member of the leadership team", "班子成员"},
    {"DISC_MEMBER", "Member of the discipline body", "纪检机构班子成员"},
    {"DEPT_HEAD", "Head of an internal department", "内设机构负责人"},
    {"STAFF", "Staff", "工作人员"},
});
constexpr std::size_t kTeamClasses = 5;    // the leading rows of kClasses
constexpr std::size_t kSingleHolders = 3;  // likewise

constexpr auto kModes = std::to_array<CodeTitle>({
    {"formal", "Formal", "正式任职"},
    {"in_charge", "In charge of the work", "主持工作"},
    {"acting", "Acting", "代理"},
    {"concurrent", "Concurrent", "兼任"},
    {"secondment", "Secondment", "挂职"},
});

constexpr auto kRelations = std::to_array<CodeTitle>({
    {"party_superior", "Superior party organisation", "上级党组织"},
    {"discipline_superior", "Superior discipline commission", "上级纪委"},
    {"same_level", "Party committee of the same level", "同级党委"},
    {"stationed_at", "Stationed at", "驻在单位"},
    {"successor", "Taken over by", "承继单位"},
});
static_assert(kRelations.size() == static_cast<std::size_t>(RelationKind::Successor) + 1);

constexpr auto kSuccessions = std::to_array<CodeTitle>({
    {"merge", "Merger", "合并"},
    {"split", "Split", "分立"},
    {kRename, "Renaming", "更名"},
});

}  // namespace

CodeTable unit_levels() { return kLevels; }
CodeTable unit_kinds() { return kKinds; }
CodeTable post_classes() { return kClasses; }
CodeTable appointment_modes() { return kModes; }
CodeTable relation_kinds() { return kRelations; }
CodeTable successions() { return kSuccessions; }

const CodeTitle* find_code(CodeTable table, std::string_view code) {
  const auto rank = rank_of(table, code);
  return rank < table.size() ? &table[rank] : nullptr;
}

std::size_t rank_of(CodeTable table, std::string_view code) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [code](const CodeTitle& row) { return row.code == code; });
  return static_cast<std::size_t>(found - table.begin());
}

std::string codes_of(CodeTable table) {
  std::string text;
  for (const auto& row : table) {
    if (!text.empty()) text += ", ";
    text += row.code;
  }
  return text;
}

std::string codes_in_chinese(CodeTable table) {
  std::string text;
  for (const auto& row : table) {
    text.append(text.empty() ? "" : "、").append(row.code).append("（").append(row.zh).append("）");
  }
  return text;
}

std::string_view code_of(RelationKind kind) {
  return kRelations[static_cast<std::size_t>(kind)].code;
}

std::optional<RelationKind> relation_kind(std::string_view code) {
  const auto rank = rank_of(kRelations, code);
  if (rank == kRelations.size()) return std::nullopt;
  return static_cast<RelationKind>(rank);
}

bool is_hierarchical(RelationKind kind) {
  return kind == RelationKind::PartySuperior || kind == RelationKind::DisciplineSuperior;
}

bool is_team_class(std::string_view post_class) {
  return rank_of(kClasses, post_class) < kTeamClasses;
}

bool has_single_holder(std::string_view post_class) {
  return rank_of(kClasses, post_class) < kSingleHolders;
}

bool stands_in(std::string_view mode) { return mode == "in_charge" || mode == "acting"; }

}  // namespace zeren::org
