#include "app/deployment.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

constexpr std::string_view kIdle = "idle_minutes";
constexpr std::string_view kAttachments = "attachments";
constexpr std::int64_t kLongestIdle = 720;  // no session lasts longer anyway
constexpr std::int64_t kMostOfAttachments = 1 << 20;

tl::unexpected<base::Error> unread_member(const base::LocatedJson& json, const std::string& pointer,
                                          const std::string& key, std::span<const std::string_view> known) {
  std::string names;
  for (const auto& name : known) names.append(names.empty() ? "" : ", ").append(name);
  return misdescribed(json, pointer + base::pointer_step(key),
                      "nobody reads the member \"" + key + "\"; there are: " + names,
                      "“" + key + "”不是可用的项目；可用：" + names);
}

Result<void> check_known(const base::LocatedJson& json, const std::string& pointer, const Json& object,
                         std::span<const std::string_view> known) {
  if (!object.is_object()) {
    return misdescribed(json, pointer, "it must be an object: {…}", "应为对象 {…}");
  }
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) == known.end()) return unread_member(json, pointer, key, known);
  }
  return {};
}

// `value` when `object` does not have it.
Result<std::int64_t> count_in(const base::LocatedJson& json, const std::string& pointer, const Json& object,
                              const std::string& key, std::pair<std::int64_t, std::int64_t> range,
                              std::int64_t value) {
  if (!object.contains(key)) return value;
  const auto& given = object[key];
  const auto [least, most] = range;
  if (given.is_number_integer() && given >= least && given <= most) return given.get<std::int64_t>();
  const auto least_text = std::to_string(least);
  const auto most_text = std::to_string(most);
  return misdescribed(json, pointer + base::pointer_step(key),
                      "\"" + key + "\" is a whole number from " + least_text + " to " + most_text,
                      "“" + key + "”应为 " + least_text + " 至 " + most_text + " 的整数");
}

}  // namespace

Json deployment_json(const Deployment& deployment) {
  return {{"origin", deployment.origin},
          {"zone", deployment.zone},
          {"modules", deployment.modules.string()},
          {kIdle, deployment.idle.count()},
          {kAttachments,
           {{"largest_mib", deployment.largest_attachment >> 20U},
            {"orphans_kept_minutes", deployment.orphans_kept.count()}}}};
}

Result<Deployment> read_deployment_file(const base::LocatedJson& json) {
  static constexpr std::array<std::string_view, 3> kOwn = {"origin", "zone", "modules"};
  if (auto known = check_described(json, kOwn); !known) return base::pass(std::move(known));
  Deployment deployment;
  std::string modules;
  for (auto [key, target] : {std::pair{"origin", &deployment.origin}, std::pair{"zone", &deployment.zone},
                             std::pair{"modules", &modules}}) {
    auto text = described_text(json, key);
    if (!text) return base::pass(std::move(text));
    *target = std::move(*text);
  }
  deployment.modules = modules;
  if (auto read = read_limits(json, deployment); !read) return base::pass(std::move(read));
  return deployment;
}

Result<void> read_limits(const base::LocatedJson& json, Deployment& deployment) {
  static constexpr std::array<std::string_view, 2> kKnown = {"largest_mib", "orphans_kept_minutes"};
  const auto& value = json.value();
  const auto idle =
      count_in(json, "", value, std::string(kIdle), {1, kLongestIdle}, deployment.idle.count());
  if (!idle) return base::pass(idle);
  deployment.idle = std::chrono::minutes(*idle);
  if (!value.contains(kAttachments)) return {};
  const auto pointer = base::pointer_step(kAttachments);
  const auto& settings = value[kAttachments];
  if (auto known = check_known(json, pointer, settings, kKnown); !known) return known;
  const std::pair<std::int64_t, std::int64_t> range{1, kMostOfAttachments};
  const auto largest =
      count_in(json, pointer, settings, "largest_mib", range, deployment.largest_attachment >> 20U);
  if (!largest) return base::pass(largest);
  const auto kept =
      count_in(json, pointer, settings, "orphans_kept_minutes", range, deployment.orphans_kept.count());
  if (!kept) return base::pass(kept);
  deployment.largest_attachment = *largest << 20U;
  deployment.orphans_kept = std::chrono::minutes(*kept);
  return {};
}

Result<void> check_described(const base::LocatedJson& json, std::span<const std::string_view> known) {
  std::vector<std::string_view> all(known.begin(), known.end());
  all.insert(all.end(), {kIdle, kAttachments});
  return check_known(json, "", json.value(), all);
}

Result<std::string> described_text(const base::LocatedJson& json, const std::string& key) {
  const auto& value = json.value();
  if (value.contains(key) && value[key].is_string()) return value[key].get<std::string>();
  return misdescribed(json, base::pointer_step(key), "it needs the text \"" + key + "\"",
                      "缺少文本“" + key + "”");
}

tl::unexpected<base::Error> misdescribed(const base::LocatedJson& json, const std::string& pointer,
                                         std::string remedy, std::string chinese) {
  auto where = json.where(pointer);
  where.pointer = pointer;
  return base::fail(base::Code::ConfigInvalid,
                    {{"what", "the deployment"}, {"what.zh-CN", "部署描述"},
                     {"remedy", std::move(remedy)}, {"remedy.zh-CN", std::move(chinese)}},
                    std::move(where));
}

}  // namespace zeren::app
