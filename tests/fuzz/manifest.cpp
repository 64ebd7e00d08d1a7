// A module.json comes with a package from outside: any text is a manifest or is refused with
// places, and what is accepted knows where its own members stand.
#include "manifest/manifest.hpp"

#include "fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto manifest = manifest::Manifest::parse(fuzz::text_of(data, size), "module.json");
  if (!manifest) {
    fuzz::promise(!base::report_of(manifest.error()).empty(), "a refusal can be told");
    return 0;
  }
  fuzz::promise(!manifest->id().empty(), "a module has an id");
  for (const auto& [name, type] : manifest->section("record_types").items()) {
    fuzz::promise(manifest->where("/record_types/" + name).line >= 1, "a record type has a place");
    fuzz::promise(!type.contains("like"), "every `like` is carried out");
  }
  return 0;
}
