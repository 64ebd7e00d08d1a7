// The module tests/fixtures/modules/dual_reports with one thing changed: how tests say what is wrong with a manifest.
#pragma once

#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"
#include "base/messages.hpp"
#include "manifest/manifest.hpp"

namespace zeren::manifest {

class ManifestText {
 public:
  ManifestText() {
    const auto shipped =
        base::LocatedJson::read(ZEREN_SOURCE_DIR "/tests/fixtures/modules/dual_reports/module.json");
    if (shipped) json_ = shipped->value();
  }

  ManifestText& set(const std::string& pointer, base::Json value) {
    json_[base::Json::json_pointer(pointer)] = std::move(value);
    return *this;
  }
  ManifestText& erase(const std::string& parent, const std::string& key) {
    json_[base::Json::json_pointer(parent)].erase(key);
    return *this;
  }

  base::Result<Manifest> parse() const { return Manifest::parse(json_.dump(2), "module.json"); }

  /// The faults found, as a reader sees them: "pointer: sentence".
  std::vector<std::string> faults() const {
    const auto manifest = parse();
    if (manifest) return {};
    std::vector<std::string> out;
    for (auto fault : manifest.error().causes) {
      const auto pointer = fault.where.pointer;
      fault.where = {};
      out.push_back(pointer + ": " + base::text_of(fault));
    }
    return out;
  }

 private:
  base::Json json_;
};

}  // namespace zeren::manifest
