#include "figures.hpp"

#include <cstdint>
#include <utility>

namespace {

/// What an official document calls material of the institution, in Chinese as the document is.
std::string name_of(const std::string& module, const zeren::Catalogue& texts) {
  const auto key = "material_" + module;
  const auto known = texts.text(key);
  return known.en == key ? texts.text("material_other").zh_cn : known.zh_cn;
}

}  // namespace

std::map<std::string, zeren::Json> figures_of(const zeren::StepRequest& step, const zeren::Catalogue& texts) {
  std::map<std::string, std::int64_t> counted;
  for (const auto& link : step.links()) {
    if (link.kind == "material" && link.confirmed && link.outward) counted[name_of(link.module, texts)] += 1;
  }
  auto rows = zeren::Json::array();
  for (const auto& [item, count] : counted) {
    rows.push_back({{"item", item}, {"count", count}, {"as_of", std::string(step.today())}});
  }
  if (rows.empty()) return {};
  return {{"figures", std::move(rows)}};
}
