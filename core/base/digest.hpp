// SHA-256 and the text forms of bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

struct evp_md_ctx_st;  // OpenSSL's

namespace zeren::base {

using Digest = std::array<std::uint8_t, 32>;
using Bytes = std::vector<std::uint8_t>;

/// FIPS 180-4. Any thread.
Digest sha256(std::span<const std::uint8_t> data);
Digest sha256(std::string_view data);

/// RFC 2104 with SHA-256. Any thread.
Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text);

/// SHA-256 of bytes that come in pieces. One thread at a time.
class Sha256 final {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept = default;
  Sha256& operator=(Sha256&&) noexcept = default;
  ~Sha256() = default;

  void add(std::string_view piece);
  /// Of all that was added. Once, at the end.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// SHA-256 of a file's bytes. Fails with FileUnreadable. Blocks.
Result<Digest> sha256_of_file(const std::filesystem::path& path);

std::span<const std::uint8_t> bytes_of(std::string_view text);

std::string to_hex(std::span<const std::uint8_t> data);
std::string to_base64(std::span<const std::uint8_t> data);     ///< RFC 4648 §4, padded
std::string to_base64url(std::span<const std::uint8_t> data);  ///< RFC 4648 §5, unpadded

/// The reverse; nullopt on any character, length or padding that the encoder would not write.
std::optional<Bytes> from_hex(std::string_view text);
std::optional<Bytes> from_base64(std::string_view text);
std::optional<Bytes> from_base64url(std::string_view text);
std::optional<Digest> digest_from_base64(std::string_view text);

/// Constant-time equality, for secrets.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace zeren::base
