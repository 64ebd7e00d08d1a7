// What a check has to complain about: a place and a sentence that says what to change.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace zeren::architecture {

struct Finding {
  std::string file;  ///< relative to the root of the tree
  int line = 0;      ///< from 1; 0 when the file or folder as a whole is meant
  std::string message;

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

inline void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// As compilers write it, so that editors can jump there.
inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  out << finding.file;
  if (finding.line > 0) out << ':' << finding.line;
  return out << ": " << finding.message;
}

}  // namespace zeren::architecture
