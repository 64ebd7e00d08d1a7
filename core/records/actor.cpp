#include "records/actor.hpp"

#include "org/code_tables.hpp"

namespace zeren::records {
namespace {

bool fits(const MayAct& may, const rules::HeldRole& held, const Sides& sides) {
  if (held.role != may.role) return false;
  if (may.at == Side::Anywhere) return true;
  return held.unit == (may.at == Side::Owner ? sides.owner : sides.recipient);
}

}  // namespace

base::Result<rules::HeldRole> capacity_for(const RecordType& type, const std::vector<MayAct>& by,
                                           const Actor& actor, const Sides& sides,
                                           const base::Json& action) {
  std::vector<base::Json> needs;
  for (const auto& may : by) {
    for (const auto& held : actor.roles) {
      if (fits(may, held, sides)) return held;
    }
    needs.push_back(type.title_of_role(may.role));
  }
  Args args;
  say(args, "action", action);
  say(args, "needs", joined(needs));
  return base::fail(base::Code::Forbidden, std::move(args));
}

base::Result<rules::HeldRole> capacity_for_step(const RecordType& type, const Step& step,
                                                const Actor& actor, const org::UnitId& owner) {
  auto by_role = capacity_for(type, step.by, actor, {owner, {}}, step.title);
  // Whoever holds no post any more acts for nobody, whatever was granted.
  if (by_role || !actor.granted.contains(step.key) || actor.posts.empty()) return by_role;
  const auto& post = actor.posts.front();
  return rules::HeldRole{step.by.front().role, owner, post.mode, post.title};
}

std::string capacity_text(const rules::HeldRole& role) {
  return role.mode + ":" + role.post_title;
}

base::Json capacity_json(const std::string& capacity) {
  const auto colon = capacity.find(':');
  const auto mode = capacity.substr(0, colon);
  const auto title = colon == std::string::npos ? std::string() : capacity.substr(colon + 1);
  const auto* code = org::find_code(org::appointment_modes(), mode);
  const bool formal = code == nullptr || mode == "formal";
  const std::string en = formal ? title : title + " (" + std::string(code->en) + ")";
  const std::string zh = formal ? title : title + "（" + std::string(code->zh) + "）";
  return {{"mode", mode}, {"title", title}, {"text", {{"en", en}, {"zh-CN", zh}}}};
}

}  // namespace zeren::records
