#include "manifest/version.hpp"

#include <algorithm>

namespace zeren::manifest {
namespace {

/// Takes the number before the next dot off `version`, without its leading zeros.
std::string_view take_number(std::string_view& version) {
  const auto dot = version.find('.');
  auto number = version.substr(0, dot);
  version.remove_prefix(dot == std::string_view::npos ? version.size() : dot + 1);
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

}  // namespace

bool is_at_least(std::string_view version, std::string_view lowest) {
  while (!version.empty() || !lowest.empty()) {
    const auto ours = take_number(version);
    const auto theirs = take_number(lowest);
    // Without leading zeros the longer number is the greater one.
    if (ours.size() != theirs.size()) return ours.size() > theirs.size();
    if (ours != theirs) return ours > theirs;
  }
  return true;
}

}  // namespace zeren::manifest
