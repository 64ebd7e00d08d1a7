#include "audit/signing_key.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using base::Result;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

EVP_PKEY* native(void* key) { return static_cast<EVP_PKEY*>(key); }

std::string to_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()), &BIO_free);
  const bool written = bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0,
                                                            nullptr, nullptr) == 1;
  base::invariant(written, "memory takes a key of 119 bytes");
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void* from_pem(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  return bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr;
}

bool is_private(const std::filesystem::path& file) {
  using std::filesystem::perms;
  std::error_code failure;
  const auto mode = std::filesystem::status(file, failure).permissions();
  return !failure && (mode & (perms::group_all | perms::others_all)) == perms::none;
}

}  // namespace

void SigningKey::Free::operator()(void* key) const { EVP_PKEY_free(native(key)); }

SigningKey::SigningKey(Key key, Verifier verifier)
    : key_(std::move(key)), verifier_(std::move(verifier)) {}

Result<SigningKey> SigningKey::from(Key key, std::string origin) {
  if (!is_key_name(origin)) {
    return base::fail(Code::ConfigInvalid,
                      {{"what", "the origin \"" + origin + "\""},
                       {"what.zh-CN", "来源（origin）“" + origin + "”"},
                       {"remedy", "write \"origin\" in the deployment description without spaces and \"+\", such as "
                                  "qinglan.example/zeren"},
                       {"remedy.zh-CN", "部署描述中的 \"origin\" 不得为空，不得含有空格和加号，如 qinglan.example/zeren"}});
  }
  PublicKey bytes;
  std::size_t size = bytes.size();
  const bool read = EVP_PKEY_get_raw_public_key(native(key.get()), bytes.data(), &size) == 1;
  base::invariant(read && size == bytes.size(), "every Ed25519 key has a public half of 32 bytes");
  return SigningKey(std::move(key), Verifier(std::move(origin), bytes));
}

Result<SigningKey> SigningKey::create(const std::filesystem::path& file, std::string origin,
                                      base::Entropy& entropy) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    return base::fail(Code::FileUnwritable,
                      {{"file", file.string()},
                       {"reason", "a key is there already"},
                       {"reason.zh-CN", "已有密钥"}});
  }
  std::array<unsigned char, 32> seed{};
  entropy.fill(std::as_writable_bytes(std::span(seed)));
  Key raw(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  OPENSSL_cleanse(seed.data(), seed.size());
  base::invariant(raw != nullptr, "any 32 bytes are an Ed25519 key");
  auto key = from(std::move(raw), std::move(origin));
  if (!key) return key;
  auto pem = to_pem(native(key->key_.get()));
  auto written = base::write_file(file, pem, base::FileMode::Private);
  OPENSSL_cleanse(pem.data(), pem.size());
  if (!written) return base::pass(std::move(written));
  return key;
}

Result<SigningKey> SigningKey::load(const std::filesystem::path& file, std::string origin) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return base::fail(Code::AuditKeyMissing, {{"file", file.string()}});
  }
  const auto unreadable = [&](const char* reason, const char* chinese) {
    return base::fail(Code::FileUnreadable,
                      {{"file", file.string()}, {"reason", reason}, {"reason.zh-CN", chinese}});
  };
  if (!is_private(file)) return unreadable("others may read it; set its mode to 0600", "其他用户可读取该文件，请将权限改为 0600");
  auto pem = base::read_file(file);
  if (!pem) return base::pass(std::move(pem));
  Key raw(from_pem(*pem));
  OPENSSL_cleanse(pem->data(), pem->size());
  if (!raw || EVP_PKEY_get_id(native(raw.get())) != EVP_PKEY_ED25519) {
    return unreadable("it holds no Ed25519 key", "其中没有 Ed25519 密钥");
  }
  return from(std::move(raw), std::move(origin));
}

NoteSignature SigningKey::sign(std::string_view text) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  base::Bytes signature(64);
  std::size_t size = signature.size();
  const auto bytes = base::bytes_of(text);
  const bool done =
      context &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, native(key_.get())) == 1 &&
      EVP_DigestSign(context.get(), signature.data(), &size, bytes.data(), bytes.size()) == 1;
  base::invariant(done && size == signature.size(), "Ed25519 signs any text");
  return {verifier_.name(), verifier_.key_id(), std::move(signature)};
}

}  // namespace zeren::audit
