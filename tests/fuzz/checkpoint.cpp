// A checkpoint that is accepted is written back byte for byte: what was signed is what was
// understood.
#include "audit/checkpoint.hpp"

#include "fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto checkpoint = audit::parse_checkpoint(text);
  if (!checkpoint) return 0;
  fuzz::promise(checkpoint->size >= 0, "a tree has a size");
  fuzz::promise(audit::to_text(*checkpoint) == text, "a checkpoint has one form");
  return 0;
}
