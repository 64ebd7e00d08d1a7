// The log's private key, in a file of its own that only the host may read. Its name is the log's
// origin.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "audit/verifier.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"

namespace zeren::audit {

class SigningKey final {
 public:
  /// Makes a fresh Ed25519 key from `entropy` and writes it to `file` (PKCS#8 PEM, mode 0600).
  /// Fails with FileUnwritable, also when the file is there already: a key is never overwritten;
  /// with NoteMalformed when `origin` is no key name. Blocks.
  static base::Result<SigningKey> create(const std::filesystem::path& file, std::string origin,
                                         base::Entropy& entropy);

  /// Reads it back. Fails with AuditKeyMissing when the file is not there, FileUnreadable when it
  /// holds no Ed25519 key or others than its owner may read it, NoteMalformed as create(). Blocks.
  static base::Result<SigningKey> load(const std::filesystem::path& file, std::string origin);

  const std::string& origin() const { return verifier_.name(); }
  const Verifier& verifier() const { return verifier_; }
  std::string vkey() const { return verifier_.vkey(); }

  /// Signs `text`, which must end with a newline. Equal texts give equal bytes. Any thread.
  NoteSignature sign(std::string_view text) const;

 private:
  struct Free {
    void operator()(void* key) const;
  };
  using Key = std::unique_ptr<void, Free>;  // EVP_PKEY; OpenSSL stays out of the header

  SigningKey(Key key, Verifier verifier);
  static base::Result<SigningKey> from(Key key, std::string origin);

  Key key_;
  Verifier verifier_;
};

}  // namespace zeren::audit
