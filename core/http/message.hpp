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

#include "base/digest.hpp"
#include "base/error.hpp"

namespace zeren::http {

/// A body that is taken piece by piece, because it is too large for memory.
class Upload {
 public:
  virtual ~Upload() = default;
  /// Fails when the body grows too large or cannot be written. Blocks; one thread at a time.
  virtual base::Result<void> take(std::string_view piece) = 0;
  /// Of all that was taken; nothing may follow.
  virtual base::Digest digest() = 0;
};

/// A body that is given piece by piece.
class Download {
 public:
  virtual ~Download() = default;
  virtual std::int64_t size() const = 0;
  /// The next bytes, until size() have been given. Fails as whatever holds them. Blocks; one thread at a time.
  virtual base::Result<std::string> next() = 0;
};

using Headers = std::map<std::string, std::string, std::less<>>;  ///< names in lower case

struct Request {
  std::string method;  ///< upper case
  std::string target;  ///< path and query as sent, percent-encoded
  Headers headers;
  std::string body;  ///< empty when it came as `upload`
  std::string source;                   ///< who knocked: an address, or `local`
  std::optional<std::int64_t> os_user;  ///< numeric user id, vouched for by the kernel; local only
  /// Whole, when the route takes its body so; the carrier and its handler pool own it.
  std::shared_ptr<Upload> upload = nullptr;
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
  std::shared_ptr<Download> download = nullptr;  ///< likewise
};

/// ASCII letters in lower case, as names of headers and schemes compare.
std::string lower(std::string_view text);

/// The value, or "" when the header is absent.
std::string_view header(const Headers& headers, std::string_view name);

/// `text` with its `%XX` as bytes; nullopt when one is broken. Any bytes may come out.
std::optional<std::string> percent_decoded(std::string_view text);

/// A target split into decoded path segments and query parameters.
struct Target {
  std::vector<std::string> segments;
  std::map<std::string, std::string, std::less<>> query;

  /// nullopt when the percent-encoding is broken, the path does not begin with a slash, a decoded part is not
  /// UTF-8 or holds control characters or marks that turn the writing direction, or a parameter stands there twice.
  static std::optional<Target> parse(std::string_view text);

  /// The query parameter, or "".
  std::string parameter(std::string_view name) const;
};

}  // namespace zeren::http
