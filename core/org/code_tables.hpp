// The codes an organisation is described with, and their titles. Data, so that a new kind of unit
// is one line here and a word in an import file, and nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "org/model.hpp"

namespace zeren::org {

struct CodeTitle {
  std::string_view code;
  std::string_view en;
  std::string_view zh;
};
using CodeTable = std::span<const CodeTitle>;

CodeTable unit_levels();  ///< highest first
CodeTable unit_kinds();
CodeTable post_classes();       ///< in the order a leadership list is written
CodeTable appointment_modes();  ///< the most regular first
CodeTable relation_kinds();     ///< in the order of RelationKind
CodeTable successions();        ///< what a relation of kind Successor was

/// The succession that leaves one successor only: the same unit under another name.
inline constexpr std::string_view kRename = "rename";

/// The row of `code`, or null. Any thread, as all of this file.
const CodeTitle* find_code(CodeTable table, std::string_view code);

/// Where `code` stands in the table; the table's size when it does not.
std::size_t rank_of(CodeTable table, std::string_view code);

/// All codes, comma-separated, for a message that must say what is allowed.
std::string codes_of(CodeTable table);
std::string codes_in_chinese(CodeTable table);  ///< the same with their titles: `province（省级）、…`

/// `party_superior`
std::string_view code_of(RelationKind kind);
std::optional<RelationKind> relation_kind(std::string_view code);

/// True for the kinds that give a unit one superior at a time, and so make a forest.
bool is_hierarchical(RelationKind kind);

/// True for the classes that make up a unit's leadership team (班子).
bool is_team_class(std::string_view post_class);

/// True for the classes that one person at a time holds formally in a unit.
bool has_single_holder(std::string_view post_class);

/// True for the modes that do the work of a post without holding it: in charge, acting.
bool stands_in(std::string_view mode);

}  // namespace zeren::org
