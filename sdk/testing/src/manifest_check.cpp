#include "zeren/testing/manifest_check.hpp"

#include "base/messages.hpp"
#include "manifest/manifest.hpp"

namespace zeren::testing {

std::vector<std::string> manifest_faults(const std::filesystem::path& module_dir) {
  const auto manifest = manifest::Manifest::read(module_dir);
  if (manifest) return {};
  const auto& refusal = manifest.error();
  std::vector<std::string> faults;
  for (const auto& cause : refusal.causes) faults.push_back(base::text_of(cause));
  if (faults.empty()) faults.push_back(base::text_of(refusal));  // not JSON, or not there
  return faults;
}

Result<Json> read_manifest(const std::filesystem::path& module_dir) {
  const auto manifest = manifest::Manifest::read(module_dir);
  if (!manifest) return fail(manifest_faults(module_dir).front());
  return manifest->value();
}

}  // namespace zeren::testing
