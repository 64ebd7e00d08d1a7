// What an institution's functions return: a value, or one sentence about why there is none.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace zeren {

using Json = nlohmann::json;

/// Shown to the operator, in English: what is wrong, and what to do about it. Never names or
/// contents of records.
struct Failure {
  std::string text;
  bool operator==(const Failure&) const = default;
};

/// A value or a Failure. Discarding one is a warning.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Failure> {
 public:
  using tl::expected<T, Failure>::expected;
};

/// `return fail("no computation is called \"x\"");`
inline tl::unexpected<Failure> fail(std::string text) {
  return tl::unexpected<Failure>(Failure{std::move(text)});
}

}  // namespace zeren
