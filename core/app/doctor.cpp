#include "app/doctor.hpp"

#include <algorithm>

#include "app/data_folder.hpp"
#include "app/doctor_checks.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Json;

Json wording_json(const Wording& told) { return {{"en", told.english}, {"zh-CN", told.chinese}}; }

std::string name_of(Health health) {
  switch (health) {
    case Health::Ok:
      return "ok";
    case Health::Warn:
      return "warn";
    case Health::Wrong:
      break;
  }
  return "wrong";
}

Wording title_of(Health health) {
  switch (health) {
    case Health::Ok:
      return {"ok", "正常"};
    case Health::Warn:
      return {"warn", "注意"};
    case Health::Wrong:
      break;
  }
  return {"wrong", "有误"};
}

}  // namespace

std::vector<Examined> examine(const std::filesystem::path& folder, const base::Clock& clock) {
  const DataPaths paths{folder};
  const auto deployment = read_deployment(folder);
  if (!deployment) {
    return {failed(
        "folder", {"data folder", "数据目录"}, deployment.error(),
        {"run `zeren init`, or name the folder with --data", "请运行 zeren init，或用 --data 指定目录"})};
  }
  std::vector<Examined> all{check_permissions(paths), check_space(paths), check_owner(paths),
                            check_address(paths)};
  auto session = store::Session::open(paths.database(), store::Access::ReadOnly);
  if (!session) {
    all.push_back(failed("database", {"database", "数据库"}, session.error(),
                         {"see the permissions above, or restore a backup", "请检查上述权限，或恢复备份"}));
    return all;
  }
  all.push_back(check_pages(*session));
  all.push_back(check_schema(*session));
  all.push_back(check_checkpoint(paths, *deployment, *session));
  all.push_back(check_clock(*session, clock));
  all.push_back(check_calendars(paths, *deployment, clock));
  auto modules = check_modules(paths, *session);
  all.insert(all.end(), modules.begin(), modules.end());
  all.push_back(versions(*session));
  return all;
}

Json examined_json(const std::vector<Examined>& all) {
  auto items = Json::array();
  for (const auto& each : all) {
    items.push_back({{"part", each.part},
                     {"title", wording_json(each.title)},
                     {"health", name_of(each.health)},
                     {"health_title", wording_json(title_of(each.health))},
                     {"found", wording_json(each.found)},
                     {"remedy", each.remedy ? wording_json(*each.remedy) : Json()}});
  }
  const bool healthy =
      std::none_of(all.begin(), all.end(), [](const Examined& each) { return each.health == Health::Wrong; });
  return {{"items", std::move(items)}, {"healthy", healthy}};
}

}  // namespace zeren::app
