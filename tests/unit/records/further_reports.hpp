// The dual reports without their library, and what else is owed by who owes them.
#pragma once

#include <string>

#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::fixtures {

/// The module `reports`: beside its report, a summary for the superior committee is owed that a report will do for
/// (SUMMARY), and one that it will not (ONLY_A_SUMMARY).
inline base::Json further_reports_manifest() {
  const auto file = std::string(ZEREN_SOURCE_DIR) + "/tests/fixtures/modules/dual_reports/module.json";
  auto manifest = base::LocatedJson::read(file)->value();
  for (const char* key : {"$schema", "library", "abi", "provides", "computations", "documents", "requires"}) {
    manifest.erase(key);
  }
  manifest["id"] = "reports";
  manifest["record_types"]["summary"] = manifest["record_types"]["principal_report"];
  auto summary = manifest["obligations"]["DR1"];
  summary["record_type"] = "summary";
  summary["recipients"] = {{"superior_committee", "party_superior"}};
  manifest["obligations"]["ONLY_A_SUMMARY"] = summary;
  summary["also_by"] = {"principal_report"};
  manifest["obligations"]["SUMMARY"] = summary;
  return manifest;
}

}  // namespace zeren::fixtures
