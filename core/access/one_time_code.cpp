#include "access/one_time_code.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>

#include "base/digest.hpp"

namespace zeren::access {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t kStepMillis = 30'000;
constexpr unsigned kBitsPerLetter = 5;

// Whole groups only: secrets are 20 bytes, 32 letters, without padding.
std::optional<base::Bytes> from_base32(std::string_view text) {
  base::Bytes bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char letter : text) {
    const auto value = kBase32.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << kBitsPerLetter) | static_cast<std::uint32_t>(value);
    held += kBitsPerLetter;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held));
  }
  return bytes;
}

std::array<std::uint8_t, 8> big_endian(std::int64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(number >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes;
}

}  // namespace

std::string make_code_secret(base::Entropy& entropy) {
  std::array<std::byte, 32> random{};  // one letter each, from its low five bits
  entropy.fill(random);
  std::string secret;
  for (const auto byte : random) secret += kBase32[std::to_integer<std::size_t>(byte) % kBase32.size()];
  return secret;
}

std::string otpauth_uri(std::string_view account, std::string_view secret) {
  std::string uri = "otpauth://totp/Zeren:";
  return uri.append(account).append("?secret=").append(secret).append("&issuer=Zeren");
}

// RFC 4226 §5.3: dynamic truncation of the HMAC to 31 bits, then the last six decimal digits.
std::string code_of_step(std::string_view secret, std::int64_t step) {
  const auto key = from_base32(secret);
  if (!key || key->empty()) return {};
  const auto counter = big_endian(step);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HMAC(EVP_sha1(), key->data(), static_cast<int>(key->size()), counter.data(), counter.size(),
       mac.data(), &size);
  constexpr std::uint32_t kModulus = 1'000'000;
  const std::size_t at = mac.at(size - 1) & 0x0FU;
  std::uint32_t number = mac.at(at) & 0x7FU;
  for (std::size_t i = 1; i < 4; ++i) number = (number << 8U) | mac.at(at + i);
  auto digits = std::to_string(number % kModulus);
  return digits.insert(0, 6 - digits.size(), '0');
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code,
                                         base::Instant now) {
  const std::int64_t current = base::to_millis(now) / kStepMillis;
  for (const auto step : {current, current - 1, current + 1}) {
    const auto right = code_of_step(secret, step);
    if (!right.empty() && base::same_secret(right, code)) return step;
  }
  return std::nullopt;
}

}  // namespace zeren::access
