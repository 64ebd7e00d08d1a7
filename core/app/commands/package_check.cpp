#include "app/commands/package_check.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "app/module_set.hpp"
#include "documents/template.hpp"
#include "manifest/version.hpp"
#include "modules/load_order.hpp"
#include "modules/module.hpp"
#include "org/code_tables.hpp"
#include "records/record_index.hpp"
#include "records/up_cast.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using manifest::Manifest;
using store::RowWrite;
using store::Value;

tl::unexpected<base::Error> refused(const Manifest& manifest, const std::string& pointer, std::string english,
                                    std::string chinese) {
  return base::fail(Code::ManifestSchema,
                    {{"reason", std::move(english)}, {"reason.zh-CN", std::move(chinese)}},
                    manifest.where(pointer));
}

/// What is needed and in force; and that no circle closes once the package replaces what stands.
Result<void> check_needs(const Snapshot& snapshot, const Manifest& manifest) {
  std::map<std::string, std::string> in_force;
  std::vector<modules::Candidate> all{
      {manifest.id(), manifest.version(), manifest.required_modules()}};
  for (const auto& [id, enabled] : snapshot.modules().all()) {
    if (id == manifest.id()) continue;
    in_force.emplace(id, enabled.version);
    all.push_back({id, enabled.version, enabled.module->manifest().required_modules()});
  }
  const auto circular = modules::load_order(all).circular;
  const auto found = circular.find(manifest.id());
  if (found != circular.end()) return tl::unexpected<base::Error>(found->second);
  auto unmet = modules::unmet_need(all.front(), in_force, snapshot.modules().refused());
  if (unmet) return tl::unexpected<base::Error>(std::move(*unmet));
  return {};
}

Result<void> check_not_older(const Snapshot& snapshot, const Manifest& manifest) {
  const auto standing = snapshot.modules().all().find(manifest.id());
  if (standing == snapshot.modules().all().end()) return {};
  const auto& in_force = standing->second.version;
  const auto& offered = manifest.version();
  if (manifest::is_at_least(offered, in_force)) return {};
  return refused(manifest, "/version",
                 "version " + offered + " is lower than version " + in_force +
                     ", which is in force; deliver a higher one, or disable the module to go back",
                 "版本 " + offered + " 低于生效中的版本 " + in_force +
                     "；请提供更高版本，确需退回的，先停用该模块");
}

struct CodeCheck {
  org::CodeTable table;
  const char* english;
  const char* chinese;
};

CodeCheck unit_kinds() { return {org::unit_kinds(), "kind of unit", "组织类型"}; }
CodeCheck post_classes() { return {org::post_classes(), "class of posts", "职务类别"}; }

Result<void> check_code(const Manifest& manifest, const Json& code, const CodeCheck& among,
                        const std::string& pointer) {
  const auto& text = code.get_ref<const std::string&>();
  if (org::find_code(among.table, text) != nullptr) return {};
  const auto all = org::codes_of(among.table);
  return refused(manifest, pointer,
                 "\"" + text + "\" is no " + among.english + "; there are: " + all,
                 "没有“" + text + "”这一" + among.chinese + "；现有：" + all);
}

Result<void> check_codes(const Manifest& manifest, const Json& codes, const CodeCheck& among,
                         const std::string& pointer) {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    auto known = check_code(manifest, codes[i], among, pointer + "/" + std::to_string(i));
    if (!known) return known;
  }
  return {};
}

// The host's tables of codes, of which a manifest knows nothing.
Result<void> check_all_codes(const Manifest& manifest) {
  for (const auto& [key, role] : manifest.section("roles").items()) {
    const auto at = "/roles/" + key + "/post_classes";
    auto known = check_codes(manifest, role.at("post_classes"), post_classes(), at);
    if (!known) return known;
  }
  for (const auto& [key, rule] : manifest.section("obligations").items()) {
    if (!rule.contains("owner")) continue;  // a source: its record says whose it is
    const auto& owner = rule.at("owner");
    const auto at = "/obligations/" + key + "/owner";
    auto known = check_codes(manifest, owner.at("kinds"), unit_kinds(), at + "/kinds");
    for (const std::string bearer : {"post", "appointment"}) {
      if (!known || !owner.contains(bearer)) continue;
      auto place = at;
      place.append("/").append(bearer);
      known = check_code(manifest, owner.at(bearer), post_classes(), place);
    }
    if (!known) return known;
  }
  return {};
}

// A form that cannot be read would be missed on the day somebody prints it.
Result<void> check_documents(const manifest::Package& package) {
  const auto& manifest = package.manifest();
  for (const auto& [key, document] : manifest.section("documents").items()) {
    const auto file = document.at("file").get<std::string>();
    const auto text = package.read(file);
    if (!text) return base::pass(text);
    const auto parsed = documents::Template::parse(*text, manifest.id() + "/" + file);
    if (!parsed) return base::pass(parsed);
  }
  return {};
}

/// What stands in one state of one type.
struct Standing {
  std::string type;
  std::string state;
  std::int64_t records = 0;
  std::int64_t oldest = 0;  ///< version of the fields
  std::int64_t newest = 0;
};

