// A TCP connection that says what it likes, when it likes: slow clients, half requests, listeners.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace zeren::integration {

class RawConnection final {
 public:
  /// To `port` on loopback.
  explicit RawConnection(std::uint16_t port);
  RawConnection(RawConnection&& other) noexcept;
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection();

  void say(std::string_view bytes) const;

  /// What came so far, once it holds `needle`; or all that came when the peer closed or `wait` has passed.
  const std::string& heard(std::string_view needle, std::chrono::milliseconds wait);

  /// Whether the peer closes within `wait`.
  bool is_closed(std::chrono::milliseconds wait);

 private:
  // False when nothing came before `until`.
  bool receive(std::chrono::steady_clock::time_point until);

  int fd_;
  std::string bytes_;
  bool closed_ = false;
};

}  // namespace zeren::integration
