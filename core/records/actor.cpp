#include "records/actor.hpp"

#include <algorithm>

#include "org/code_tables.hpp"
#include "records/record.hpp"

namespace zeren::records {
namespace {

// Through the post or the appointment on which the obligation hangs; through any post where it hangs on neither.
bool bears(const Actor& actor, const rules::HeldRole& held, const Surroundings* around) {
  if (around == nullptr) return true;
  if (!around->person.value.empty()) return actor.person == around->person;
  if (around->post.value.empty()) return true;
  return std::ranges::any_of(actor.posts, [&](const HeldPost& each) {
    return each.post == around->post && each.unit == held.unit && each.title == held.post_title;
  });
}

bool fits(const RecordType& type, const MayAct& may, const Actor& actor, const rules::HeldRole& held,
          const Sides& sides) {
  if (held.role != may.role || !stands_on(type, may.at, held.unit, sides)) return false;
  return may.at != Side::Bearer || bears(actor, held, sides.around);
}

bool is_above(const org::UnitId& unit, const Sides& sides) {
  return sides.around != nullptr && std::ranges::find(sides.around->above, unit) != sides.around->above.end();
}

bool is_beside(const RecordType& type, const std::string& name, const org::UnitId& unit, const Sides& sides) {
  const auto side = type.sides.find(name);
  const auto* around = sides.around;
  if (side == type.sides.end() || around == nullptr || around->organisation == nullptr) return false;
  const auto units = units_on(side->second, *around->organisation, sides.owner, around->today);
  return std::ranges::find(units, unit) != units.end();
}

}  // namespace

Sides sides_of(const Record& record) {
  Sides sides{record.unit, {}, &record.around};
  const auto* round = record.current_dispatch();
  if (round == nullptr || round->state == "recalled") return sides;
  for (const auto& leg : round->legs) {
    if (leg.is_out()) sides.recipients.push_back(leg.recipient);
  }
  return sides;
}

Sides sides_of(const Record& record, const org::UnitId& recipient) {
  return {record.unit, {recipient}, &record.around};
}

bool stands_on(const RecordType& type, const Side& side, const org::UnitId& unit, const Sides& sides) {
  switch (side.kind) {
    case Side::Anywhere: return true;
    case Side::Owner:
    case Side::Bearer: return unit == sides.owner;
    case Side::Recipient: return std::ranges::find(sides.recipients, unit) != sides.recipients.end();
    case Side::Superior: return is_above(unit, sides);
    case Side::Named: break;
  }
  return is_beside(type, side.name, unit, sides);
}

base::Result<rules::HeldRole> capacity_for(const RecordType& type, const std::vector<MayAct>& by,
                                           const Actor& actor, const Sides& sides,
                                           const base::Json& action) {
  std::vector<base::Json> needs;
  for (const auto& may : by) {
    for (const auto& held : actor.roles) {
      if (fits(type, may, actor, held, sides)) return held;
    }
    needs.push_back(type.title_of_role(may));
  }
  Args args;
  say(args, "action", action);
  say(args, "needs",
      needs.empty() ? base::Json{{"en", "a role that the module names, and it names none"},
                                 {"zh-CN", "模块指定的角色，而本模块未指定"}}
                    : joined(needs));
  return base::fail(base::Code::Forbidden, std::move(args));
}

base::Result<rules::HeldRole> capacity_for_step(const RecordType& type, const Step& step,
                                                const Actor& actor, const Sides& sides) {
  auto by_role = capacity_for(type, step.by, actor, sides, step.title);
  // Whoever holds no post any more acts for nobody, whatever was granted.
  if (by_role || !actor.granted.contains(step.key) || actor.posts.empty()) return by_role;
  const auto& post = actor.posts.front();
  return rules::HeldRole{step.by.front().role, sides.owner, post.mode, post.title};
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
