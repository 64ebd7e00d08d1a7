#include "base/clock.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/invariant.hpp"

namespace zeren::base {
namespace {

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::byte> out) override {
    const int ok = RAND_bytes(reinterpret_cast<unsigned char*>(out.data()),
                              static_cast<int>(out.size()));
    invariant(ok == 1, "the operating system always has randomness");
  }
};

}  // namespace

std::unique_ptr<Clock> system_clock() { return std::make_unique<SystemClock>(); }

std::unique_ptr<Entropy> system_entropy() { return std::make_unique<SystemEntropy>(); }

// Within a millisecond the counter goes up; when it is full, or the clock goes back, the ids run ahead of the clock.
std::uint64_t IdGenerator::next_tick() {
  const auto now = static_cast<std::uint64_t>(to_millis(clock_.now())) << 12U;
  auto last = last_.load();
  while (!last_.compare_exchange_weak(last, std::max(now, last + 1))) {
  }
  return std::max(now, last + 1);
}

std::string IdGenerator::next() {
  // 48 bits of milliseconds | version 7 | 12 bits of a counter | variant 2 | 62 random bits
  std::array<std::uint8_t, 16> bytes{};
  entropy_.fill(std::as_writable_bytes(std::span(bytes)));
  const auto tick = next_tick();
  auto millis = tick >> 12U;
  for (std::size_t i = 6; i-- > 0; millis >>= 8U) {
    bytes[i] = static_cast<std::uint8_t>(millis & 0xFFU);
  }
  bytes[6] = static_cast<std::uint8_t>(((tick >> 8U) & 0x0FU) | 0x70U);
  bytes[7] = static_cast<std::uint8_t>(tick & 0xFFU);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  auto text = to_hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace zeren::base
