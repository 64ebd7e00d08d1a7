#include "app/queries/attachment_queries.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "records/recusal.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

Json attachment_json(const records::Attachment& attachment) {
  return {{"id", attachment.id},
          {"name", attachment.name},
          {"size", attachment.blob.size},
          {"digest", base::to_base64(attachment.blob.digest)},
          {"classification", std::string(name_of(attachment.classification))},
          {"classification_title", title_of(attachment.classification)},
          {"added_in", attachment.added_in},
          {"capacity", records::capacity_json(attachment.capacity)},
          {"at", base::to_string(attachment.added_at)}};
}

bool is_seen(const std::set<std::int64_t>& versions, const records::Attachment& attachment) {
  return std::ranges::any_of(versions, [&](auto each) { return attachment.is_part_of(each); });
}

// Removed before anybody was sent it, it is gone for good: its bytes may be swept at any time.
bool is_kept(const records::Record& record, const records::Attachment& attachment) {
  return !attachment.removed_in || std::ranges::any_of(record.rounds, [&](const auto& dispatch) {
    return attachment.is_part_of(dispatch.content_version);
  });
}

}  // namespace

bool is_readable(const RecordCase& open, const records::Attachment& attachment) {
  return is_kept(open.record, attachment) && is_seen(versions_shown(open), attachment);
}

Json attachments_json(const std::vector<records::Attachment>& attachments,
                      std::int64_t content_version) {
  auto items = Json::array();
  for (const auto& each : attachments) {
    if (each.is_part_of(content_version)) items.push_back(attachment_json(each));
  }
  return items;
}

Query list_attachments(const access::Principal& principal, const std::string& record, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto open = open_case(snapshot, principal, record);
    if (!open) return base::pass(open);
    const auto shown = versions_shown(*open);
    // Why the owner took something out concerns the owner's side.
    const bool owns = records::is_of_circle(open->record, open->record.unit, open->actor);
    std::vector<const records::Attachment*> seen;
    std::vector<Json> keys;
    for (const auto& each : open->record.attachments) {
      if (!is_seen(shown, each)) continue;
      seen.push_back(&each);
      keys.push_back(Json::array({keys.size()}));  // they stand in the order in which they came, and none goes away
    }
    const auto cut = cut_page(page, "attachments " + record, keys);
    if (!cut) return base::pass(cut);
    auto items = Json::array();
    for (const auto at : cut->chosen) {
      const auto& each = *seen[at];
      auto item = attachment_json(each);
      item["readable"] = is_kept(open->record, each);
      item["removed_at"] = owns && each.removed_at ? Json(base::to_string(*each.removed_at)) : Json();
      item["reason"] = owns ? each.reason : std::string();
      items.push_back(std::move(item));
    }
    return Json{{"version", open->record.version}, {"items", std::move(items)}, {"next", cut->next}};
  };
}

}  // namespace zeren::app
