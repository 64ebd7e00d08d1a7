#include "records/link_plans.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "records/link_guards.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

Json linking() { return {{"en", "Link"}, {"zh-CN", "关联"}}; }

Result<const LinkKind*> kind_in(const RecordType& type, const std::string& key) {
  const auto found = type.links.find(key);
  if (found != type.links.end()) return &found->second;
  std::vector<Json> known;
  for (const auto& [name, kind] : type.links) known.push_back(with_key(kind.title, name));
  Args args{{"kind", key}};
  say(args, "type", type.title);
  say(args, "kinds", joined(known));
  return base::fail(Code::LinkKindUnknown, std::move(args), {"", 0, 0, "/kind"});
}

tl::unexpected<base::Error> unfit(const LinkKind& kind, const std::string& english, const std::string& chinese) {
  Args args{{"reason", english}, {"reason.zh-CN", chinese}};
  say(args, "kind", kind.title);
  return base::fail(Code::LinkUnfit, std::move(args), {"", 0, 0, "/to"});
}

Result<void> check_open(const RecordType& type, const Record& record, const LinkKind& kind) {
  const auto& closed = kind.closed_in;
  const bool shut = type.is_closed(record.state) || std::ranges::find(closed, record.state) != closed.end();
  if (!shut) return {};
  const auto& state = type.state(record.state).title;
  return unfit(kind, "links stay as they are in the state " + state.at("en").get<std::string>(),
               "“" + state.at("zh-CN").get<std::string>() + "”状态下不得变更关联");
}

Result<void> check_target(const RecordType& type, const Record& record, const LinkOrder& order,
                          const LinkKind& kind) {
  const auto& target = order.target;
  if (target.id == record.id) return unfit(kind, "a record is not linked to itself", "记录不能关联自身");
  if (!kind.leads_to(target.module, target.type)) {
    const auto& title = order.target_type->title;
    return unfit(kind, "it does not lead to a " + title.at("en").get<std::string>(),
                 "不能关联“" + title.at("zh-CN").get<std::string>() + "”");
  }
  const bool ended = order.kind == type.parent && order.target_type->state(target.state).final;
  if (ended) return unfit(kind, "that record is complete: nothing is added to it", "对方记录已办结，不能再增加所属事项");
  return {};
}

// Whether the record says this already; a proposal of it may be confirmed instead.
Result<void> check_new(const Record& record, const LinkOrder& order, const LinkKind& kind) {
  for (const auto& link : record.links.out) {
    if (link.kind != order.kind || link.other.id != order.target.id) continue;
    if (link.is_confirmed()) return unfit(kind, "it is linked so already", "已有该关联");
    return unfit(kind, "it is proposed already: confirm the link " + link.id, "已有待确认的该关联，请直接确认 " + link.id);
  }
  return {};
}

Result<void> check_room(const Record& record, const LinkOrder& order, const LinkKind& kind) {
  const auto confirmed = std::ranges::count_if(record.links.out, [&](const Link& link) {
    return link.kind == order.kind && link.is_confirmed();
  });
  if (kind.max == 0 || confirmed < kind.max) return {};
  const auto most = std::to_string(kind.max);
  return unfit(kind, "there are " + most + ", and no more are allowed", "已有 " + most + " 项，不得再增加");
}

// Where a step of the other record counts such links, the link is a change of that record, too: somebody may be
// taking the step at this moment.
void touch_target(RecordWriter& writer, const Record& record, const LinkOrder& order) {
  const auto& target = order.target;
  writer.read({"record", {{"id", target.id}}, target.version});
  const auto* type = order.target_type;
  const bool counted = type != nullptr && target.module == record.module && counts_links(*type, record.type, order.kind);
  if (!counted) return;
  writer.add({RowWrite::Kind::Update, "record", {{"id", target.id}}, {{"version", target.version + 1}}});
  writer.name_object({"record", target.id, target.version + 1});
}

void settle(RecordWriter& writer, const Link& link, LinkState state, const std::string& account,
            const std::string& reason, const Planning& planning) {
  writer.add({RowWrite::Kind::Update,
              "record_link",
              {{"id", link.id}},
              {{"version", link.version + 1},
               {"state", std::string(name_of(state))},
               {"settled_by", account},
               {"settled_at", base::to_millis(planning.now)},
               {"reason", reason}}});
  writer.read({"record_link", {{"id", link.id}}, link.version});
  writer.name_object({"record_link", link.id, link.version + 1});
}

}  // namespace

void write_link(RecordWriter& writer, const std::string& record, const NewLink& link, const std::string& account,
                const Planning& planning) {
  const auto id = planning.ids.next();
  const auto now = base::to_millis(planning.now);
  const bool settled = link.state == LinkState::Confirmed;
  writer.add({RowWrite::Kind::Insert,
              "record_link",
              {{"id", id}},
              {{"version", 1},
               {"record", record},
               {"kind", link.kind},
               {"target", link.target},
               {"state", std::string(name_of(link.state))},
               {"proposed_by", account},
               {"proposed_at", now},
               {"settled_by", settled ? account : std::string()},
               {"settled_at", settled ? Value(now) : Value()},
               {"reason", std::string()}}});
  writer.name_object({"record_link", id, 1});
}

