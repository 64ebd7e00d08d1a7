#include "manifest/package.hpp"

#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/system_reason.hpp"
#include "manifest/package_list.hpp"

namespace zeren::manifest {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Result;

using Found = std::set<std::string, std::less<>>;

/// Every regular file under `dir` but MANIFEST, by its path in the package. Fails with
/// PackageFileUnlisted on anything that is neither file nor folder: a link could be pointed
/// elsewhere after it was checked.
Result<Found> files_of(const fs::path& dir) {
  Found found;
  std::error_code failed;
  fs::recursive_directory_iterator it(dir, failed);
  for (; !failed && it != fs::recursive_directory_iterator(); it.increment(failed)) {
    const auto path = it->path().lexically_relative(dir).generic_string();
    const auto status = it->symlink_status(failed);
    if (failed) break;
    if (fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) {
      return base::fail(Code::PackageFileUnlisted, {{"file", (dir / path).string()}});
    }
    if (path != "MANIFEST") found.insert(path);
  }
  if (failed) {
    return base::fail(Code::FileUnreadable, base::with_reason({{"file", dir.string()}}, failed));
  }
  return found;
}

Result<void> compare(const fs::path& dir, const PackageList& list, const Found& found) {
  for (const auto& [path, digest] : list) {
    const auto file = dir / path;
    if (!found.contains(path)) {
      return base::fail(Code::PackageFileMissing, {{"file", file.string()}});
    }
    const auto actual = base::sha256_of_file(file);
    if (!actual) return base::pass(actual);
    if (*actual != digest) return base::fail(Code::PackageFileModified, {{"file", file.string()}});
  }
  for (const auto& path : found) {
    if (!list.contains(path)) {
      return base::fail(Code::PackageFileUnlisted, {{"file", (dir / path).string()}});
    }
  }
  return {};
}

}  // namespace

Result<Package> Package::verify(const fs::path& dir) {
  const auto text = base::read_file(dir / "MANIFEST");
  if (!text) return base::pass(text);
  const auto list = parse_package_list(*text, (dir / "MANIFEST").string());
  if (!list) return base::pass(list);
  const auto found = files_of(dir);
  if (!found) return base::pass(found);
  if (const auto same = compare(dir, *list, *found); !same) return base::pass(same);

  if (!list->contains("module.json")) {
    return base::fail(Code::PackageFileMissing, {{"file", (dir / "module.json").string()}});
  }
  auto manifest = Manifest::read(dir);
  if (!manifest) return base::pass(std::move(manifest));
  std::optional<base::Digest> library_digest;
  if (const auto library = manifest->library()) {
    const auto listed = list->find(*library);
    if (listed == list->end()) {
      return base::fail(Code::PackageFileMissing, {{"file", (dir / *library).string()}});
    }
    library_digest = listed->second;
  }
  const auto& documents = manifest->section("documents");
  for (const auto& [key, document] : documents.items()) {
    const auto& file = document.at("file").get_ref<const std::string&>();
    if (!list->contains(file)) return base::fail(Code::PackageFileMissing, {{"file", (dir / file).string()}});
  }
  return Package(dir, *std::move(manifest), *list, base::sha256(*text), library_digest);
}

Result<std::string> Package::read(const std::string& path) const {
  const auto file = dir_ / path;
  const auto listed = list_.find(path);
  if (listed == list_.end()) return base::fail(Code::PackageFileMissing, {{"file", file.string()}});
  auto text = base::read_file(file);
  if (!text) return text;
  if (base::sha256(*text) != listed->second) {
    return base::fail(Code::PackageFileModified, {{"file", file.string()}});
  }
  return text;
}

std::optional<fs::path> Package::library() const {
  const auto name = manifest_.library();
  if (!name) return std::nullopt;
  return dir_ / *name;
}

}  // namespace zeren::manifest
