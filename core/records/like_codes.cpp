#include "records/like_codes.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace zeren::records {
namespace {

constexpr std::size_t kMost = 3;

// Levenshtein's distance, one row at a time.
std::size_t changes_between(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto changed = diagonal + std::size_t{a[i - 1] != b[j - 1]};
      diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> codes_like(const std::string& text, const std::vector<std::string>& codes) {
  const auto most = std::max<std::size_t>(1, text.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& code : codes) {
    const auto apart = code.size() > text.size() ? code.size() - text.size() : text.size() - code.size();
    if (apart > most) continue;
    const auto changes = changes_between(text, code);
    if (changes <= most) near.emplace_back(changes, code);
  }
  std::ranges::sort(near);
  std::vector<std::string> like;
  for (std::size_t i = 0; i < std::min(kMost, near.size()); ++i) like.push_back(near[i].second);
  return like;
}

}  // namespace zeren::records
