#include "manifest/manifest.hpp"

#include <utility>

#include "base/file.hpp"
#include "manifest/event_check.hpp"
#include "manifest/record_type_expansion.hpp"
#include "manifest/reference_check.hpp"
#include "manifest/schema_check.hpp"

namespace zeren::manifest {
namespace {

using base::Code;
using base::Error;
using base::Json;
using base::LocatedJson;
using base::Result;

std::vector<std::string> texts(const Json& parent, const char* key) {
  if (!parent.contains(key)) return {};
  return parent.at(key).get<std::vector<std::string>>();
}

std::vector<RequiredModule> modules_listed(const Json& manifest, const char* list) {
  std::vector<RequiredModule> listed;
  if (!manifest.contains("requires") || !manifest["requires"].contains(list)) return listed;
  for (const auto& module : manifest["requires"][list]) {
    listed.push_back({module.at("id"), module.at("version")});
  }
  return listed;
}

/// What to call a module whose manifest may be nonsense.
std::string name_of(const LocatedJson& source) {
  const auto& value = source.value();
  const bool named = value.is_object() && value.contains("id") && value["id"].is_string();
  return named ? value["id"].get<std::string>() : source.file();
}

Result<Json> checked(const LocatedJson& source) {
  std::vector<Error> faults;
  Json expanded = expand_record_types(source, faults);
  if (faults.empty()) faults = check_schema(expanded, source);
  // References are followed only where the shape is sound.
  if (faults.empty()) {
    faults = check_references(expanded, source);
    const auto more = check_events(expanded, source);
    faults.insert(faults.end(), more.begin(), more.end());
  }
  if (faults.empty()) return expanded;
  return base::fail(Code::ManifestInvalid, {{"module", name_of(source)}}, {source.file(), 0, 0, {}},
                    std::move(faults));
}

}  // namespace

std::string to_string(Abi abi) {
  return std::to_string(abi.major) + "." + std::to_string(abi.minor);
}

Result<Manifest> Manifest::read(const std::filesystem::path& package_dir) {
  const auto file = package_dir / "module.json";
  const auto text = base::read_file(file);
  if (!text) return base::pass(text);
  return parse(*text, file.string());
}

Result<Manifest> Manifest::parse(std::string_view text, std::string file) {
  auto source = LocatedJson::parse(text, std::move(file));
  if (!source) return base::pass(source);
  auto expanded = checked(*source);
  if (!expanded) return base::pass(std::move(expanded));
  return Manifest(
      std::make_shared<const Content>(Content{*std::move(source), *std::move(expanded)}));
}

const std::string& Manifest::id() const { return value().at("id").get_ref<const std::string&>(); }

const std::string& Manifest::version() const {
  return value().at("version").get_ref<const std::string&>();
}

const std::string& Manifest::name(base::Language language) const {
  const char* key = language == base::Language::Chinese ? "zh-CN" : "en";
  return value().at("name").at(key).get_ref<const std::string&>();
}

std::optional<std::string> Manifest::library() const {
  const auto found = value().find("library");
  if (found == value().end()) return std::nullopt;
  return found->get<std::string>();
}

Abi Manifest::abi() const {
  const auto found = value().find("abi");
  if (found == value().end()) return {};
  return {found->at("major").get<int>(), found->at("minor").get<int>()};
}

std::vector<std::string> Manifest::provides() const { return texts(value(), "provides"); }

std::vector<std::string> Manifest::required_interfaces() const {
  return value().contains("requires") ? texts(value()["requires"], "interfaces")
                                      : std::vector<std::string>{};
}

std::vector<RequiredModule> Manifest::required_modules() const { return modules_listed(value(), "modules"); }

std::vector<RequiredModule> Manifest::optional_modules() const { return modules_listed(value(), "optional"); }

std::vector<std::string> Manifest::permissions() const { return texts(value(), "permissions"); }

std::vector<std::string> Manifest::events_heard() const { return texts(section("events"), "in"); }

const Json& Manifest::events_told() const {
  static const Json kNone = Json::object();
  const auto& events = section("events");
  const auto found = events.find("out");
  return found == events.end() ? kNone : *found;
}

const Json& Manifest::section(std::string_view name) const {
  static const Json kEmpty = Json::object();
  const auto found = value().find(name);
  return found == value().end() ? kEmpty : *found;
}

const Json& Manifest::value() const { return content_->expanded; }

base::Where Manifest::where(std::string_view pointer) const {
  return content_->source.where(pointer);
}

}  // namespace zeren::manifest
