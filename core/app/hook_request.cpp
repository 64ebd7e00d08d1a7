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

base::Json hook_request(const Snapshot& snapshot, const std::string& step,
                        const HookSubject& subject, const HookActor& actor,
                        const std::string& reason) {
  const auto& unit = unit_of(snapshot, subject.unit);
  return {{"record_type", subject.type},
          {"step", step},
          {"record",
           {{"id", subject.record},
            {"unit",
             {{"code", unit.code},
              {"name", unit.name},
              {"short_name", unit.short_name},
              {"level", unit.level},
              {"kind", unit.kind}}},
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
  auto values = base::Json::object();
  for (const auto& [key, unused] : module.rules.parameters()) {
    values[key] =
        module.rules.effective(key, unit->id, snapshot.organisation(), snapshot.today).value;
  }
  request["parameters"] = std::move(values);
  return request;
}

}  // namespace zeren::app
