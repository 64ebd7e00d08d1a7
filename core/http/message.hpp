// A request and its answer as plain values, whichever way they travel: TCP, a Unix socket, or a function
// call within the command line's own process.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zeren::http {

using Headers = std::map<std::string, std::string, std::less<>>;  ///< names in lower case

struct Request {
  std::string method;  ///< upper case
  std::string target;  ///< path and query as sent, percent-encoded
  Headers headers;
  std::string body;
  std::string source;                   ///< who knocked: an address, or `local`
  std::optional<std::int64_t> os_user;  ///< numeric user id, vouched for by the kernel; local only
};

/// A body without an end, such as server-sent events.
class Feed {
 public:
  virtual ~Feed() = default;
  /// What has come since it was asked last; "" when nothing has, nullopt when the feed is over. Blocks no longer
  /// than a query; one thread at a time.
  virtual std::optional<std::string> next() = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<Feed> feed = nullptr;  ///< instead of a body; the server and its handler pool own it
};

/// ASCII letters in lower case, as names of headers and schemes compare.
std::string lower(std::string_view text);

/// The value, or "" when the header is absent.
std::string_view header(const Headers& headers, std::string_view name);

/// A target split into decoded path segments and query parameters.
struct Target {
  std::vector<std::string> segments;
  std::map<std::string, std::string, std::less<>> query;

  /// nullopt when the percent-encoding is broken, the path does not begin with a slash, a decoded part is not
  /// UTF-8 or holds control characters, or a parameter stands there twice.
  static std::optional<Target> parse(std::string_view text);

  /// The query parameter, or "".
  std::string parameter(std::string_view name) const;
};

}  // namespace zeren::http
