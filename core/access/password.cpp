#include "access/password.hpp"

#include <sodium.h>

#include <array>

#include "base/invariant.hpp"
#include "base/unicode.hpp"

namespace zeren::access {
namespace {

base::Result<std::string> argon2id(std::string_view password) {
  base::invariant(sodium_init() >= 0, "libsodium starts wherever randomness does");
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const int done = crypto_pwhash_str(text.data(), password.data(), password.size(),
                                     crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                     crypto_pwhash_MEMLIMIT_INTERACTIVE);
  if (done != 0) return base::fail(base::Code::TooBusy);  // no memory at the moment
  return text.data();
}

// What a password is held against when there is no account: as costly, and the hash of 32 random bytes that
// nobody has kept.
constexpr std::string_view kNobodys =
    "$argon2id$v=19$m=65536,t=2,p=1$Ej3XgOQLesBBVoxoKZWmpg$K"
    "puHR1PK84muJ0NdOhSPRdPqXsm5miEX8jgxAdoDeig";

}  // namespace

base::Result<std::string> PasswordHasher::hash(std::string_view password) {
  const auto length = base::length_of(password);
  if (length < kMinPassword || length > kMaxPassword) {
    return base::fail(base::Code::PasswordTooWeak, {{"length", std::to_string(kMinPassword)},
                                                       {"longest", std::to_string(kMaxPassword)}});
  }
  const auto place = turnstile_.enter();
  if (!place) return base::pass(place);
  return argon2id(password);
}

base::Result<bool> PasswordHasher::matches(std::string_view hash, std::string_view password) {
  const auto place = turnstile_.enter();
  if (!place) return base::pass(place);
  const std::string known(hash.empty() ? kNobodys : hash);
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
