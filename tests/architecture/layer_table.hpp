// The two tables of docs/architecture.md that say who may include whom.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/finding.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {

inline constexpr std::string_view kTablePage = "docs/architecture.md";

struct Layer {
  std::string name;
  std::string folder;  ///< `core/base`; one `*` stands for one folder name
  std::vector<std::string> targets;
  std::vector<std::string> third_party;
  int line = 0;
};

struct LayerTable {
  std::vector<Layer> layers;
  std::map<std::string, std::vector<std::string>>
      prefixes;  ///< third party → beginnings of its headers
  Findings
      findings;  ///< missing tables, unknown names, rows that name themselves or rows below them

  /// The row whose folder fits `path` with the most characters, or null.
  const Layer* layer_of(std::string_view path) const;
  const Layer* named(std::string_view name) const;
};

/// Reads the page of `tree`. What is wrong with it is in `findings`.
LayerTable read_layers(const SourceTree& tree);

/// Whether `path` lies in `folder`, of which one part may be `*`.
bool lies_in(std::string_view path, std::string_view folder);

}  // namespace zeren::architecture
