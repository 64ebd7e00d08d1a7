#include "modules/wish.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using base::Result;

constexpr std::size_t kMostWishes = 20;

enum class Shape : std::uint8_t { Text, Words, Fields };

struct Member {
  std::string_view name;
  Shape shape = Shape::Text;
  bool needed = true;
};

struct Form {
  std::string_view command;
  std::array<Member, 5> members;
  std::string_view described;
  std::string_view chinese;
};

constexpr std::array kForms = {
    Form{"comment", {Member{"record"}, Member{"text"}}, "\"comment\" has \"record\" and \"text\"",
         "“comment”须有“record”和“text”"},
    Form{"notify",
         {Member{"unit"}, Member{"title", Shape::Words}, Member{"record", Shape::Text, false},
          Member{"due", Shape::Text, false}},
         "\"notify\" has \"unit\" and \"title\" in \"en\" and \"zh-CN\", and may have \"record\" and \"due\"",
         "“notify”须有“unit”和“title”（含“en”和“zh-CN”），可有“record”和“due”"},
    Form{"draft",
         {Member{"rule", Shape::Text, false}, Member{"type", Shape::Text, false}, Member{"unit"},
          Member{"period", Shape::Text, false}, Member{"content", Shape::Fields}},
         "\"draft\" has either \"rule\" and \"period\" or \"type\", and \"unit\" and an object \"content\"",
         "“draft”须有“unit”和对象“content”，并有“rule”和“period”，或有“type”"},
    Form{"link", {Member{"record"}, Member{"kind"}, Member{"to"}}, "\"link\" has \"record\", \"kind\" and \"to\"",
         "“link”须有“record”“kind”和“to”"},
    Form{"emit",
         {Member{"event"}, Member{"record", Shape::Text, false}, Member{"unit", Shape::Text, false}},
         "\"emit\" has \"event\", and either \"record\" or \"unit\"",
         "“emit”须有“event”，并有“record”或“unit”之一"},
};

bool is_words(const Json& json) {
  return json.is_object() && json.size() == 2 && json.contains("en") && json["en"].is_string() &&
         json.contains("zh-CN") && json["zh-CN"].is_string();
}

bool has_shape(const Json& json, Shape shape) {
  if (shape == Shape::Words) return is_words(json) && base::canonical(json).has_value();
  if (shape == Shape::Fields) return json.is_object() && base::canonical(json).has_value();
  return json.is_string() && !json.get_ref<const std::string&>().empty() && base::canonical(json).has_value();
}

// Of members that exclude each other, one is there; what is owed is owed for a period.
bool chooses(const Json& body, std::string_view command) {
  if (command == "emit") return body.contains("record") != body.contains("unit");
  if (command != "draft") return true;
  return body.contains("rule") ? !body.contains("type") && body.contains("period") : body.contains("type");
}

bool fits(const Json& body, const Form& form) {
  if (!body.is_object()) return false;
  std::size_t known = 0;
  for (const auto& member : form.members) {
    if (member.name.empty()) continue;
    const auto found = body.find(member.name);
    if (found == body.end() && member.needed) return false;
    if (found == body.end()) continue;
    if (!has_shape(*found, member.shape)) return false;
    ++known;
  }
  return known == body.size() && chooses(body, form.command);
}

tl::unexpected<base::Error> unusable(const std::string& module, const char* call, std::string english,
                                     std::string chinese) {
  return base::fail(Code::PluginNonsense, {{"module", module},
                                           {"call", call},
                                           {"reason", std::move(english)},
                                           {"reason.zh-CN", std::move(chinese)}});
}

Result<Wish> read_wish(const Json& item, const std::string& module, const char* call) {
  if (!item.is_object() || item.size() != 1) {
    return unusable(module, call, "each of \"commands\" is an object with one command",
                    "“commands”的每一项应为只含一条命令的对象");
  }
  const auto& command = item.begin().key();
  const auto form = std::ranges::find(kForms, command, &Form::command);
  if (form == kForms.end()) {
    return unusable(module, call, "there is no command \"" + command + "\"", "没有“" + command + "”这一命令");
  }
  const auto& body = item.begin().value();
  if (!fits(body, *form)) {
    return unusable(module, call, std::string(form->described), std::string(form->chinese));
  }
  return Wish{command, body};
}

}  // namespace

Result<std::vector<Wish>> read_wishes(std::string_view reply, const std::string& module, const char* call) {
  std::vector<Wish> wishes;
  if (reply.empty()) return wishes;
  const auto json = base::parse_json(reply);
  if (!json || !json->is_object()) return unusable(module, call, "not a JSON object", "不是 JSON 对象");
  if (json->empty()) return wishes;
  if (json->size() != 1 || !json->contains("commands") || !json->at("commands").is_array()) {
    return unusable(module, call, "neither {} nor a list \"commands\"", "既不是 {}，也没有列表“commands”");
  }
  if (json->at("commands").size() > kMostWishes) {
    return unusable(module, call, "more than " + std::to_string(kMostWishes) + " commands",
                    "命令超过 " + std::to_string(kMostWishes) + " 条");
  }
  for (const auto& item : json->at("commands")) {
    auto wish = read_wish(item, module, call);
    if (!wish) return base::pass(std::move(wish));
    wishes.push_back(std::move(*wish));
  }
  return wishes;
}

}  // namespace zeren::modules
