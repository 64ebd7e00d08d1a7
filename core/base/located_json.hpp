// Configuration files: JSON with // and /* */ comments, read so that every later complaint can name file
// and line. The only reader of manifests, parameters and overlays.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::base {

enum class Comments { Allowed, Refused };

/// Places cost as much memory as the values; Nothing is for texts that no complaint will point into.
enum class Remember { Places, Nothing };

/// The step of a JSON Pointer (RFC 6901) to the member `key`: `a/b` is `/a~1b`. Any thread.
std::string pointer_step(std::string_view key);

class LocatedJson {
 public:
  /// Reads `path`. Fails with FileUnreadable and as parse(). Blocks; any thread.
  static Result<LocatedJson> read(const std::filesystem::path& path);

  /// Parses `text`; `file` is what errors call it. Fails with TextNotUtf8, JsonSyntax,
  /// JsonDuplicateKey or JsonTooDeep.
  static Result<LocatedJson> parse(std::string_view text, std::string file,
                                   Comments comments = Comments::Allowed,
                                   Remember remember = Remember::Places);

  const Json& value() const { return value_; }
  Json take() && { return std::move(value_); }
  const std::string& file() const { return file_; }

  /// Where the last character of the scalar, or the bracket opening the array or object, at `pointer`
  /// (RFC 6901) stands; the nearest enclosing value's place when the pointer
  /// names nothing.
  Where where(std::string_view pointer) const;

 private:
  std::string file_;
  Json value_;
  std::map<std::string, std::pair<int, int>, std::less<>> places_;
};

}  // namespace zeren::base
