#include "base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sodium.h>

#include <array>
#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>

#include "base/invariant.hpp"
#include "base/system_reason.hpp"

namespace zeren::base {
namespace {

std::string encode(std::span<const std::uint8_t> data, int variant) {
  // libsodium's length counts the closing NUL.
  std::string text(sodium_base64_encoded_len(data.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), data.data(), data.size(), variant);
  text.pop_back();
  return text;
}

std::optional<Bytes> decode(std::string_view text, int variant) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                        &end, variant) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(length);
  // libsodium reads some bytes beyond ASCII as if they were letters of the alphabet.
  if (encode(bytes, variant) != text) return std::nullopt;
  return bytes;
}

}  // namespace

Digest sha256(std::span<const std::uint8_t> data) {
  Digest digest{};
  SHA256(data.data(), data.size(), digest.data());
  return digest;
}

Digest sha256(std::string_view data) { return sha256(bytes_of(data)); }

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text) {
  Digest digest{};
  const auto data = bytes_of(text);
  unsigned int size = 0;
  const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
                          digest.data(), &size);
  invariant(done != nullptr && size == digest.size(), "OpenSSL always offers SHA-256");
  return digest;
}

void Sha256::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  invariant(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1,
            "OpenSSL always offers SHA-256");
}

void Sha256::add(std::string_view piece) {
  EVP_DigestUpdate(context_.get(), piece.data(), piece.size());
}

Digest Sha256::finish() {
  Digest digest{};
  EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
  return digest;
}

Result<Digest> sha256_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256 hash;
  std::array<char, 65536> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    hash.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) {
    return fail(Code::FileUnreadable, with_reason({{"file", path.string()}}, errno));
  }
  return hash.finish();
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string to_hex(std::span<const std::uint8_t> data) {
  std::string text(data.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), data.data(), data.size());
  text.pop_back();
  return text;
}

std::string to_base64(std::span<const std::uint8_t> data) {
  return encode(data, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64url(std::span<const std::uint8_t> data) {
  return encode(data, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<Bytes> from_hex(std::string_view text) {
  Bytes bytes(text.size() / 2 + 1);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                     &end) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

std::optional<Bytes> from_base64(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<Bytes> from_base64url(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<Digest> digest_from_base64(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != Digest{}.size()) return std::nullopt;
  Digest digest{};
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace zeren::base
