#include "modules/package_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/system_reason.hpp"
#include "manifest/package_list.hpp"

namespace zeren::modules {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Result;
using manifest::Package;

// Never 64 hexadecimal digits, so neither is ever taken for a package.
constexpr const char* kIncoming = ".incoming-";
constexpr const char* kDamaged = ".damaged-";

Result<void> done_or_unwritable(const fs::path& file, const std::error_code& failure) {
  if (!failure) return {};
  return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, failure));
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  return done_or_unwritable(folder, failure);
}

Result<void> remove_folder(const fs::path& folder) {
  std::error_code failure;
  fs::remove_all(folder, failure);
  return done_or_unwritable(folder, failure);
}

Result<void> copy_synced(const fs::path& from, const fs::path& to) {
  const auto bytes = base::read_file(from);
  if (!bytes) return base::pass(bytes);
  if (auto made = make_folder(to.parent_path()); !made) return made;
  if (auto written = base::write_file(to, *bytes); !written) return written;
  std::error_code failure;
  fs::permissions(to, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read,
                  failure);
  return done_or_unwritable(to, failure);
}

/// Every file that MANIFEST lists, and MANIFEST. Whether they are the right ones is checked on the copy.
Result<void> copy_files(const fs::path& from, const fs::path& to) {
  const auto text = base::read_file(from / "MANIFEST");
  if (!text) return base::pass(text);
  const auto list = manifest::parse_package_list(*text, (from / "MANIFEST").string());
  if (!list) return base::pass(list);
  for (const auto& [path, unused] : *list) {
    if (auto copied = copy_synced(from / path, to / path); !copied) return copied;
  }
  return copy_synced(from / "MANIFEST", to / "MANIFEST");
}

Result<void> sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const std::error_code failure(synced ? 0 : errno, std::system_category());
  if (fd >= 0) ::close(fd);
  return done_or_unwritable(folder, failure);
}

/// The folders; their files were synced when they were written.
Result<void> sync_tree(const fs::path& top) {
  std::error_code failure;
  for (fs::recursive_directory_iterator it(top, failure), end; !failure && it != end;
       it.increment(failure)) {
    if (!it->is_directory()) continue;
    if (auto synced = sync_folder(it->path()); !synced) return synced;
  }
  if (auto walked = done_or_unwritable(top, failure); !walked) return walked;
  return sync_folder(top);
}

/// `from` becomes `to`; what stood there goes.
Result<void> replace(const fs::path& from, const fs::path& to, const fs::path& aside) {
  std::error_code failure;
  if (fs::exists(to)) {
    if (auto removed = remove_folder(aside); !removed) return removed;
    fs::rename(to, aside, failure);
    if (failure) return done_or_unwritable(to, failure);
  }
  fs::rename(from, to, failure);
  if (failure) return done_or_unwritable(to, failure);
  return remove_folder(aside);
}

}  // namespace

fs::path PackageStore::folder_of(const base::Digest& digest) const {
  return root_ / base::to_hex(digest);
}

Result<Package> PackageStore::add(const Package& package) const {
  const auto name = base::to_hex(package.digest());
  if (auto stored = find(package.digest())) {
    std::error_code failure;
    fs::last_write_time(root_ / name, fs::file_time_type::clock::now(), failure);
    if (failure) return base::pass(done_or_unwritable(root_ / name, failure));
    return stored;
  }
  const auto incoming = root_ / (kIncoming + name);
  if (auto cleared = remove_folder(incoming); !cleared) return base::pass(cleared);
  if (auto copied = copy_files(package.dir(), incoming); !copied) return base::pass(copied);
  if (auto synced = sync_tree(incoming); !synced) return base::pass(synced);
  auto copy = Package::verify(incoming);
  if (!copy) return copy;
  if (copy->digest() != package.digest()) {
    return base::fail(Code::PackageFileModified,
                      {{"file", (package.dir() / "MANIFEST").string()}});
  }
  const auto replaced = replace(incoming, root_ / name, root_ / (kDamaged + name));
  if (!replaced) return base::pass(replaced);
  if (auto synced = sync_folder(root_); !synced) return base::pass(synced);
  return find(package.digest());
}

Result<Package> PackageStore::find(const base::Digest& digest) const {
  const auto folder = folder_of(digest);
  if (!fs::is_directory(folder)) {
    return base::fail(Code::PackageFileMissing, {{"file", (folder / "MANIFEST").string()}});
  }
  auto package = Package::verify(folder);
  if (package && package->digest() != digest) {
    return base::fail(Code::PackageFileModified, {{"file", (folder / "MANIFEST").string()}});
  }
  return package;
}

Result<std::vector<std::string>> PackageStore::prune(const std::set<base::Digest>& keep,
                                                     fs::file_time_type before) const {
  std::set<std::string> kept;
  for (const auto& digest : keep) kept.insert(base::to_hex(digest));
  std::vector<fs::path> stale;
  std::error_code failure;
  for (fs::directory_iterator it(root_, failure), end; !failure && it != end;
       it.increment(failure)) {
    const auto age = it->last_write_time(failure);
    if (failure) break;
    if (age < before && !kept.contains(it->path().filename().string())) stale.push_back(it->path());
  }
  std::vector<std::string> removed;
  if (failure == std::errc::no_such_file_or_directory) return removed;  // nothing was ever added
  if (auto listed = done_or_unwritable(root_, failure); !listed) return base::pass(listed);
  for (const auto& folder : stale) {
    if (auto gone = remove_folder(folder); !gone) return base::pass(gone);
    const auto name = folder.filename().string();
    if (!name.starts_with('.')) removed.push_back(name);
  }
  std::ranges::sort(removed);
  return removed;
}

}  // namespace zeren::modules
