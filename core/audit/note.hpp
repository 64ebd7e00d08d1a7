// The text form of a C2SP signed note (c2sp.org/signed-note): a text, an empty line, signature
// lines. Form only: verifier.hpp decides whether a signature holds, signing_key.hpp makes one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"

namespace zeren::audit {

/// The first four bytes of a hash over name and key: which key of that name a line speaks of.
using KeyId = std::array<std::uint8_t, 4>;

struct NoteSignature {
  std::string name;
  KeyId key{};
  base::Bytes bytes;  ///< of the length its algorithm has; never empty

  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  ///< ends with a newline
  std::vector<NoteSignature> signatures;

  bool operator==(const Note&) const = default;
};

inline constexpr std::size_t kMaxNote = 1'000'000;
inline constexpr std::size_t kMaxNoteSignatures = 100;

/// Strict: what to_string() would not write is refused. Fails with NoteMalformed. Any thread; reads
/// outside bytes.
base::Result<Note> parse_note(std::string_view bytes);

/// The note as it is published. Text, names and signatures must be such as parse_note() yields.
std::string to_string(const Note& note);

/// Whether a key may be called so: UTF-8, not empty, without spaces, control characters or `+`.
bool is_key_name(std::string_view name);

}  // namespace zeren::audit
