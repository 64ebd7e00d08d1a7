#include "records/field_forms.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "base/civil_time.hpp"
#include "base/located_json.hpp"
#include "records/content_faults.hpp"
#include "records/like_codes.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;

using FieldForms = std::vector<FieldForm>;
using FormPath = std::vector<std::string>;

std::string take_text(Json& schema, const char* key) {
  if (!schema.contains(key) || !schema[key].is_string()) return {};
  auto text = schema[key].get<std::string>();
  schema.erase(key);
  return text;
}

FieldFormat format_called(const std::string& word) {
  if (word == "date") return FieldFormat::Date;
  if (word == "unit") return FieldFormat::Unit;
  return word == "person" ? FieldFormat::Person : FieldFormat::None;
}

// What is wrong with a pattern, in words for its author; the remedy is to write it as RE2 reads it.
std::pair<const char*, const char*> words_for(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return {"has an escape that RE2 does not know (back references and \\u are none of them)",
              "含有 RE2 不支持的转义（不支持反向引用和 \\u）"};
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
      return {"has an unusable range or class of characters", "字符类或字符范围有误"};
    case RE2::ErrorMissingBracket:
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      return {"has a bracket without its counterpart", "括号不配对"};
    case RE2::ErrorTrailingBackslash:
      return {"ends with a backslash", "以反斜杠结尾"};
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatOp:
      return {"repeats nothing, or repeats a repetition", "重复符号前没有可重复的内容，或重复符号连用"};
    case RE2::ErrorRepeatSize:
      return {"repeats more than 1000 times, or fewer times than it begins with", "重复次数超过 1000，或上限小于下限"};
    case RE2::ErrorBadNamedCapture:
      return {"has an unusable name of a group", "分组名称有误"};
    case RE2::ErrorBadUTF8:
      return {"is not UTF-8", "不是 UTF-8 文本"};
    default:
      return {"is too large or not one that RE2 can run; make it simpler", "过大或 RE2 无法执行，请予简化"};
  }
}

tl::unexpected<base::Error> unusable(const RE2& pattern, const std::vector<std::string>& path) {
  std::string pointer;
  for (const auto& name : path) pointer += name == "*" ? "/items" : "/properties" + base::pointer_step(name);
  const auto [english, chinese] = words_for(pattern.error_code());
  const auto& at = pattern.error_arg().empty() ? pattern.pattern() : pattern.error_arg();
  return base::fail(Code::ManifestSchema,
                    {{"reason", "the pattern " + std::string(english) + ": " + at},
                     {"reason.zh-CN", "pattern " + std::string(chinese) + "：" + at}},
                    {"", 0, 0, pointer + "/pattern"});
}

Result<void> take_form(Json& schema, const FormPath& path, FieldForms& forms) {
  FieldForm form{path, schema.value("title", "")};
  form.format = format_called(take_text(schema, "format"));
  form.catalogue = take_text(schema, "catalogue");
  if (const auto text = take_text(schema, "pattern"); !text.empty()) {
    RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_shared<const RE2>(text, options);
    if (!pattern->ok()) return unusable(*pattern, path);
    form.pattern = std::move(pattern);
  }
  if (form.format != FieldFormat::None || form.pattern || !form.catalogue.empty()) forms.push_back(std::move(form));
  return {};
}

// NOLINTNEXTLINE(misc-no-recursion): schemas come from parse_json(), which bounds their depth
Result<void> take_all(Json& schema, const FormPath& path, FieldForms& forms) {
  if (!schema.is_object()) return {};
  if (auto taken = take_form(schema, path, forms); !taken) return taken;
  const auto descend = [&](Json& child, const std::string& name) {
    auto longer = path;
    longer.push_back(name);
    return take_all(child, longer, forms);
  };
  if (schema.contains("items")) {
    if (auto done = descend(schema["items"], "*"); !done) return done;
  }
  if (!schema.contains("properties")) return {};
  for (auto& [name, child] : schema["properties"].items()) {
    if (auto done = descend(child, name); !done) return done;
  }
  return {};
}

std::vector<std::string> codes_of_units(const org::Organisation& organisation, base::Date today) {
  std::vector<std::string> codes;
  for (const auto* unit : organisation.units({today})) codes.push_back(unit->code);
  return codes;
}

