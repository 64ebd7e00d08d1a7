// Plain tables on a terminal, aligned also where a character is two columns wide.
#pragma once

#include <string>
#include <vector>

namespace zeren::cli {

/// Rows of cells, the first row being the head; two spaces between columns, no blanks at line ends.
std::string table(const std::vector<std::vector<std::string>>& rows);

/// How many columns a terminal needs for the UTF-8 text: East Asian wide characters take two.
std::size_t width_of(const std::string& text);

}  // namespace zeren::cli
