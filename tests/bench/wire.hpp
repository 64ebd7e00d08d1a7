// One keep-alive connection of a client that does as little as it can, so that what is measured is
// the server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zeren::bench {

class Wire final {
 public:
  /// To `port` on loopback; ends the program when nobody listens.
  explicit Wire(std::uint16_t port);
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire();

  struct Answer {
    int status = 0;  ///< 0: the connection broke
    std::string body;
  };
  /// Sends `request`, a head with its body, and waits for an answer that says its Content-Length.
  Answer ask(std::string_view request);

 private:
  bool receive();

  int fd_;
  std::string bytes_;
};

/// `POST target` with a JSON body, or `GET target` when it is empty, for the bearer of `token`.
/// `key` is the Idempotency-Key.
std::string request(std::string_view target, std::string_view token, std::string_view body = {},
                    std::string_view key = {});

}  // namespace zeren::bench