Result<std::vector<Standing>> standing_records(Snapshot& snapshot, const std::string& module) {
  const auto rows = snapshot.session.query(
      "SELECT type, state, COUNT(*), MIN(schema_version), MAX(schema_version) FROM record"
      " WHERE module = :1 GROUP BY type, state ORDER BY type, state",
      std::vector<Value>{module});
  if (!rows) return base::pass(rows);
  std::vector<Standing> all;
  for (const auto& row : *rows) {
    all.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3), row.integer(4)});
  }
  return all;
}

Result<void> check_keeps(const Manifest& manifest, const Standing& standing) {
  const auto& types = manifest.section("record_types");
  const auto count = std::to_string(standing.records);
  const auto type = types.find(standing.type);
  if (type == types.end()) {
    return refused(manifest, "/record_types",
                   "the record type \"" + standing.type + "\" is gone, and " + count +
                       " record(s) of it stand in state \"" + standing.state + "\"; keep the type",
                   "缺少记录类型“" + standing.type + "”，而现有 " + count + " 份该类型记录处于状态“" +
                       standing.state + "”；请保留该类型");
  }
  const auto at = "/record_types/" + standing.type;
  if (!type->at("states").contains(standing.state)) {
    return refused(manifest, at + "/states",
                   "the state \"" + standing.state + "\" of \"" + standing.type + "\" is gone, and " + count +
                       " record(s) stand in it; keep the state, or move the records on first",
                   "记录类型“" + standing.type + "”缺少状态“" + standing.state + "”，而现有 " + count +
                       " 份记录处于该状态；请保留该状态，或先将记录办至其他状态");
  }
  const auto version = type->at("schema_version").get<std::int64_t>();
  if (version >= standing.newest) return {};
  return refused(manifest, at + "/schema_version",
                 "schema_version " + std::to_string(version) + " is below " + std::to_string(standing.newest) +
                     ", in which records of \"" + standing.type + "\" are stored",
                 "schema_version " + std::to_string(version) + " 低于“" + standing.type + "”现有记录的版本 " +
                     std::to_string(standing.newest));
}

/// The record types that the module was last approved with, also while it is not in force.
Result<Json> types_before(Snapshot& snapshot, const std::string& module, const modules::PackageStore& store) {
  const auto& in_force = snapshot.modules().all();
  if (const auto found = in_force.find(module); found != in_force.end()) {
    return found->second.module->manifest().section("record_types");
  }
  const auto row =
      snapshot.session.first("SELECT digest FROM module WHERE id = :1", std::vector<Value>{module});
  if (!row) return base::pass(row);
  const auto digest = *row ? base::digest_from_base64((*row)->text(0)) : std::nullopt;
  const auto package = digest ? store.find(*digest) : base::fail(Code::ModuleUnknown, {{"module", module}});
  // What is damaged or was never there says nothing; the records themselves are looked at in any case.
  return package ? package->manifest().section("record_types") : Json::object();
}

// The oldest version of each type's fields in which contents are stored.
std::map<std::string, std::int64_t> oldest_versions(const std::vector<Standing>& all) {
  std::map<std::string, std::int64_t> oldest;
  for (const auto& standing : all) {
    const auto known = oldest.emplace(standing.type, standing.oldest).first;
    known->second = std::min(known->second, standing.oldest);
  }
  return oldest;
}

}  // namespace

Result<void> StartTrial::of(const manifest::Package& package) {
  if (!package.library() || tried_ == package.digest()) return outcome_;
  tried_ = package.digest();
  outcome_ = {};
  // Not noted as a call in flight: who would be quarantined for it is the package in force.
  const auto started = modules::Module::load(package);
  if (!started) outcome_ = base::pass(started);
  return outcome_;
}

Result<void> check_package(Snapshot& snapshot, const manifest::Package& package) {
  const auto& manifest = package.manifest();
  if (auto met = check_needs(snapshot, manifest); !met) return met;
  if (auto fits = check_not_older(snapshot, manifest); !fits) return fits;
  if (auto known = check_all_codes(manifest); !known) return known;
  const auto declared = interpret(snapshot.session, manifest);
  if (!declared) return base::pass(declared);
  return check_documents(package);
}

Result<std::vector<RowWrite>> plan_types(Snapshot& snapshot, const manifest::Package& package,
                                         const modules::PackageStore& store) {
  const auto& manifest = package.manifest();
  const auto standing = standing_records(snapshot, manifest.id());
  if (!standing) return base::pass(standing);
  for (const auto& one : *standing) {
    if (auto kept = check_keeps(manifest, one); !kept) return base::pass(std::move(kept));
  }
  const auto before = types_before(snapshot, manifest.id(), store);
  if (!before) return base::pass(before);
  const auto types = records::read_record_types(manifest.id(), manifest.section("record_types"),
                                                manifest.section("roles"));
  if (!types) return base::pass(types);
  const auto oldest = oldest_versions(*standing);
  std::vector<RowWrite> index;
  for (const auto& [key, type] : *types) {
    const auto& after = manifest.section("record_types").at(key);
    const auto stored = oldest.find(key);
    const auto from = stored == oldest.end() ? type.schema_version : stored->second;
    auto fits = records::check_replaces(key, before->value(key, after), after, from);
    if (!fits) return base::pass(std::move(fits));
    if (stored == oldest.end()) continue;
    auto rows = records::plan_reindex(snapshot.session, type);
    if (!rows) return rows;
    index.insert(index.end(), rows->begin(), rows->end());
  }
  return index;
}

}  // namespace zeren::app
