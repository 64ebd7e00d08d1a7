// The faults of references in a manifest, as they are found: what the checks of its sections have in common.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

/// The member `key`; an empty object when there is none. Any thread.
const base::Json& part(const base::Json& parent, const char* key);

/// `pointer`/`key`
std::string under(std::string pointer, const std::string& key);

/// Among what a name is looked for.
struct Target {
  std::string_view english;
  std::string_view chinese;
};
inline constexpr Target kStates{"states", "状态（states）"};
inline constexpr Target kRoles{"roles", "角色（roles）"};
inline constexpr Target kFields{"schema.properties", "字段（schema.properties）"};
inline constexpr Target kComputations{"computations", "统计表（computations）"};
inline constexpr Target kLinks{"links", "关联（links）"};
inline constexpr Target kRecordTypes{"record_types", "记录类型（record_types）"};

/// To be derived from. One thread.
class ReferenceFaults {
 public:
  /// Both must outlive it.
  ReferenceFaults(const base::Json& manifest, const base::LocatedJson& source)
      : manifest_(manifest), source_(source) {}

 protected:
  const base::Json& manifest() const { return manifest_; }

  /// ManifestReference unless the text `value`, which stands at `at`, is a key of `among`, called `target`.
  void name(const base::Json& value, const base::Json& among, const Target& target, const std::string& at);
  /// The same for each text of a list.
  void names(const base::Json& list, const base::Json& among, const Target& target, const std::string& at);
  /// The same for the roles in a list of who may do something.
  void roles(const base::Json& by, const std::string& at);
  /// ManifestReference: `value` is none of `among`.
  void unknown(const base::Json& value, const Target& target, const base::Json& among, const std::string& at);
  /// ManifestSchema, with the reason in both languages.
  void refuse(const std::string& at, std::string english, std::string chinese);
  std::vector<base::Error> take() { return std::move(faults_); }

 private:
  void add(base::Code code, std::map<std::string, std::string> args, const std::string& at);

  const base::Json& manifest_;
  const base::LocatedJson& source_;
  std::vector<base::Error> faults_;
};

}  // namespace zeren::manifest
