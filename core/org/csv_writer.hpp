// Rows of an import, written by ourselves (RFC 4180).
#pragma once

#include <string>
#include <vector>

#include "org/organisation_import.hpp"

namespace zeren::org {

class CsvWriter final {
 public:
  /// A row of `file` (`units.csv`), its cells in the order of the shape's columns. Every cell must have one.
  void add(const std::string& file, const std::vector<std::string>& cells);

  ImportTexts texts() && { return std::move(texts_); }

 private:
  ImportTexts texts_;
};

}  // namespace zeren::org
