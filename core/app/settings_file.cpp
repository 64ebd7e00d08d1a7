#include "app/settings_file.hpp"

#include "base/unicode.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

tl::unexpected<base::Error> unusable(const base::LocatedJson& source, const std::string& pointer,
                                     std::string remedy, std::string chinese) {
  auto where = source.where(pointer);
  where.pointer = pointer;
  return base::fail(Code::ConfigInvalid,
                    {{"what", source.file()},
                     {"remedy", std::move(remedy)},
                     {"remedy.zh-CN", std::move(chinese)}},
                    std::move(where));
}

Result<void> check_members(const base::LocatedJson& source) {
  const auto& value = source.value();
  if (!value.is_object()) {
    return unusable(source, "", "it must be an object with \"basis\" and \"parameters\"",
                    "应为包含 \"basis\" 和 \"parameters\" 的对象");
  }
  for (const auto& [key, member] : value.items()) {
    if (key == "basis" || key == "parameters") continue;
    return unusable(source, base::pointer_step(key), "nobody reads the member \"" + key + "\"",
                    "\"" + key + "\" 不是可用的项目");
  }
  const bool based = value.contains("basis") && value["basis"].is_string() &&
                     !base::is_blank(value["basis"].get_ref<const std::string&>());
  if (!based) {
    return unusable(source, "/basis", "\"basis\" must name the document the values rest on",
                    "请在 \"basis\" 中写明取值所依据的文件");
  }
  if (value.contains("parameters") && value["parameters"].is_object()) return {};
  return unusable(source, "/parameters", "\"parameters\" must be an object of values",
                  "\"parameters\" 应为各参数的取值");
}

}  // namespace

Result<SettingsFile> read_settings(const std::filesystem::path& file) {
  auto source = base::LocatedJson::read(file);
  if (!source) return base::pass(std::move(source));
  if (auto sound = check_members(*source); !sound) return base::pass(std::move(sound));
  SettingsFile settings{std::move(*source), "", {}};
  const auto& value = settings.source.value();
  settings.basis = value.at("basis").get<std::string>();
  for (const auto& [key, member] : value.at("parameters").items()) {
    settings.settings.push_back({key, member});
  }
  return settings;
}

Result<void> check_settings(const SettingsFile& file, const std::string& module,
                            const rules::Parameters& parameters) {
  std::vector<base::Error> faults;
  for (const auto& setting : file.settings) {
    const auto known = parameters.find(setting.parameter);
    Result<void> fits;
    if (known == parameters.end()) {
      fits = base::fail(Code::ParameterUnknown,
                        {{"module", module}, {"parameter", setting.parameter}});
    } else {
      fits = rules::check_value(known->second, setting.value);
    }
    if (fits) continue;
    const auto pointer = "/parameters" + base::pointer_step(setting.parameter);
    faults.push_back(std::move(fits).error());
    faults.back().where = file.source.where(pointer);
    faults.back().where.pointer = pointer;
  }
  if (faults.empty()) return {};
  const auto count = std::to_string(faults.size());
  return base::fail(Code::Several, {{"count", count}, {"what", file.source.file()}},
                    {file.source.file(), 0, 0, ""},
                    std::move(faults));
}

}  // namespace zeren::app
