// The packages that were approved, each under the digest of its MANIFEST: `<root>/<sha256>/`. Libraries are
// loaded from here only, so nothing that happens to the folder a package came from can reach a host.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "manifest/package.hpp"

namespace zeren::modules {

/// Any thread; two processes only under the lock of the data folder.
class PackageStore final {
 public:
  explicit PackageStore(std::filesystem::path root) : root_(std::move(root)) {}

  /// Copies `package`, every file re-hashed and synced, files read-only, and gives the copy; what the store
  /// has already, and sound, it keeps, and what is damaged there it replaces. A crash leaves the copy whole
  /// or not there. Fails as Package::verify() when the package changes meanwhile, and with FileUnwritable.
  /// Blocks.
  base::Result<manifest::Package> add(const manifest::Package& package) const;

  /// The package of this digest, every file re-hashed. Fails with PackageFileMissing when the store does not
  /// have it, and as Package::verify(), which names the file that differs. Blocks.
  base::Result<manifest::Package> find(const base::Digest& digest) const;

  /// Removes what is older than `before`: all packages but those in `keep`, and what interrupted copies
  /// left. A package is as old as its last add(), whose approval may still be on its way. Answers the digests
  /// removed, as hex, sorted. A library that is loaded stays usable. Fails with FileUnwritable. Blocks.
  base::Result<std::vector<std::string>> prune(const std::set<base::Digest>& keep,
                                               std::filesystem::file_time_type before) const;

 private:
  std::filesystem::path folder_of(const base::Digest& digest) const;

  std::filesystem::path root_;
};

}  // namespace zeren::modules
