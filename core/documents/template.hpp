// A Mustache template and what is made of it. Values are escaped, always; there are no lambdas, no partials
// and no unescaped values, so what a record holds can never become markup.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::documents {

/// A value that the template prints and the record does not hold.
struct Hole {
  std::string name;  ///< as in the template: `content.title`
  int line = 0;
  bool operator==(const Hole&) const = default;
};

struct Filled {
  std::string text;
  std::vector<Hole> holes;  ///< in order; in the text each stands as kHole
};

/// What stands where a value is missing: nobody takes it for the value.
inline constexpr std::string_view kHole = "（待填）";

/// Immutable and cheap to copy; any thread.
class Template final {
 public:
  /// `file` is what errors call it. Fails as read_tags().
  static base::Result<Template> parse(std::string_view text, std::string file);

  /// The template filled from `context`. A name that the context does not have at all is the author's
  /// mistake: TemplateInvalid with file and line. So is a document of more than 16 MiB. Null and empty texts
  /// are holes where they are printed, and false as sections.
  base::Result<Filled> render(const base::Json& context) const;

  const std::string& file() const;

 private:
  struct Content;
  explicit Template(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

  std::shared_ptr<const Content> content_;  // owned by all copies; never changes
};

}  // namespace zeren::documents
