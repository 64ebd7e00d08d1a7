// Parse → canonical → parse gives the same value, and canonicalising again gives the same bytes:
// what an auditor's program hashes is what ours hashed.
#include "base/json.hpp"

#include <algorithm>

#include "fuzz/input.hpp"

namespace {

constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;

// Integers that a reader with binary64 numbers would take for others.
bool has_inexact(const zeren::base::Json& value) {
  if (value.is_structured()) return std::any_of(value.begin(), value.end(), has_inexact);
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() > std::uint64_t{kMaxExact};
  return value.is_number() &&
         (value.get<std::int64_t>() > kMaxExact || value.get<std::int64_t>() < -kMaxExact);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto value = base::parse_json(fuzz::text_of(data, size), "input");
  if (!value) return 0;
  const auto once = base::canonical(*value);
  if (!once) return 0;
  fuzz::promise(!has_inexact(*value), "only exact integers have a canonical form");
  const auto again = base::parse_json(*once);
  fuzz::promise(again.has_value(), "a canonical form is JSON");
  fuzz::promise(*again == *value, "a canonical form means the same");
  const auto twice = base::canonical(*again);
  fuzz::promise(twice && *twice == *once, "a canonical form is its own canonical form");
  return 0;
}
