// The smallest client that speaks to the server as a stranger would: over a socket, one request each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "http/message.hpp"

namespace zeren::integration {

class HttpClient final {
 public:
  /// TCP on loopback.
  explicit HttpClient(std::uint16_t port) : port_(port) {}
  /// A Unix socket.
  explicit HttpClient(std::filesystem::path socket) : socket_(std::move(socket)) {}

  /// The answer, or nullopt when none came: nobody listens, or the server died meanwhile. Any thread.
  std::optional<http::Response> send(const http::Request& request) const;

 private:
  int connect() const;

  std::uint16_t port_ = 0;
  std::filesystem::path socket_;  // empty: TCP
};

}  // namespace zeren::integration
