#include "items.hpp"

#include <algorithm>
#include <array>

namespace {

using zeren::Json;

constexpr std::array<std::string_view, 10> kTen{"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10"};

std::string text_in(const Json& content, const char* field) {
  const auto found = content.find(field);
  return found == content.end() || !found->is_string() ? "" : found->get<std::string>();
}

Item item_of(const zeren::LinkedRecord& record) {
  const auto& content = record.content;
  Item item{text_in(content, "code"),    text_in(content, "title"), record.record_state,
            text_in(content, "leader"),  text_in(content, "section"), text_in(content, "due"),
            text_in(content, "verified_on"), false, {}};
  const auto nil = content.find("nil_report");
  item.nil = nil != content.end() && nil->is_boolean() && nil->get<bool>();
  for (const auto& measure : content.value("measures", Json::array())) {
    if (measure.is_string()) item.measures.push_back(measure.get<std::string>());
  }
  return item;
}

bool is_confirmed(const zeren::LinkedRecord& link, std::string_view kind, std::string_view type) {
  return link.kind == kind && link.confirmed && link.type == type && link.content.is_object();
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : "；") + text;
  return out;
}

}  // namespace

std::vector<Item> items_of(const zeren::StepRequest& step, std::string_view kind) {
  std::vector<Item> items;
  for (const auto& link : step.links()) {
    if (!is_confirmed(link, kind, "task_item")) continue;
    auto item = item_of(link);
    if (item.state != "voided") items.push_back(std::move(item));
  }
  std::ranges::sort(items, {}, &Item::code);
  return items;
}

std::int64_t count_in(const zeren::StepRequest& step, std::string_view type, std::string_view state) {
  return std::ranges::count_if(step.links(), [&](const zeren::LinkedRecord& link) {
    return is_confirmed(link, "of", type) && link.record_state == state;
  });
}

std::optional<std::string> granted_until(const zeren::StepRequest& step) {
  std::optional<std::string> latest;
  for (const auto& link : step.links()) {
    if (!is_confirmed(link, "of", "suspension") || link.record_state != "granted") continue;
    const auto until = text_in(link.content, "until");
    if (!latest || *latest < until) latest = until;
  }
  return latest;
}

std::string missing_of_ten(const std::vector<Item>& items) {
  std::string missing;
  for (const auto code : kTen) {
    if (std::ranges::find(items, code, &Item::code) != items.end()) continue;
    missing.append(missing.empty() ? "" : "、").append(code);
  }
  return missing;
}

bool is_of_ten(std::string_view code) { return std::ranges::find(kTen, code) != kTen.end(); }

Json rows_of(const std::vector<Item>& items) {
  auto rows = Json::array();
  for (const auto& item : items) {
    rows.push_back({{"code", item.code},
                    {"title", item.title},
                    {"measures", joined(item.measures)},
                    {"leader", item.leader},
                    {"section", item.section}});
    if (!item.due.empty()) rows.back()["due"] = item.due;
  }
  return rows;
}

std::map<std::string, Json> summary_of(const std::vector<Item>& items, const Tenure& tenure) {
  std::int64_t done = 0;
  std::int64_t nil = 0;
  std::int64_t open = 0;
  auto lines = Json::array();
  for (const auto& item : items) {
    const bool struck_off = item.state == "verified" && item.verified_on <= tenure.to;
    const bool before = struck_off && item.verified_on < tenure.from;
    done += struck_off && !before ? 1 : 0;
    nil += struck_off && !before && item.nil ? 1 : 0;
    open += struck_off ? 0 : 1;
    const char* state = before ? "任期前已销号" : !struck_off ? "未销号" : item.nil ? "零报告销号" : "已销号";
    lines.push_back({{"code", item.code}, {"title", item.title}, {"state", state}});
    if (struck_off) lines.back()["on"] = item.verified_on;
  }
  return {{"items_total", static_cast<std::int64_t>(items.size())},
          {"items_done", done},
          {"items_nil", nil},
          {"items_open", open},
          {"lines", std::move(lines)}};
}
