#include "records/attachment_plans.hpp"

#include <algorithm>

#include "records/record_writer.hpp"
#include "records/task_plans.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;

// More than anybody reads; each is a row that every reading of the record loads.
constexpr std::ptrdiff_t kMostAttachments = 100;

Json attaching() { return {{"en", "Change the attachments"}, {"zh-CN", "增减附件"}}; }

bool stands(const Attachment& attachment) { return !attachment.removed_in; }

Result<rules::HeldRole> may_change(const RecordType& type, const Record& record, const Actor& actor) {
  auto capacity = capacity_for(type, type.first_step().by, actor, {record.unit, {}}, attaching());
  if (!capacity) return capacity;
  if (type.state(record.state).editable) return capacity;
  Args args;
  say(args, "step", attaching());
  say(args, "state", type.state(record.state).title);
  say(args, "steps", type.steps_from(record.state));
  return base::fail(Code::StepNotAllowedInState, std::move(args));
}

// Names are personal and sizes can be guessed from: the leaf holds commitments to them.
void commit_to_file(RecordWriter& writer, const std::string& name, const store::Blob& blob) {
  writer.commit_to("attachment", {{"name", name},
                                  {"size", blob.size},
                                  {"digest", base::to_base64(blob.digest)}});
}

}  // namespace

Result<rules::HeldRole> admit_attaching(const RecordType& type, const Record& record,
                                        const Actor& actor) {
  auto capacity = may_change(type, record, actor);
  if (!capacity) return capacity;
  if (std::ranges::count_if(record.attachments, stands) < kMostAttachments) return capacity;
  return base::fail(Code::RequestMalformed,
                    {{"reason", "the record has " + std::to_string(kMostAttachments) +
                                    " attachments already; remove one first"},
                     {"reason.zh-CN", "该事项已有 " + std::to_string(kMostAttachments) +
                                          " 个附件，请先移除不需要的附件"}});
}

Result<ChangeSet> plan_attach(const RecordType& type, const Record& record, const Declared& declared,
                              const store::Blob& blob, const Actor& actor, const Planning& planning) {
  const auto capacity = admit_attaching(type, record, actor);
  if (!capacity) return base::pass(capacity);
  RecordWriter writer(record, "record.attach", store::Audience::OwnSide, actor, planning);
  writer.write_content(type, record.content);
  const auto id = planning.ids.next();
  writer.add({RowWrite::Kind::Insert,
              "attachment",
              {{"id", id}},
              {{"version", 1},
               {"record", record.id},
               {"digest", base::to_base64(blob.digest)},
               {"size", blob.size},
               {"name", declared.name},
               {"classification", std::string(name_of(declared.classification))},
               {"added_in", writer.content_version()},
               {"removed_in", std::monostate{}},
               {"added_by", actor.account},
               {"capacity", capacity_text(*capacity)},
               {"added_at", base::to_millis(planning.now)},
               {"removed_by", ""},
               {"removed_at", std::monostate{}},
               {"reason", ""}}});
  writer.name_object({"attachment", id, 1});
  commit_to_file(writer, declared.name, blob);
  auto change = writer.finish();
  change.answer["attachment"] = id;
  change.answer["digest"] = base::to_base64(blob.digest);
  change.answer["size"] = blob.size;
  return change;
}

Result<ChangeSet> plan_remove_attachment(const RecordType& type, const Record& record,
                                         const std::string& id, const std::string& reason,
                                         const Actor& actor, const Planning& planning) {
  const auto capacity = may_change(type, record, actor);
  if (!capacity) return base::pass(capacity);
  const auto found = std::ranges::find(record.attachments, id, &Attachment::id);
  if (found == record.attachments.end() || !stands(*found)) {
    return base::fail(Code::AttachmentUnknown, {{"attachment", id}});
  }
  const Json title{{"en", "Remove the attachment"}, {"zh-CN", "移除附件"}};
  if (auto said = check_reason(title, reason); !said) return base::pass(std::move(said));
  RecordWriter writer(record, "record.detach", store::Audience::OwnSide, actor, planning);
  writer.write_content(type, record.content);
  writer.add({RowWrite::Kind::Update,
              "attachment",
              {{"id", id}},
              {{"version", found->version + 1},
               {"removed_in", writer.content_version()},
               {"removed_by", actor.account},
               {"removed_at", base::to_millis(planning.now)},
               {"reason", reason}}});
  writer.name_object({"attachment", id, found->version + 1});
  commit_to_file(writer, found->name, found->blob);
  writer.commit_to("reason", reason);
  return writer.finish();
}

}  // namespace zeren::records
