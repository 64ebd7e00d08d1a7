// A note that is accepted is written back byte for byte: no two texts pass for the same note.
#include "audit/note.hpp"

#include "audit/checkpoint.hpp"
#include "fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto note = audit::parse_note(text);
  if (!note) return 0;
  fuzz::promise(audit::to_string(*note) == text, "a note has one form");
  fuzz::promise(!note->signatures.empty(), "a note is signed");
  for (const auto& signature : note->signatures) {
    fuzz::promise(audit::is_key_name(signature.name), "a signature names its key");
    fuzz::promise(!signature.bytes.empty(), "a signature has bytes");
  }
  return 0;
}