std::vector<std::string> codes_of_persons(const org::Organisation& organisation) {
  std::vector<std::string> codes;
  for (const auto& revision : organisation.person_history().all()) {
    if (!revision.known_to) codes.push_back(revision.value.code);
  }
  return codes;
}

std::string listed(const std::vector<std::string>& codes, const char* separator) {
  std::string all;
  for (const auto& code : codes) all += (all.empty() ? "" : separator) + code;
  return all;
}

std::string in_english(const std::vector<std::string>& like) {
  return like.empty() ? "" : "; the codes most like it: " + listed(like, ", ");
}

std::string in_chinese(const std::vector<std::string>& like) {
  return like.empty() ? "" : "；相近的代码：" + listed(like, "、");
}

struct FormCheck {
  const FieldForm& form;
  const CodesKnown& known;
  std::vector<base::Error>& faults;

  void add(const std::string& pointer, const std::string& english, const std::string& chinese) const {
    faults.push_back(field_fault(pointer, form.title, english, chinese));
  }

  void code(const std::string& value, const std::string& pointer) const {
    if (known.catalogues == nullptr) return;
    const auto catalogue = known.catalogues->find(form.catalogue);
    if (catalogue == known.catalogues->end()) return;
    std::string codes;
    for (const auto& item : catalogue->second) {
      if (item.code == value) return;
      codes += (codes.empty() ? "" : ", ") + item.code;
    }
    add(pointer, "choose one of: " + codes, "只能选择：" + codes);
  }

  void unit(const std::string& value, const std::string& pointer) const {
    const auto* named = known.organisation->unit_by_code(value);
    const bool ended = named != nullptr && known.organisation->unit(named->id, {known.today}) == nullptr;
    if (named != nullptr && !(ended && known.standing)) return;
    const auto like = codes_like(value, codes_of_units(*known.organisation, known.today));
    if (ended) {
      return add(pointer, "the unit \"" + value + "\" does not stand today; name one that does" + in_english(like),
                 "单位“" + value + "”目前已不存在，请另行填写" + in_chinese(like));
    }
    add(pointer, "there is no unit \"" + value + "\"" + in_english(like),
        "没有代码为“" + value + "”的单位" + in_chinese(like));
  }

  void person(const std::string& value, const std::string& pointer) const {
    if (known.organisation->person_by_code(value) != nullptr) return;
    const auto like = codes_like(value, codes_of_persons(*known.organisation));
    add(pointer, "there is no person \"" + value + "\"" + in_english(like),
        "没有编号为“" + value + "”的人员" + in_chinese(like));
  }

  void text(const std::string& value, const std::string& pointer) const {
    if (form.pattern && !RE2::PartialMatch(value, *form.pattern)) {
      const auto& pattern = form.pattern->pattern();
      add(pointer, "it does not have the form " + pattern, "格式不符，应符合 " + pattern);
    }
    if (form.format == FieldFormat::Date && !base::parse_date(value)) {
      add(pointer, "write a date that there is, like 2026-01-31", "应填写真实日期，如 2026-01-31");
    }
    if (!form.catalogue.empty()) code(value, pointer);
    if (known.organisation == nullptr) return;
    if (form.format == FieldFormat::Unit) unit(value, pointer);
    if (form.format == FieldFormat::Person) person(value, pointer);
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the form's path
  void walk(const Json& value, std::size_t at, const std::string& pointer) const {
    if (at == form.path.size()) {
      if (value.is_string()) text(value.get_ref<const std::string&>(), pointer);
      return;
    }
    const auto& name = form.path[at];
    if (name == "*" && value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) walk(value[i], at + 1, pointer + "/" + std::to_string(i));
    } else if (value.is_object() && value.contains(name)) {
      walk(value[name], at + 1, pointer + base::pointer_step(name));
    }
  }
};

}  // namespace

Result<FieldForms> take_forms(Json& schema) {
  FieldForms forms;
  if (auto taken = take_all(schema, {}, forms); !taken) return base::pass(std::move(taken));
  return forms;
}

void check_forms(const FieldForms& forms, const Json& content, const CodesKnown& known,
                 std::vector<base::Error>& faults) {
  for (const auto& form : forms) FormCheck{form, known, faults}.walk(content, 0, "");
}

}  // namespace zeren::records
