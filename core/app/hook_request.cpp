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

}  // namespace zeren::app
