// Whether a package may be put in force in place of what stands: whatever would keep it out of the host, or make
// records unreadable, is found before it is approved.
#pragma once

#include <optional>
#include <vector>

#include "app/snapshot.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "manifest/package.hpp"
#include "modules/package_store.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// Starts the library of a package and stops it again, once for each package however often a plan is made. What
/// ends the process ends it before anything was approved. One thread at a time.
class StartTrial final {
 public:
  /// Fails as modules::Module::load(). Blocks for its budget at most.
  base::Result<void> of(const manifest::Package& package);

 private:
  std::optional<base::Digest> tried_;
  base::Result<void> outcome_;
};

/// What the package needs is in force, no circle of modules closes with it, its version is not below the one in
/// force, its manifest can be interpreted, it names no kind of unit and no class of posts that there is not, and its
/// printed forms can be read. Fails with ModuleDependencyMissing, ModuleDependencyCircular, ManifestSchema,
/// TemplateInvalid, and as interpret() and Package::read(). Blocks.
base::Result<void> check_package(Snapshot& snapshot, const manifest::Package& package);

/// The index of the module's records as the package declares it. Fails with ManifestSchema, which names the type or
/// state and how many records stand in it, when what is stored could not be read under the package, and as
/// records::check_replaces().
base::Result<std::vector<store::RowWrite>> plan_types(Snapshot& snapshot, const manifest::Package& package,
                                                      const modules::PackageStore& store);

}  // namespace zeren::app
