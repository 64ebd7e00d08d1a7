// The packages that the build assembled: what the suite runs on.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace zeren::modules {

/// Ids of all shipped institutions, sorted.
inline std::vector<std::string> shipped_modules() {
  std::vector<std::string> ids;
  for (const auto& entry : std::filesystem::directory_iterator(ZEREN_BINARY_DIR "/modules")) {
    if (entry.is_directory()) ids.push_back(entry.path().filename().string());
  }
  std::ranges::sort(ids);
  return ids;
}

inline std::filesystem::path package_of(const std::string& id) {
  return std::filesystem::path(ZEREN_BINARY_DIR "/modules") / id;
}

}  // namespace zeren::modules
