#include "app/commands/attachment_commands.hpp"

#include <algorithm>

#include "app/queries/attachment_queries.hpp"
#include "app/record_case.hpp"
#include "records/attachment_plans.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;

Result<ChangeSet> plan_admission(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& record, const std::string& name,
                                 const std::string& classification) {
  const auto declared = records::declare(name, classification);
  if (!declared) return base::pass(declared);
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto admitted = records::admit_attaching(*open->type, open->record, open->actor);
  if (!admitted) return base::pass(admitted);
  return ChangeSet{};
}

Result<ChangeSet> plan_attaching(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& record, const records::Declared& declared,
                                 const store::Blob& blob) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_attach(*open->type, open->record, declared, blob, open->actor,
                                         planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_removal(Snapshot& snapshot, const access::Principal& principal,
                               const std::string& record, const std::string& attachment,
                               const std::string& reason) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  return resting_on(records::plan_remove_attachment(*open->type, open->record, attachment, reason,
                                                    open->actor, planning(snapshot)),
                    *open->module, snapshot);
}

Result<ChangeSet> plan_reading(Snapshot& snapshot, const access::Principal& principal,
                               const std::string& record, const std::string& id) {
  const auto open = open_case(snapshot, principal, record);
  if (!open) return base::pass(open);
  const auto& all = open->record.attachments;
  const auto found = std::ranges::find(all, id, &records::Attachment::id);
  if (found == all.end() || !is_readable(*open, *found)) {
    return base::fail(Code::AttachmentUnknown, {{"attachment", id}});
  }
  ChangeSet change;
  change.answer = {{"name", found->name},
                   {"digest", base::to_base64(found->blob.digest)},
                   {"size", found->blob.size},
                   {"classification", std::string(name_of(found->classification))}};
  if (found->classification != records::Classification::Sensitive) return change;
  change.act.action = "attachment.read";
  change.act.unit = open->record.unit.value;
  change.act.objects = {{"record", record, open->record.version}, {"attachment", id, found->version}};
  change.act.committed["attachment"] = change.answer;
  return change;
}

}  // namespace

Command admit_attachment(const access::Principal& principal, const std::string& record,
                         const std::string& name, const std::string& classification) {
  return {"record.attach", [=](Snapshot& snapshot) {
            return plan_admission(snapshot, principal, record, name, classification);
          }};
}

Command attach(const access::Principal& principal, const std::string& record,
               const records::Declared& declared, const store::Blob& blob) {
  return {"record.attach", [=](Snapshot& snapshot) {
            return plan_attaching(snapshot, principal, record, declared, blob);
          }};
}

Command remove_attachment(const access::Principal& principal, const std::string& record,
                          const std::string& attachment, const std::string& reason) {
  return {"record.detach", [=](Snapshot& snapshot) {
            return plan_removal(snapshot, principal, record, attachment, reason);
          }};
}

Command read_attachment(const access::Principal& principal, const std::string& record,
                        const std::string& attachment) {
  return {"attachment.read", [=](Snapshot& snapshot) {
            return plan_reading(snapshot, principal, record, attachment);
          }};
}

}  // namespace zeren::app
