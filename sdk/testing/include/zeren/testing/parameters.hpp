// The values of a module's parameters in a test: the defaults of module.json until the test sets others.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "zeren/result.hpp"

namespace zeren::testing {

class Parameters final {
 public:
  /// None; steps are told of no parameters.
  Parameters() = default;

  /// The defaults of `manifest` (read_manifest()).
  explicit Parameters(const Json& manifest) {
    const auto declared = manifest.find("parameters");
    if (declared == manifest.end()) return;
    for (const auto& [key, parameter] : declared->items()) values_[key] = parameter.at("default");
  }

  /// As if a unit had set it. Fails when module.json does not declare `key`, or its default is of another kind of
  /// value. Whether a locality may set it so is the host's to judge.
  Result<void> set(const std::string& key, Json value) {
    const auto known = values_.find(key);
    if (known == values_.end()) return fail("module.json declares no parameter \"" + key + "\"");
    if (known->type_name() != std::string_view(value.type_name())) {
      return fail("the parameter \"" + key + "\" is a " + known->type_name());
    }
    *known = std::move(value);
    return {};
  }

  /// What steps are told, by key.
  const Json& values() const { return values_; }

 private:
  Json values_ = Json::object();
};

}  // namespace zeren::testing
