#include "app/host_settings.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "base/located_json.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

tl::unexpected<base::Error> misset(const base::LocatedJson& file, const std::string& pointer,
                                   std::string remedy, std::string chinese) {
  auto where = file.where(pointer);
  where.pointer = pointer;
  return base::fail(base::Code::ConfigInvalid,
                    {{"what", file.file()}, {"remedy", std::move(remedy)}, {"remedy.zh-CN", std::move(chinese)}},
                    std::move(where));
}

// A whole number of its range.
struct Number {
  std::int64_t least;
  std::int64_t most;
  std::function<void(HostSettings&, std::int64_t)> set;
};

// Every number there is, by its pointer.
const std::map<std::string, Number>& numbers() {
  using std::chrono::hours;
  using std::chrono::seconds;
  static const std::map<std::string, Number> kNumbers = {
      {"/retry/attempts", {1, 100, [](auto& s, auto n) { s.retry.attempts = n; }}},
      {"/retry/first_seconds", {1, 86'400, [](auto& s, auto n) { s.retry.first = seconds(n); }}},
      {"/retry/longest_seconds", {1, 604'800, [](auto& s, auto n) { s.retry.longest = seconds(n); }}},
      {"/webhooks/patience_seconds", {1, 60, [](auto& s, auto n) { s.webhooks.patience = seconds(n); }}},
      {"/webhooks/per_account", {0, 1000, [](auto& s, auto n) { s.webhooks.per_account = n; }}},
      {"/retention/idempotency_hours", {1, 8784, [](auto& s, auto n) { s.retention.idempotency = hours(n); }}},
      {"/retention/one_time_code_hours",
       {1, 8784, [](auto& s, auto n) { s.retention.one_time_codes = hours(n); }}},
      {"/retention/rows_per_round", {1, 10'000, [](auto& s, auto n) { s.retention.rows_per_round = n; }}},
  };
  return kNumbers;
}

Result<void> read_allowed(const base::LocatedJson& file, const Json& value, HostSettings& settings) {
  const std::string pointer = "/webhooks/allow";
  const bool texts = value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& item) {
    return item.is_string() && !item.get_ref<const std::string&>().empty();
  });
  if (!texts) {
    return misset(file, pointer, "\"allow\" is a list of names, addresses and networks, such as \"10.0.0.0/8\"",
                  "\"allow\" 应为主机名、地址或网段的列表，如 \"10.0.0.0/8\"");
  }
  settings.webhooks.allow = value.get<std::vector<std::string>>();
  return {};
}

Result<void> read_member(const base::LocatedJson& file, const std::string& pointer, const Json& value,
                         HostSettings& settings) {
  if (pointer == "/webhooks/allow") return read_allowed(file, value, settings);
  const auto known = numbers().find(pointer);
  if (known == numbers().end()) {
    return misset(file, pointer, "nobody reads the member " + pointer, pointer + " 不是可用的项目");
  }
  const auto& number = known->second;
  const bool fits = value.is_number_integer() && value.get<std::int64_t>() >= number.least &&
                    value.get<std::int64_t>() <= number.most;
  if (!fits) {
    const auto range = std::to_string(number.least) + "–" + std::to_string(number.most);
    return misset(file, pointer, pointer + " is a whole number, " + range, pointer + " 应为整数，范围 " + range);
  }
  number.set(settings, value.get<std::int64_t>());
  return {};
}

}  // namespace

std::chrono::seconds RetryRule::pause_after(std::int64_t failed) const {
  auto pause = first;
  for (std::int64_t i = 1; i < failed && pause < longest; ++i) pause *= 2;
  return std::min(pause, longest);
}

Result<HostSettings> read_host_settings(const std::filesystem::path& file) {
  HostSettings settings;
  if (!std::filesystem::exists(file)) return settings;
  const auto json = base::LocatedJson::read(file);
  if (!json) return base::pass(json);
  if (!json->value().is_object()) return misset(*json, "", "it must be an object", "应为对象");
  for (const auto& [name, section] : json->value().items()) {
    const auto pointer = base::pointer_step(name);
    if (!section.is_object()) return misset(*json, pointer, "it must be an object", "应为对象");
    for (const auto& [key, value] : section.items()) {
      auto read = read_member(*json, pointer + base::pointer_step(key), value, settings);
      if (!read) return base::pass(std::move(read));
    }
  }
  return settings;
}

}  // namespace zeren::app
