#include "app/queries/unit_reference.hpp"

#include "base/invariant.hpp"

namespace zeren::app {

base::Json unit_reference(const Snapshot& snapshot, const org::UnitId& id) {
  const auto* unit = snapshot.organisation().unit(id);
  base::invariant(unit != nullptr, "units are never deleted, and rows refer to units only");
  return {{"code", unit->code}, {"name", unit->name}};
}

base::Result<std::string> name_behind(const Snapshot& snapshot, const std::string& account) {
  const auto row = snapshot.session.first("SELECT person FROM account WHERE id = :1",
                                          std::vector<store::Value>{account});
  if (!row) return base::pass(row);
  const auto* person = *row ? snapshot.organisation().person({(*row)->text(0)}) : nullptr;
  return person == nullptr ? std::string() : person->name;
}

base::Result<org::UnitId> unit_called(const Snapshot& snapshot, const std::string& code) {
  const auto* unit = snapshot.organisation().unit_by_code(code);
  if (unit == nullptr) return base::fail(base::Code::UnitUnknown, {{"unit", code}});
  return unit->id;
}

}  // namespace zeren::app
