#include "bench/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>

namespace zeren::bench {

Wire::Wire(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int at_once = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  std::cerr << "bench: nobody listens\n";
  std::exit(EXIT_FAILURE);
}

Wire::~Wire() { ::close(fd_); }

bool Wire::receive() {
  std::array<char, 16384> piece{};
  const auto count = ::recv(fd_, piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  bytes_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

Wire::Answer Wire::ask(std::string_view request) {
  while (!request.empty()) {
    const auto sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent <= 0) return {};
    request.remove_prefix(static_cast<std::size_t>(sent));
  }
  auto head = std::string::npos;
  while ((head = bytes_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return {};
  }
  static constexpr std::string_view kLength = "Content-Length: ";
  const auto at = bytes_.find(kLength);
  const auto length = at > head ? 0U : std::stoul(bytes_.substr(at + kLength.size(), 12));
  while (bytes_.size() < head + 4 + length) {
    if (!receive()) return {};
  }
  Answer answer{std::stoi(bytes_.substr(9, 3)), bytes_.substr(head + 4, length)};
  bytes_.erase(0, head + 4 + length);
  return answer;
}

std::string request(std::string_view target, std::string_view token, std::string_view body,
                    std::string_view key) {
  std::string made = body.empty() ? "GET " : "POST ";
  made.append(target)
      .append(" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ")
      .append(token);
  if (!key.empty()) made.append("\r\nIdempotency-Key: ").append(key);
  if (!body.empty()) {
    made.append("\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()));
  }
  return made.append("\r\n\r\n").append(body);
}

}  // namespace zeren::bench
