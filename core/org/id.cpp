#include "org/id.hpp"

#include <cstring>
#include <ostream>

namespace zeren::org {
namespace {

// 8-4-4-4-12, RFC 9562 §4.
constexpr std::size_t kUuidLength = 36;
constexpr std::array<std::size_t, 4> kHyphens = {8, 13, 18, 23};
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kDigits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (std::uint8_t i = 0; i < 10; ++i) digits.at('0' + i) = i;
  for (std::uint8_t i = 0; i < 6; ++i) digits.at('a' + i) = static_cast<std::uint8_t>(10 + i);
  return digits;
}();

std::uint8_t digit(char character) { return kDigits[static_cast<unsigned char>(character)]; }

bool has_hyphen_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

// False when `text` is no UUID as we would write it.
bool read_uuid(std::string_view text, std::array<std::uint8_t, 16>& bytes) {
  if (text.size() != kUuidLength) return false;
  for (const auto at : kHyphens) {
    if (text[at] != '-') return false;
  }
  std::size_t at = 0;
  std::uint8_t wrong = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (has_hyphen_before(i)) ++at;
    const auto high = digit(text[at]);
    const auto low = digit(text[at + 1]);
    wrong = static_cast<std::uint8_t>(wrong | high | low);
    bytes[i] = static_cast<std::uint8_t>(static_cast<unsigned>(high) << 4U | (low & 0xFU));
    at += 2;
  }
  return wrong <= 0xFU && (bytes[8] & 0xC0U) == 0x80U;
}

std::string write_uuid(const std::array<std::uint8_t, 16>& bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text(kUuidLength, '-');
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (has_hyphen_before(i)) ++at;
    text[at++] = kHex[bytes[i] >> 4U];
    text[at++] = kHex[bytes[i] & 0xFU];
  }
  return text;
}

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0x9E3779B97F4A7C15U;
  return value ^ value >> 29U;
}

constexpr std::size_t kPointerSize = sizeof(std::uintptr_t);  // of what stands for a long text

}  // namespace

void IdValue::assign(std::string_view text) {
  if (read_uuid(text, bytes_)) return;
  bytes_ = {};
  const bool fits = text.size() <= bytes_.size() && text.find('\0') == std::string_view::npos &&
                    (text.size() <= kTag || static_cast<unsigned char>(text[kTag]) < 0x80U);
  if (!fits) {
    keep_long(text);
  } else if (!text.empty()) {
    std::memcpy(bytes_.data(), text.data(), text.size());
  }
}

void IdValue::keep_long(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the owner is a part of 16 bytes
  const auto* kept = new std::string(text);
  bytes_ = {};
  std::memcpy(bytes_.data(), &kept, kPointerSize);
  bytes_[kTag] = 0xC0U;
}

void IdValue::copy_long(const IdValue& other) { keep_long(other.long_text()); }

void IdValue::release() {
  delete &long_text();  // NOLINT(cppcoreguidelines-owning-memory): as above
}

const std::string& IdValue::long_text() const {
  const std::string* kept = nullptr;
  std::memcpy(&kept, bytes_.data(), kPointerSize);
  return *kept;
}

std::string IdValue::text() const {
  if (is_uuid()) return write_uuid(bytes_);
  if (is_long()) return long_text();
  const std::string_view all(reinterpret_cast<const char*>(bytes_.data()), bytes_.size());  // NOLINT: chars
  return std::string(all.substr(0, all.find('\0')));
}

std::strong_ordering IdValue::compare(const IdValue& other) const {
  const bool alike = is_uuid() == other.is_uuid() && !is_long() && !other.is_long();
  const auto order = alike ? std::memcmp(bytes_.data(), other.bytes_.data(), bytes_.size())
                           : text().compare(other.text());
  return order <=> 0;
}

std::size_t IdValue::hash() const noexcept {
  if (is_long()) return std::hash<std::string>{}(long_text());
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::memcpy(&first, bytes_.data(), sizeof first);
  std::memcpy(&second, bytes_.data() + sizeof first, sizeof second);
  return mixed(mixed(first) + second);
}

std::ostream& operator<<(std::ostream& out, const IdValue& id) { return out << id.text(); }

}  // namespace zeren::org
