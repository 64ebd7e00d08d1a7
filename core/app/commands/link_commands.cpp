#include "app/commands/link_commands.hpp"

#include "app/reach.hpp"
#include "app/record_case.hpp"
#include "records/recusal.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
using store::ChangeSet;

Result<ChangeSet> plan_link(Snapshot& snapshot, const access::Principal& principal, const std::string& record,
                            const WantedLink& wanted) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto order = link_order(snapshot, Reach(principal, snapshot), wanted);
  if (!order) return base::pass(order);
  return resting_on(records::plan_link(*open->type, open->record, *order, open->actor, planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_proposal(Snapshot& snapshot, const access::Principal& principal, const std::string& record,
                                const WantedLink& wanted) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto standing = records::standing_of(*open->type, open->record, open->actor);
  if (!standing) return base::pass(standing);
  const auto order = link_order(snapshot, Reach(principal, snapshot), wanted);
  if (!order) return base::pass(order);
  return resting_on(records::plan_propose_link(*open->type, open->record, *order, standing->capacity, open->actor,
                                               planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_confirmation(Snapshot& snapshot, const access::Principal& principal,
                                    const std::string& record, const std::string& link) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  auto order = standing_order(snapshot, open->record, link);
  if (!order) return base::pass(std::move(order));
  // Nobody confirms what they may not see.
  order = link_order(snapshot, Reach(principal, snapshot), {order->kind, order->target.id});
  if (!order) return base::pass(std::move(order));
  return resting_on(records::plan_confirm_link(*open->type, open->record, link, *order, open->actor,
                                               planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_taking_back(Snapshot& snapshot, const access::Principal& principal,
                                   const std::string& record, const std::string& link, const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto order = standing_order(snapshot, open->record, link);
  if (!order) return base::pass(order);
  return resting_on(records::plan_take_back_link(*open->type, open->record, link, *order, reason, open->actor,
                                                 planning(snapshot)),
                    *open->module, snapshot);
}

}  // namespace

Result<ChangeSet> plan_proposal_as(Snapshot& snapshot, const std::string& id, const std::string& record_id,
                                   const WantedLink& wanted) {
  const auto module = snapshot.modules().find(id);
  if (!module) return base::pass(module);
  const auto record = records::load_record(snapshot.session, record_id);
  if (!record) return base::pass(record);
  if (record->module != id) return base::fail(Code::RecordUnknown, {{"record", record_id}});
  const auto type = snapshot.modules().type(id, record->type);
  if (!type) return base::pass(type);
  auto target = records::find_linked(snapshot.session, wanted.to);
  if (!target) return base::pass(std::move(target));
  if (!*target) return base::fail(Code::RecordUnknown, {{"record", wanted.to}});
  const auto target_type = snapshot.modules().type((*target)->module, (*target)->type);
  if (!target_type) return base::pass(target_type);
  const records::LinkOrder order{wanted.kind, std::move(**target), *target_type};
  const records::Actor actor{"module:" + id, {}};
  // Shown where people are shown with their posts.
  const auto& name = (*module)->module->manifest().name(base::Language::Chinese);
  const rules::HeldRole capacity{"", record->unit, "module", name};
  return resting_on(records::plan_propose_link(**type, *record, order, capacity, actor, planning(snapshot)), **module,
                    snapshot);
}

Command link_record(const access::Principal& principal, const std::string& record, const WantedLink& wanted) {
  return {"record.link", [=](Snapshot& snapshot) { return plan_link(snapshot, principal, record, wanted); },
          {{"record", record, 0}}};
}

Command propose_link(const access::Principal& principal, const std::string& record, const WantedLink& wanted) {
  return {"record.propose_link",
          [=](Snapshot& snapshot) { return plan_proposal(snapshot, principal, record, wanted); },
          {{"record", record, 0}}};
}

Command propose_link_as(const std::string& module, const std::string& record, const WantedLink& wanted) {
  return {"record.propose_link",
          [=](Snapshot& snapshot) { return plan_proposal_as(snapshot, module, record, wanted); },
          {{"record", record, 0}}};
}

Command confirm_link(const access::Principal& principal, const std::string& record, const std::string& link) {
  return {"record.confirm_link",
          [=](Snapshot& snapshot) { return plan_confirmation(snapshot, principal, record, link); },
          {{"record", record, 0}}};
}

Command take_back_link(const access::Principal& principal, const std::string& record, const std::string& link,
                       const std::string& reason) {
  return {"record.take_back_link",
          [=](Snapshot& snapshot) { return plan_taking_back(snapshot, principal, record, link, reason); },
          {{"record", record, 0}}};
}

}  // namespace zeren::app
