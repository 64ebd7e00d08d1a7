#include "records/actor.hpp"

namespace zeren::records {

base::Result<rules::HeldRole> capacity_for(const std::vector<MayAct>& by, const Actor& actor,
                                           const org::UnitId& owner, const org::UnitId& recipient,
                                           const std::string& action) {
  std::string needs;
  for (const auto& may : by) {
    const auto& unit = may.at == Side::Owner ? owner : recipient;
    for (const auto& held : actor.roles) {
      if (held.role == may.role && held.unit == unit) return held;
    }
    needs += (needs.empty() ? "" : ", ") + may.role;
  }
  return base::fail(base::Code::Forbidden, {{"action", action}, {"needs", needs}});
}

std::string capacity_text(const rules::HeldRole& role) {
  return role.mode + ":" + role.post_title;
}

}  // namespace zeren::records
