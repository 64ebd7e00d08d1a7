#include "access/password.hpp"

#include <sodium.h>

#include <array>

#include "base/invariant.hpp"

namespace zeren::access {
namespace {

std::string argon2id(std::string_view password) {
  base::invariant(sodium_init() >= 0, "libsodium starts wherever randomness does");
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const int done = crypto_pwhash_str(text.data(), password.data(), password.size(),
                                     crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                     crypto_pwhash_MEMLIMIT_INTERACTIVE);
  base::invariant(done == 0, "64 MiB are there, or nothing else would run either");
  return text.data();
}

}  // namespace

base::Result<std::string> hash_password(std::string_view password) {
  if (password.size() < kMinPassword || password.size() > kMaxPassword) {
    return base::fail(base::Code::PasswordTooWeak, {{"length", std::to_string(kMinPassword)}});
  }
  return argon2id(password);
}

bool password_matches(std::string_view hash, std::string_view password) {
  static const std::string kNobodys = argon2id("an account that does not exist");
  const std::string known(hash.empty() ? std::string_view(kNobodys) : hash);
  const bool matches =
      crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
  return matches && !hash.empty();
}

std::string random_password(base::Entropy& entropy) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";  // 32, without l, o, 0, 1
  std::array<std::byte, 16> bytes{};
  entropy.fill(bytes);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 4 == 0) text += '-';
    text += kLetters[std::to_integer<std::size_t>(bytes[i]) % kLetters.size()];
  }
  return text;
}

}  // namespace zeren::access
