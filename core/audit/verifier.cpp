#include "audit/verifier.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace zeren::audit {
namespace {

using base::Result;

constexpr std::uint8_t kEd25519 = 1;  // c2sp.org/signed-note, signature types

base::Bytes tagged(const PublicKey& key) {
  base::Bytes bytes(1 + key.size(), kEd25519);
  std::copy(key.begin(), key.end(), bytes.begin() + 1);
  return bytes;
}

KeyId id_of(std::string_view name, const PublicKey& key) {
  std::string text(name);
  text.push_back('\n');
  for (const auto byte : tagged(key)) text.push_back(static_cast<char>(byte));
  const auto digest = base::sha256(text);
  KeyId id;
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

tl::unexpected<base::Error> malformed(const char* reason, const char* chinese) {
  return base::fail(base::Code::NoteMalformed, {{"reason", reason}, {"reason.zh-CN", chinese}});
}

}  // namespace

Verifier::Verifier(std::string name, const PublicKey& key)
    : name_(std::move(name)), key_(key), id_(id_of(name_, key_)) {}

Result<Verifier> Verifier::parse(std::string_view vkey) {
  const auto first = vkey.find('+');
  const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) return malformed("a verifier key is name+id+key", "公钥应为 名称+标识+密钥");
  const auto name = vkey.substr(0, first);
  if (!is_key_name(name)) return malformed("the verifier key has no name", "公钥没有名称");
  const auto bytes = base::from_base64(vkey.substr(second + 1));
  PublicKey key;
  if (!bytes || bytes->size() != key.size() + 1 || bytes->front() != kEd25519) {
    return malformed("the verifier key is not Ed25519", "公钥不是 Ed25519 密钥");
  }
  std::copy(bytes->begin() + 1, bytes->end(), key.begin());
  Verifier verifier{std::string(name), key};
  // Covers the id too: whatever is written otherwise than we would, is refused.
  if (verifier.vkey() != vkey) return malformed("the verifier key's id does not fit its key", "公钥的标识与密钥不符");
  return verifier;
}

std::string Verifier::vkey() const {
  return name_ + '+' + base::to_hex(id_) + '+' + base::to_base64(tagged(key_));
}

bool Verifier::holds(std::string_view text, const NoteSignature& signature) const {
  if (signature.name != name_ || signature.key != id_) return false;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_.data(), key_.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  if (!key || !context) return false;
  const auto bytes = base::bytes_of(text);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.bytes.data(), signature.bytes.size(),
                          bytes.data(), bytes.size()) == 1;
}

Result<Note> Verifier::open(std::string_view bytes) const {
  auto note = parse_note(bytes);
  if (!note) return note;
  bool signed_by_us = false;
  for (const auto& signature : note->signatures) {
    if (signature.name != name_ || signature.key != id_) continue;
    signed_by_us = holds(note->text, signature);
    if (!signed_by_us) break;
  }
  if (!signed_by_us) return base::fail(base::Code::NoteUnsigned, {{"key", name_}});
  return note;
}

}  // namespace zeren::audit
