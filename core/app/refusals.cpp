#include "app/refusals.hpp"

namespace zeren::app {
namespace {

constexpr std::int64_t kMinute = 60'000;
// Beyond this many sources in memory, further ones are counted together.
constexpr std::size_t kMaxSources = 1000;

}  // namespace

void Refusals::count(const std::string& source, const std::string& code, base::Instant at) {
  const std::lock_guard lock(mutex_);
  Key key{base::to_millis(at) / kMinute, source, code};
  if (counts_.size() >= kMaxSources && !counts_.contains(key)) key.source = "others";
  ++counts_[key];
}

std::vector<store::ChangeSet> Refusals::take(base::Instant now, bool all) {
  const auto minute = base::to_millis(now) / kMinute;
  auto counted = base::Json::array();
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(counts_, [&](const auto& item) {
      const auto& [key, count] = item;
      if (!all && key.minute >= minute) return false;
      counted.push_back({{"minute", base::to_string(base::from_millis(key.minute * kMinute))},
                         {"source", key.source},
                         {"code", key.code},
                         {"count", count}});
      return true;
    });
  }
  if (counted.empty()) return {};
  store::ChangeSet change;
  change.act.action = "request.unidentified";
  change.act.outcome = "refused";
  change.act.account = "system:door";
  change.act.committed["refusals"] = std::move(counted);
  return {std::move(change)};
}

}  // namespace zeren::app
