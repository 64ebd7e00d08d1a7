// MANIFEST, the list of a package's files: `<sha256>  <path>` per line, sorted by path, as
// `sha256sum -c` reads it. Strict: one text for one package, because the text is what gets signed.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"

namespace zeren::manifest {

/// Path within the package to digest.
using PackageList = std::map<std::string, base::Digest, std::less<>>;

/// Paths are ASCII letters, digits and `._-` in each part, none begins with a dot or names
/// MANIFEST. Fails with ManifestSchema, file and line set. Any thread.
base::Result<PackageList> parse_package_list(std::string_view text, const std::string& file);

}  // namespace zeren::manifest
