#include "app/queries/record_queries.hpp"

#include <algorithm>
#include <map>

#include "app/queries/attachment_queries.hpp"
#include "app/queries/left_out.hpp"
#include "app/queries/link_queries.hpp"
#include "app/queries/record_json.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "records/field_groups.hpp"
#include "records/obligation_rows.hpp"
#include "records/recusal.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

std::vector<std::string> unseen_fields(const RecordCase& open) {
  auto nothing = Json::object();
  return records::leave_out(*open.type, open.actor.groups, nothing);
}

// What the record is used for beside its own obligation, of what the reader may see.
Result<Json> also_fulfils_json(Snapshot& snapshot, const access::Principal& principal, const RecordCase& open) {
  const Reach reach(principal, snapshot);
  auto items = Json::array();
  for (const auto& reuse : open.record.reuses) {
    const auto obligation = records::load_obligation(snapshot.session, reuse.obligation);
    if (!obligation) return base::pass(obligation);
    if (!reach.sees(*obligation)) continue;
    const auto rule = std::ranges::find(open.module->obligations, obligation->rule, &records::ObligationRule::key);
    items.push_back({{"obligation", obligation->id},
                     {"rule", obligation->rule},
                     {"title", rule == open.module->obligations.end() ? Json() : rule->title},
                     {"period", obligation->period},
                     {"due", base::to_string(obligation->due)}});
  }
  return items;
}

// The owner's side sees every version, a recipient those it was sent, as it was sent them.
void show_sent_only(const RecordCase& open, std::vector<records::ContentVersion>& all) {
  if (open.reads_on(open.record.unit)) return;
  std::map<std::int64_t, const records::Dispatch*> shown;
  for (const auto& dispatch : open.record.rounds) {
    if (dispatch.state == "recalled") continue;
    for (const auto& leg : dispatch.legs) {
      const bool mine = leg.is_out() && open.reads_on(leg.recipient);
      if (mine) shown.insert_or_assign(dispatch.content_version, &dispatch);
    }
  }
  std::erase_if(all, [&](const auto& each) { return !shown.contains(each.version); });
  for (auto& each : all) each.content = as_sent(open, *shown.at(each.version), std::move(each.content));
}

Json version_json(const records::ContentVersion& version) {
  return {{"content_version", version.version}, {"at", base::to_string(version.written_at)}};
}

struct Versions {
  std::int64_t record_version;
  std::vector<records::ContentVersion> shown;
  std::vector<records::Attachment> attachments;
  std::vector<std::string> left_out;  // fields
};

Result<Versions> load_shown(Snapshot& snapshot, const access::Principal& principal,
                            const std::string& id) {
  const auto open = open_case(snapshot, principal, id);
  if (!open) return base::pass(open);
  auto all = records::load_versions(snapshot.session, id);
  if (!all) return base::pass(std::move(all));
  show_sent_only(*open, *all);
  auto left_out = unseen_fields(*open);
  for (auto& each : *all) records::leave_out(*open->type, open->actor.groups, each.content);
  return Versions{open->record.version, std::move(*all), open->record.attachments, std::move(left_out)};
}

// Nothing of a record that its reader may not open.
Result<void> add_tasks(Snapshot& snapshot, const access::Principal& principal,
                       const org::PostId& post, Json& items) {
  const auto records = records::records_with_tasks_of(snapshot.session, post);
  if (!records) return base::pass(records);
  for (const auto& id : *records) {
    const auto open = open_case(snapshot, principal, id);
    if (!open) continue;
    for (const auto& task : open->record.tasks) {
      if (!task.is_open() || task.post != post) continue;
      auto shown = task_json(snapshot, *open, task);
      if (!shown) return base::pass(std::move(shown));
      auto item = std::move(*shown);
      item["record"] = {{"id", id},
                        {"type_title", open->type->title},
                        {"unit", unit_reference(snapshot, open->record.unit)},
                        {"period", open->record.period}};
      items.push_back(std::move(item));
    }
  }
  return {};
}

}  // namespace

Query show_record(const access::Principal& principal, const std::string& id) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto open = open_case(snapshot, principal, id);
    if (!open) return base::pass(std::move(open));
    if (auto shown = show_as_sent(snapshot, *open); !shown) return base::pass(std::move(shown));
    auto links = links_json(snapshot, principal, *open);
    if (!links) return links;
    auto also = also_fulfils_json(snapshot, principal, *open);
    if (!also) return also;
    auto shown = record_json(snapshot, *open);
    if (!shown) return shown;
    (*shown)["links"] = std::move(*links);
    (*shown)["also_fulfils"] = std::move(*also);
    return shown;
  };
}

Query list_versions(const access::Principal& principal, const std::string& id, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto versions = load_shown(snapshot, principal, id);
    if (!versions) return base::pass(versions);
    std::vector<Json> keys;
    for (const auto& each : versions->shown) keys.push_back(Json::array({each.version}));
    const auto cut = cut_page(page, "versions " + id, keys);
    if (!cut) return base::pass(cut);
    Json answer{{"version", versions->record_version}, {"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(version_json(versions->shown[at]));
    return answer;
  };
}

Query show_version(const access::Principal& principal, const std::string& id,
                   std::int64_t content_version) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto versions = load_shown(snapshot, principal, id);
    if (!versions) return base::pass(versions);
    const auto& all = versions->shown;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) {
      return each.version == content_version;
    });
    if (found == all.end()) {
      return base::fail(Code::RecordUnknown,
                        {{"record", id + " (" + std::to_string(content_version) + ")"}});
    }
    auto shown = version_json(*found);
    shown["version"] = versions->record_version;
    shown["content"] = found->content;  // as it was written, in the version it was written in
    shown["schema_version"] = found->schema_version;
    shown["attachments"] = attachments_json(versions->attachments, found->version);
    shown["left_out"] = versions->left_out;
    return shown;
  };
}

Query list_tasks(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto all = Json::array();
    const Reach reach(principal, snapshot);
    for (const auto& post : reach.visibility().posts) {
      if (auto added = add_tasks(snapshot, principal, post, all); !added) {
        return base::pass(std::move(added));
      }
    }
    constexpr auto kAfterEveryDate = "~";
    std::vector<Json> keys;
    for (const auto& task : all) {
      keys.push_back({task.at("due").is_null() ? Json(kAfterEveryDate) : task.at("due"), task.at("id")});
    }
    const auto cut = cut_page(page, "tasks", keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(std::move(all[at]));
    tell_left_out(snapshot, "", answer);
    return answer;
  };
}

}  // namespace zeren::app
