#include "integration/webhook_receiver.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace zeren::integration {
namespace {

constexpr std::chrono::seconds kLongest{20};
constexpr std::chrono::milliseconds kTick{50};

void say(int connection, const std::string& text) {
  EXPECT_GE(::send(connection, text.data(), text.size(), MSG_NOSIGNAL), -1);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Whether something comes, or the peer closes, within a tick.
bool is_ready(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(kTick.count())) > 0;
}

void read_head(const std::string& head, Received& request) {
  auto at = head.find("\r\n");
  while (at != std::string::npos && at + 2 < head.size()) {
    const auto begin = at + 2;
    at = head.find("\r\n", begin);
    const auto line = head.substr(begin, at - begin);
    const auto colon = line.find(": ");
    if (colon != std::string::npos) request.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
  }
}

}  // namespace

WebhookReceiver::WebhookReceiver() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(listener_, plain, size), 0);
  EXPECT_EQ(::listen(listener_, 16), 0);
  EXPECT_EQ(::getsockname(listener_, plain, &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

WebhookReceiver::~WebhookReceiver() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  thread_.join();
  for (auto& each : serving_) each.join();
  ::close(listener_);
}

void WebhookReceiver::next(const std::string& behaviour) {
  const std::lock_guard lock(mutex_);
  behaviours_.push_back(behaviour);
}

std::vector<Received> WebhookReceiver::received(std::size_t count) {
  std::unique_lock lock(mutex_);
  came_.wait_for(lock, kLongest, [&] { return received_.size() >= count; });
  return received_;
}

void WebhookReceiver::run() {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    if (!is_ready(listener_)) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) serving_.emplace_back([this, connection] { serve(connection); });
  }
}

bool WebhookReceiver::read_request(int connection, Received& request) const {
  std::string bytes;
  std::size_t body = std::string::npos;
  std::array<char, 4096> piece{};
  while (true) {
    const auto size = ::recv(connection, piece.data(), piece.size(), 0);
    if (size <= 0) return false;
    bytes.append(piece.data(), static_cast<std::size_t>(size));
    if (body == std::string::npos) {
      const auto end = bytes.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      read_head(bytes.substr(0, end + 2), request);
      body = end + 4;
    }
    if (bytes.size() - body < std::stoul(request.headers["content-length"])) continue;
    request.body = bytes.substr(body);
    return true;
  }
}

void WebhookReceiver::serve(int connection) {
  Received request;
  if (!read_request(connection, request)) {
    ::close(connection);
    return;
  }
  std::string behaviour = "204";
  {
    const std::lock_guard lock(mutex_);
    if (!behaviours_.empty()) {
      behaviour = behaviours_.front();
      behaviours_.pop_front();
    }
    received_.push_back(std::move(request));
  }
  came_.notify_all();
  if (behaviour == "drip") say(connection, "HTTP/1.1 200 OK\r\nx-slow: ");
  if (behaviour == "hang" || behaviour == "drip") {
    // Until the other side gives up.
    while (!is_ready(connection)) {
      if (behaviour == "drip") say(connection, ".");
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
  } else if (behaviour != "cut") {
    const auto end = behaviour.find("\r\n");
    say(connection, "HTTP/1.1 " + behaviour.substr(0, end) + " Said" +
                        (end == std::string::npos ? "" : behaviour.substr(end)) + "\r\ncontent-length: 0\r\n\r\n");
  }
  ::close(connection);
}

}  // namespace zeren::integration
