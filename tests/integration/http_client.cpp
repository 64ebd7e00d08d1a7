#include "integration/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace zeren::integration {
namespace {

template <class Address>
int connected(int domain, const Address& address) {
  const int fd = ::socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string receive_all(int fd) {
  std::string bytes;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

std::string to_wire(const http::Request& request) {
  std::string wire = request.method + " " + request.target + " HTTP/1.1\r\nhost: localhost\r\n";
  for (const auto& [name, value] : request.headers) wire += name + ": " + value + "\r\n";
  wire += "content-length: " + std::to_string(request.body.size()) + "\r\n";
  return wire + "connection: close\r\n\r\n" + request.body;
}

void add_header(http::Response& response, std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  auto value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  response.headers.insert_or_assign(std::move(name), std::string(value));
}

// nullopt unless the whole answer arrived: half of one acknowledges nothing.
std::optional<http::Response> from_wire(const std::string& wire) {
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  const auto end = wire.find("\r\n\r\n");
  if (!wire.starts_with(kBegin) || end == std::string::npos) return std::nullopt;
  http::Response response;
  std::from_chars(wire.data() + kBegin.size(), wire.data() + end, response.status);
  for (auto at = wire.find("\r\n"); at < end;) {
    const auto next = wire.find("\r\n", at + 2);
    add_header(response, std::string_view(wire).substr(at + 2, next - at - 2));
    at = next;
  }
  response.body = wire.substr(end + 4);
  if (http::header(response.headers, "content-length") != std::to_string(response.body.size())) {
    return std::nullopt;
  }
  return response;
}

}  // namespace

int HttpClient::connect() const {
  if (socket_.empty()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connected(AF_INET, address);
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket_.c_str(), sizeof address.sun_path - 1);
  return connected(AF_UNIX, address);
}

std::optional<http::Response> HttpClient::send(const http::Request& request) const {
  const int fd = connect();
  if (fd < 0) return std::nullopt;
  std::string wire;
  if (send_all(fd, to_wire(request))) wire = receive_all(fd);
  ::close(fd);
  return from_wire(wire);
}

}  // namespace zeren::integration
