// Paths come from manifests and overlays: any text is a path or is refused at a character of it.
#include "fuzz/input.hpp"
#include "org/path.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto path = org::Path::parse(text, {"input", 1, 1, {}});
  if (path) return 0;
  const auto column = path.error().where.column;
  fuzz::promise(column >= 1 && column <= static_cast<int>(text.size()) + 1,
                "an error lies inside the path");
  return 0;
}
