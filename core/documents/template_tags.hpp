// The tags of a Mustache template, found and judged before the library sees them: it would take partials,
// lambdas, unescaped values and new delimiters, and forget where a tag stood.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace zeren::documents {

inline constexpr std::size_t kMaxTemplate = 256U << 10U;  ///< bytes
inline constexpr std::size_t kMaxSections = 16;           ///< nested in one another

enum class TagKind : std::uint8_t { Value, Section, Inverted };

struct Tag {
  TagKind kind;
  std::string name;
  int line;
  std::size_t length = 0;  ///< of a section, in bytes
};

struct TaggedText {
  /// The template with every tag named by its place in `tags`: `{{content.title}}` became `{{3}}`.
  std::string text;
  std::vector<Tag> tags;
};

/// Fails with TemplateInvalid, which names `file` and line: on tags that are not closed, closed wrongly or
/// nested too deep, and on whatever is neither a value, a section, an inverted section nor a comment.
base::Result<TaggedText> read_tags(std::string_view text, const std::string& file);

}  // namespace zeren::documents