Result<void> add_link(RecordWriter& writer, const RecordType& type, const Record& record, const LinkOrder& order,
                      const std::string& account, const Planning& planning) {
  const auto kind = kind_in(type, order.kind);
  if (!kind) return base::pass(kind);
  if (auto open = check_open(type, record, **kind); !open) return open;
  if (auto fit = check_target(type, record, order, **kind); !fit) return fit;
  if (auto anew = check_new(record, order, **kind); !anew) return anew;
  if (auto room = check_room(record, order, **kind); !room) return room;
  touch_target(writer, record, order);
  write_link(writer, record.id, {order.kind, order.target.id, LinkState::Confirmed}, account, planning);
  return {};
}

Result<ChangeSet> plan_link(const RecordType& type, const Record& record, const LinkOrder& order,
                            const Actor& actor, const Planning& planning) {
  const auto kind = kind_in(type, order.kind);
  if (!kind) return base::pass(kind);
  const auto capacity = capacity_for(type, (*kind)->by, actor, sides_of(record), linking());
  if (!capacity) return base::pass(capacity);
  RecordWriter writer(record, "record.link", store::Audience::OwnSide, actor, planning);
  writer.note("link.add", *capacity, "");
  if (auto added = add_link(writer, type, record, order, actor.account, planning); !added) return base::pass(added);
  return writer.finish();
}

Result<ChangeSet> plan_propose_link(const RecordType& type, const Record& record, const LinkOrder& order,
                                    const rules::HeldRole& capacity, const Actor& actor,
                                    const Planning& planning) {
  const auto kind = kind_in(type, order.kind);
  if (!kind) return base::pass(kind);
  if (auto open = check_open(type, record, **kind); !open) return base::pass(std::move(open));
  if (auto fit = check_target(type, record, order, **kind); !fit) return base::pass(std::move(fit));
  if (auto anew = check_new(record, order, **kind); !anew) return base::pass(std::move(anew));
  RecordWriter writer(record, "record.propose_link", store::Audience::OwnSide, actor, planning);
  writer.observe("link.propose", capacity, "");
  write_link(writer, record.id, {order.kind, order.target.id, LinkState::Proposed}, actor.account, planning);
  return writer.finish();
}

Result<const Link*> link_of(const Record& record, const std::string& id) {
  const auto found = std::ranges::find(record.links.out, id, &Link::id);
  if (found != record.links.out.end()) return &*found;
  return base::fail(Code::LinkUnknown, {{"link", id}});
}

Result<ChangeSet> plan_confirm_link(const RecordType& type, const Record& record, const std::string& id,
                                    const LinkOrder& order, const Actor& actor, const Planning& planning) {
  const auto link = link_of(record, id);
  if (!link) return base::pass(link);
  const auto kind = kind_in(type, (*link)->kind);
  if (!kind) return base::pass(kind);
  const auto capacity = capacity_for(type, (*kind)->by, actor, sides_of(record), linking());
  if (!capacity) return base::pass(capacity);
  if ((*link)->is_confirmed()) return base::pass(check_new(record, order, **kind));
  if (auto open = check_open(type, record, **kind); !open) return base::pass(std::move(open));
  if (auto fit = check_target(type, record, order, **kind); !fit) return base::pass(std::move(fit));
  if (auto room = check_room(record, order, **kind); !room) return base::pass(std::move(room));
  RecordWriter writer(record, "record.confirm_link", store::Audience::OwnSide, actor, planning);
  writer.note("link.confirm", *capacity, "");
  touch_target(writer, record, order);
  settle(writer, **link, LinkState::Confirmed, actor.account, "", planning);
  return writer.finish();
}

Result<ChangeSet> plan_take_back_link(const RecordType& type, const Record& record, const std::string& id,
                                      const LinkOrder& order, const std::string& reason, const Actor& actor,
                                      const Planning& planning) {
  const auto link = link_of(record, id);
  if (!link) return base::pass(link);
  const auto kind = kind_in(type, (*link)->kind);
  if (!kind) return base::pass(kind);
  const Json take_back{{"en", "Take the link back"}, {"zh-CN", "撤销关联"}};
  const auto capacity = capacity_for(type, (*kind)->by, actor, sides_of(record), take_back);
  if (!capacity) return base::pass(capacity);
  if (auto open = check_open(type, record, **kind); !open) return base::pass(std::move(open));
  const bool confirmed = (*link)->is_confirmed();
  if (confirmed && base::is_blank(reason)) {
    Args args;
    say(args, "step", take_back);
    return base::fail(Code::StepReasonMissing, std::move(args), {"", 0, 0, "/reason"});
  }
  RecordWriter writer(record, "record.take_back_link", store::Audience::OwnSide, actor, planning);
  if (confirmed) {
    writer.note("link.take_back", *capacity, reason);
    touch_target(writer, record, order);
  } else {
    writer.observe("link.take_back", *capacity, reason);
  }
  settle(writer, **link, LinkState::TakenBack, actor.account, reason, planning);
  return writer.finish();
}

bool may_link(const RecordType& type, const Record& record, const std::string& kind, const Actor& actor) {
  const auto found = type.links.find(kind);
  if (found == type.links.end() || !check_open(type, record, found->second)) return false;
  return capacity_for(type, found->second.by, actor, sides_of(record), linking()).has_value();
}

}  // namespace zeren::records
