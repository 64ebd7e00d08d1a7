// A small module: lists that make their items, activities that are evidence for them, and who may do what.
#pragma once

#include <utility>

#include "base/json.hpp"

namespace zeren::fixtures {

inline base::Json task_list_types() {
  const auto title = [](const char* en, const char* zh) { return base::Json{{"en", en}, {"zh-CN", zh}}; };
  const base::Json by = base::Json::array({{{"role", "drafter"}, {"at", "owner"}}});
  const auto step = [&](base::Json from, const char* to) {
    return base::Json{{"title", title("Step", "办理")}, {"from", std::move(from)}, {"to", to}, {"by", by}};
  };
  const auto schema = [](base::Json properties) {
    return base::Json{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  };
  const base::Json text{{"type", "string"}, {"maxLength", 200}};
  const base::Json states{{"draft", {{"title", title("Draft", "拟稿")}, {"editable", true}}},
                          {"open", {{"title", title("Open", "办理中")}}},
                          {"verified", {{"title", title("Verified", "已核验")}, {"final", true}}}};
  base::Json list{{"title", title("List", "任务清单")}, {"schema_version", 1}, {"free", {{"period", "year"}}},
                  {"schema", schema({{"title", text}})}, {"read", {"owner"}}, {"initial_state", "draft"},
                  {"states", states},
                  {"steps", {{"draft", step(base::Json::array(), "draft")}, {"adopt", step({"draft", "open"}, "open")},
                             {"close", step({"open"}, "verified")}}}};
  list["steps"]["adopt"]["creates"] = {{"type", "item"}, {"link", "of"}, {"catalogue", "items"}};
  list["steps"]["close"]["linked_from"]["item.of"] = {{"at_least", 1}, {"all_in", {"verified"}}};
  base::Json item{{"title", title("Item", "任务事项")}, {"schema_version", 1}, {"free", {{"period", "year"}}},
                  {"schema", schema({{"title", text}, {"spec", text}, {"code", {{"type", "string"}, {"catalogue", "items"}}}})},
                  {"read", {"parent"}}, {"parent", "of"}, {"initial_state", "draft"}, {"states", states},
                  {"links", {{"of", {{"title", title("Of the list", "所属清单")}, {"to", {"list"}}, {"max", 1}, {"min", 1}}},
                             {"evidence", {{"title", title("Evidence", "佐证")}, {"to", {"activity"}}, {"max", 2},
                                           {"closed_in", {"verified"}}}}}},
                  {"steps", {{"draft", step(base::Json::array(), "draft")}, {"start", step({"draft"}, "open")},
                             {"verify", step({"draft", "open"}, "verified")}}}};
  item["steps"]["verify"]["linked"]["evidence"] = {{"at_least", 1}, {"in", {"verified"}}};
  base::Json activity{{"title", title("Activity", "活动")}, {"schema_version", 1}, {"free", {{"period", "none"}}},
                      {"schema", schema({{"title", text}, {"date", {{"type", "string"}, {"format", "date"}, {"title", "日期"}}},
                                         {"present", {{"type", "array"}, {"maxItems", 9}, {"title", "出席"}, {"items",
                                           {{"type", "object"}, {"additionalProperties", false}, {"required", {"name"}},
                                            {"properties", {{"name", text}, {"since", {{"type", "string"}, {"format", "date"}}}}}}}}}})},
                      {"read", {"owner"}}, {"initial_state", "draft"}, {"states", states},
                      {"steps", {{"draft", step(base::Json::array(), "draft")}, {"verify", step({"draft"}, "verified")}}}};
  return {{"list", std::move(list)}, {"item", std::move(item)}, {"activity", std::move(activity)}};
}

/// The module of them, `lists`: its catalogue has two items, and localities may add more.
inline base::Json task_list_manifest() {
  using base::Json;
  const auto title = [](const char* en, const char* zh) { return Json{{"en", en}, {"zh-CN", zh}}; };
  const Json roles{{"drafter", {{"title", title("Drafter", "承办人")}, {"post_classes", {"STAFF"}}}}};
  const Json items = Json::array({{{"code", "T01"}, {"title", title("Deploy", "部署")}, {"spec", "会议记录"}},
                                  {{"code", "T02"}, {"title", title("Life", "生活")}}});
  const Json local{{"title", title("Local items", "增补事项")}, {"type", "text_list"}, {"order", "superset"},
                   {"default", Json::array()}, {"mark", "I"}, {"catalogue", "items"}};
  return {{"id", "lists"}, {"version", "1.0.0"}, {"name", title("Lists", "任务清单")},
          {"basis", Json::array({{{"article", "8"}, {"mark", "S"}}})}, {"roles", roles},
          {"parameters", {{"local_items", local}}}, {"catalogues", {{"items", items}}},
          {"record_types", task_list_types()}};
}

}  // namespace zeren::fixtures
