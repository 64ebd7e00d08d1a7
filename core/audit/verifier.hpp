// A public key that notes are checked with, in the form auditors are given it: the C2SP verifier
// key `name+id+key`, the id in eight hexadecimal digits, the key in base64 with its algorithm byte.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "audit/note.hpp"
#include "base/error.hpp"

namespace zeren::audit {

/// Ed25519, RFC 8032.
using PublicKey = std::array<std::uint8_t, 32>;

class Verifier final {
 public:
  /// Fails with NoteMalformed on anything that vkey() would not write, a wrong id included.
  static base::Result<Verifier> parse(std::string_view vkey);

  /// `name` must satisfy is_key_name().
  Verifier(std::string name, const PublicKey& key);

  const std::string& name() const { return name_; }
  const KeyId& key_id() const { return id_; }
  std::string vkey() const;

  /// Whether `signature` is this key's over `text`. Any thread.
  bool holds(std::string_view text, const NoteSignature& signature) const;

  /// The note, when this key signed it; lines of other keys are let be. Fails with NoteMalformed,
  /// or with NoteUnsigned when no line is by this key or one that claims to be does not hold. Any
  /// thread.
  base::Result<Note> open(std::string_view note) const;

 private:
  std::string name_;
  PublicKey key_;
  KeyId id_;
};

}  // namespace zeren::audit
