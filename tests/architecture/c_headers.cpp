#include "architecture/c_headers.hpp"

#include <cstdlib>

namespace zeren::architecture {

Findings check_c_headers(const SourceTree& tree, const std::string& c_compiler) {
  Findings findings;
  for (const auto& file : tree.files()) {
    if (!file.under("sdk") || file.extension() != ".h") continue;
    const auto command = "'" + c_compiler + "' -std=c11 -pedantic-errors -Wall -Wextra -Werror" +
                         " -fsyntax-only -x c -I '" + (tree.root() / "sdk/include").string() +
                         "' -include '" + (tree.root() / file.path).string() + "' /dev/null";
    // The paths are ours, not a caller's, and quoted. NOLINTNEXTLINE(cert-env33-c)
    if (std::system(command.c_str()) != 0) {
      findings.push_back({file.path, 0, "is not valid C11: see the compiler's words above"});
    }
  }
  return findings;
}

}  // namespace zeren::architecture
