// Plain tables on a terminal, aligned also where a character is two columns wide.
#pragma once

#include <string>
#include <vector>

namespace zeren::cli {

/// Rows of cells, the first row being the head; two spaces between columns, no blanks at line ends.
/// Control characters are shown escaped.
std::string table(std::vector<std::vector<std::string>> rows);

}  // namespace zeren::cli
