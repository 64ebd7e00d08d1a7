// Finds function bodies by their braces. No parser: good enough for code formatted by clang-format,
// and its own tests say what it knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zeren::architecture {

struct FunctionBody {
  std::string
      name;      ///< `Reader::next`; for a test its parameters too: `TEST(Reader, StopsAtTheEnd)`
  int line = 0;  ///< where the body's brace opens
  int line_count = 0;  ///< from that brace to its partner, both included
};

/// The outermost function bodies of `text`, in order. Lambdas count as part of what they stand in.
std::vector<FunctionBody> functions_in(std::string_view text);

}  // namespace zeren::architecture
