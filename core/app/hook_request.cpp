#include "app/hook_request.hpp"

#include "base/invariant.hpp"

namespace zeren::app {
namespace {

const org::Unit& unit_of(const Snapshot& snapshot, const org::UnitId& id) {
  const auto* unit = snapshot.organisation().unit(id);
  base::invariant(unit != nullptr, "units are never deleted, and records refer to units only");
  return *unit;
}

}  // namespace

base::Json unit_in_hooks(const org::Unit& unit) {
  return {{"code", unit.code},
          {"name", unit.name},
          {"short_name", unit.short_name},
          {"level", unit.level},
          {"kind", unit.kind}};
}

base::Json parameters_in_force(const EnabledModule& module, const org::UnitId& unit, const Snapshot& snapshot) {
  auto values = base::Json::object();
  for (const auto& [key, unused] : module.rules.parameters()) {
    values[key] = module.rules.effective(key, unit, snapshot.organisation(), snapshot.today).value;
  }
  return values;
}

base::Json hook_request(const Snapshot& snapshot, const std::string& step,
                        const HookSubject& subject, const HookActor& actor,
                        const std::string& reason) {
  const auto& unit = unit_of(snapshot, subject.unit);
  return {{"record_type", subject.type},
          {"step", step},
          {"record",
           {{"id", subject.record},
            {"unit", unit_in_hooks(unit)},
            {"period", subject.period},
            {"state", subject.state},
            {"version", subject.version},
            {"content", subject.content}}},
          {"actor",
           {{"account", actor.account},
            {"capacity", actor.capacity},
            {"unit", unit_of(snapshot, actor.unit).code}}},
          {"reason", reason},
          {"today", base::to_string(snapshot.today)}};
}

base::Json with_parameters(base::Json request, const EnabledModule& module,
                           const Snapshot& snapshot) {
  const auto& code = request.at("record").at("unit").at("code").get_ref<const std::string&>();
  const auto* unit = snapshot.organisation().unit_by_code(code);
  base::invariant(unit != nullptr, "hook_request() wrote the code of a unit");
  request["parameters"] = parameters_in_force(module, unit->id, snapshot);
  return request;
}

}  // namespace zeren::app
