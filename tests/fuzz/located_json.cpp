// Any file may be handed to the reader of configuration; what it refuses it places inside the text,
// and without comments it reads what the strict parser reads.
#include "base/located_json.hpp"

#include <algorithm>

#include "fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  const auto located = base::LocatedJson::parse(text, "input");
  if (!located) {
    fuzz::promise(located.error().where.line <= lines, "an error lies inside the text");
    return 0;
  }
  fuzz::promise(located->where("").line >= 1, "the whole has a place");
  for (const auto& [key, value] : located->value().items()) {
    if (!located->value().is_object()) break;
    const auto where = located->where("/" + key);
    fuzz::promise(where.line >= 1 && where.line <= lines, "a member has a place");
  }
  const auto strict = base::parse_json(text);
  if (strict) fuzz::promise(*strict == located->value(), "both readers agree");
  return 0;
}
