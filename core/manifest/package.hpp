// A module's package on disk, as zeren_add_institution() assembles it, after every file was
// compared with MANIFEST. Whoever loads a library asks for one of these, so nothing unverified is
// ever opened.
#pragma once

#include <filesystem>
#include <optional>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "manifest/manifest.hpp"
#include "manifest/package_list.hpp"

namespace zeren::manifest {

class Package final {
 public:
  /// Reads `dir`/MANIFEST, re-hashes every file of the package, and reads its module.json. Fails
  /// with FileUnreadable (no MANIFEST), ManifestSchema (a MANIFEST that is not one),
  /// PackageFileMissing, PackageFileModified, PackageFileUnlisted (symbolic links, devices and
  /// files of ours beside it too), and as Manifest::read(). Blocks; any thread.
  static base::Result<Package> verify(const std::filesystem::path& dir);

  const std::filesystem::path& dir() const { return dir_; }
  const Manifest& manifest() const { return manifest_; }

  /// SHA-256 of MANIFEST: names the package with all its files.
  const base::Digest& digest() const { return digest_; }

  /// Of the library; nullopt for a module without code.
  const std::optional<base::Digest>& library_digest() const { return library_digest_; }

  /// Where the library lies; nullopt for a module without code.
  std::optional<std::filesystem::path> library() const;

  /// The file at `path` in the package, compared with MANIFEST again. Fails with PackageFileMissing,
  /// PackageFileModified or FileUnreadable. Blocks; any thread.
  base::Result<std::string> read(const std::string& path) const;

 private:
  Package(std::filesystem::path dir, Manifest manifest, PackageList list, base::Digest digest,
          std::optional<base::Digest> library_digest)
      : dir_(std::move(dir)),
        manifest_(std::move(manifest)),
        list_(std::move(list)),
        digest_(digest),
        library_digest_(library_digest) {}

  std::filesystem::path dir_;
  Manifest manifest_;
  PackageList list_;
  base::Digest digest_;
  std::optional<base::Digest> library_digest_;
};

}  // namespace zeren::manifest
