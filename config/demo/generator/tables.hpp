// The rows of an organisation import, as `zeren import` reads them: docs in config/demo/README.md.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace zeren::demo {

using Row = std::vector<std::string>;

struct Table {
  std::string file;
  Row columns;
  std::vector<Row> rows = {};
};

/// Members in the order in which they depend on each other.
struct Tables {
  Table units{"units.csv",
              {"code", "name", "short_name", "level", "kind", "valid_from", "valid_to"}};
  Table relations{"relations.csv", {"from", "kind", "to", "valid_from", "valid_to", "succession"}};
  Table persons{"persons.csv", {"code", "name"}};
  Table posts{"posts.csv", {"code", "unit", "title", "class"}};
  Table appointments{"appointments.csv",
                     {"person", "post", "mode", "doc_no", "valid_from", "valid_to"}};
  Table portfolios{"portfolios.csv", {"person", "post", "unit", "valid_from", "valid_to"}};
};

/// Writes the six files into `folder`, which must exist. No cell needs quoting: none holds a comma,
/// a quote or a line break. False when a file cannot be written.
bool write_tables(const Tables& tables, const std::filesystem::path& folder);

}  // namespace zeren::demo
