// A module's module.json, read and checked before anything of the module runs: its shape against
// config/schema/module.schema.json, then what its parts say of each other. What roles, parameters,
// record types and obligations mean is for rules and records; they take their section as JSON.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/located_json.hpp"
#include "base/messages.hpp"

namespace zeren::manifest {

/// A version of the plugin boundary (zeren/plugin.h).
struct Abi {
  int major = 0;
  int minor = 0;
  bool operator==(const Abi&) const = default;
};

/// "1.0"
std::string to_string(Abi abi);

/// A module that another cannot work without, and the lowest version of it that will do.
struct RequiredModule {
  std::string id;
  std::string version;
  bool operator==(const RequiredModule&) const = default;
};

/// Immutable and cheap to copy; any thread.
class Manifest final {
 public:
  /// Reads `package_dir`/module.json. Fails with FileUnreadable, JsonSyntax, JsonDuplicateKey,
  /// JsonTooDeep, or with ManifestInvalid, whose causes are all faults found (ManifestSchema,
  /// ManifestReference), each with file, line and JSON Pointer. Blocks.
  static base::Result<Manifest> read(const std::filesystem::path& package_dir);

  /// The same for a text; `file` is what errors call it.
  static base::Result<Manifest> parse(std::string_view text, std::string file);

  const std::string& id() const;
  const std::string& version() const;
  const std::string& name(base::Language language) const;

  /// The library's file name; nullopt for a module without code.
  std::optional<std::string> library() const;

  /// What the library was built for; {0, 0} for a module without code.
  Abi abi() const;

  /// Interfaces of the library, of the host, and modules that must be there too.
  std::vector<std::string> provides() const;
  std::vector<std::string> required_interfaces() const;
  std::vector<RequiredModule> required_modules() const;

  /// Modules that are used where they are in force, and not missed where they are not.
  std::vector<RequiredModule> optional_modules() const;

  /// Commands that the module may answer events with.
  std::vector<std::string> permissions() const;

  /// Events that the module is told of; and those it tells of, by name, as declared.
  std::vector<std::string> events_heard() const;
  const base::Json& events_told() const;

  /// `roles`, `parameters`, `record_types` (each `like` carried out), `obligations`, `computations`, `documents`,
  /// `events` or `reactions`; an empty object when the module has none.
  const base::Json& section(std::string_view name) const;

  /// The whole manifest, each `like` carried out.
  const base::Json& value() const;

  /// Where the value at `pointer` stands in module.json; for what came from a `like`, where that
  /// stands.
  base::Where where(std::string_view pointer) const;

 private:
  struct Content {
    base::LocatedJson source;
    base::Json expanded;
  };
  explicit Manifest(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

  std::shared_ptr<const Content> content_;  // owned by all copies of this manifest; never changes
};

}  // namespace zeren::manifest
