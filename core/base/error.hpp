// What a function that can fail returns. An Error carries facts only; its text is rendered at the edge,
// in the reader's language, by messages.hpp.
#pragma once

#include <map>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/code.hpp"
#include "base/invariant.hpp"

namespace zeren::base {

/// Where in an outside text the error lies. Lines and columns count from 1; 0 is unknown.
struct Where {
  std::string file;
  int line = 0;
  int column = 0;
  std::string pointer;  ///< JSON Pointer (RFC 6901), or a column name of a CSV file

  bool operator==(const Where&) const = default;
};

struct Error {
  Code code;
  /// The blanks of the catalogue's sentence, `{name}` or `{name?one:many}`; a Chinese variant may stand under
  /// `name.zh-CN`.
  std::map<std::string, std::string> args;
  Where where;
  std::vector<Error> causes;  ///< what lies beneath, or each bad row of an import

  bool operator==(const Error&) const = default;
};

/// A value or the reason why there is none. Discarding one is a warning, so an error cannot be lost;
/// reading a value that is not there ends the process, where the library alone would read garbage.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  using Expected = tl::expected<T, Error>;

 public:
  using Expected::Expected;
  // tl's monadic members return the base class.
  Result(Expected other) : Expected(std::move(other)) {}

  decltype(auto) operator*() & { return *checked(*this); }
  decltype(auto) operator*() const& { return *checked(*this); }
  decltype(auto) operator*() && { return *std::move(checked(*this)); }
  auto operator->() { return checked(*this).operator->(); }
  auto operator->() const { return checked(*this).operator->(); }

 private:
  static Expected& checked(Expected& self) {
    invariant(self.has_value(), "a result is read only when it holds a value");
    return self;
  }
  static const Expected& checked(const Expected& self) {
    invariant(self.has_value(), "a result is read only when it holds a value");
    return self;
  }
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using tl::expected<void, Error>::expected;
  Result(tl::expected<void, Error> other) : tl::expected<void, Error>(std::move(other)) {}
};

/// `return fail(Code::UnitUnknown, {{"unit", code}});`
inline tl::unexpected<Error> fail(Code code, std::map<std::string, std::string> args = {},
                                  Where where = {}, std::vector<Error> causes = {}) {
  return tl::unexpected<Error>(
      Error{code, std::move(args), std::move(where), std::move(causes)});
}

/// Passes an error of one result type on as another's: `if (!rows) return pass(rows);`
template <class T>
tl::unexpected<Error> pass(const tl::expected<T, Error>& failed) {
  return tl::unexpected<Error>(failed.error());
}
template <class T>
tl::unexpected<Error> pass(tl::expected<T, Error>&& failed) {
  return tl::unexpected<Error>(std::move(failed).error());
}

}  // namespace zeren::base
