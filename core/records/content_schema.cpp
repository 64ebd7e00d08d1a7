#include "records/content_schema.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "base/located_json.hpp"
#include "base/messages.hpp"
#include "base/plain_text.hpp"
#include "records/content_faults.hpp"

namespace zeren::records {

// Not in the anonymous namespace: ContentSchema::Compiled holds it.
struct FieldPattern {
  std::vector<std::string> path;
  std::unique_ptr<RE2> text;
  std::string title;  // of the field
};

namespace {

using base::Code;
using base::Json;
using base::Result;
using valijson::adapters::NlohmannJsonAdapter;

using Patterns = std::vector<FieldPattern>;

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

// Moves every `pattern` of `schema` into `patterns`, under the path of property names that leads to it.
// Array items are reached by the name "*".
// NOLINTNEXTLINE(misc-no-recursion): schemas come from parse_json(), which bounds their depth
Result<void> take_patterns(Json& schema, const std::vector<std::string>& path, Patterns& patterns) {
  if (!schema.is_object()) return {};
  if (schema.contains("pattern") && schema["pattern"].is_string()) {
    RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_unique<RE2>(schema["pattern"].get<std::string>(), options);
    if (!pattern->ok()) return unusable(*pattern, path);
    patterns.push_back({path, std::move(pattern), schema.value("title", "")});
    schema.erase("pattern");
  }
  const auto descend = [&](Json& child, const std::string& name) {
    auto longer = path;
    longer.push_back(name);
    return take_patterns(child, longer, patterns);
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

using Mismatches = std::vector<base::Error>;

// NOLINTNEXTLINE(misc-no-recursion): as deep as the pattern's path
void match(const Json& value, const FieldPattern& pattern, std::size_t at, const std::string& pointer,
           Mismatches& out) {
  const auto& path = pattern.path;
  if (at == path.size()) {
    const auto& form = pattern.text->pattern();
    if (value.is_string() && !RE2::PartialMatch(value.get_ref<const std::string&>(), *pattern.text)) {
      out.push_back(field_fault(pointer, pattern.title, "it does not have the form " + form,
                                "格式不符，应符合 " + form));
    }
    return;
  }
  if (path[at] == "*" && value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      match(value[i], pattern, at + 1, pointer + "/" + std::to_string(i), out);
    }
  } else if (value.is_object() && value.contains(path[at])) {
    match(value[path[at]], pattern, at + 1, pointer + "/" + path[at], out);
  }
}

// Valijson writes `<root>[field][0]`.
std::string pointer_of(const std::string& context) {
  std::string pointer;
  for (const char c : context.substr(std::min(context.find('['), context.size()))) {
    if (c == '[') pointer += '/';
    if (c != '[' && c != ']') pointer += c;
  }
  return pointer;
}

base::Error invalid(const valijson::ValidationResults::Error& failure) {
  std::string context;
  for (const auto& part : failure.context) context += part;
  return field_fault(pointer_of(context), "", failure.description, failure.description);
}

}  // namespace

struct ContentSchema::Compiled {
  valijson::Schema schema;
  Json source;  // the same without its patterns
  Patterns patterns;
  std::vector<std::string> fields;
};

ContentSchema::ContentSchema(std::shared_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}

Result<ContentSchema> ContentSchema::compile(const Json& schema) {
  auto compiled = std::make_shared<Compiled>();
  Json stripped = schema;
  if (auto taken = take_patterns(stripped, {}, compiled->patterns); !taken) return base::pass(taken);
  const auto properties = schema.value("properties", Json::object());
  for (const auto& [name, body] : properties.items()) compiled->fields.push_back(name);
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const NlohmannJsonAdapter adapter(stripped);
    parser.populateSchema(adapter, compiled->schema);
  } catch (const std::exception& failure) {
    return base::fail(Code::ManifestSchema, {{"reason", failure.what()}});
  }
  compiled->source = std::move(stripped);
  return ContentSchema(std::move(compiled));
}

Result<void> ContentSchema::check(const Json& content) const {
  // Also what a module fills in, which comes by no request.
  if (auto plain = base::check_plain_text(content); !plain) return plain;
  Mismatches bad;
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (!validator.validate(compiled_->schema, NlohmannJsonAdapter(content), &results)) {
    bad = content_faults(compiled_->source, content);
    // What the published subset does not have is told as the validator tells it.
    valijson::ValidationResults::Error failure;
    while (bad.empty() && results.popError(failure)) bad.push_back(invalid(failure));
  }
  for (const auto& pattern : compiled_->patterns) match(content, pattern, 0, "", bad);
  if (bad.empty()) return {};
  // The outer errors of nested constraints only repeat the inner ones.
  std::stable_sort(bad.begin(), bad.end(), [](const auto& a, const auto& b) {
    return a.where.pointer.size() > b.where.pointer.size();
  });
  auto first = bad.front();
  first.causes.assign(bad.begin() + 1, bad.end());
  return tl::unexpected<base::Error>(std::move(first));
}

std::string ContentSchema::title_of(const std::string& field) const {
  const auto properties = compiled_->source.value("properties", Json::object());
  const auto found = properties.find(field);
  return found == properties.end() ? field : found->value("title", field);
}

bool ContentSchema::has_field(const std::string& field) const {
  const auto& fields = compiled_->fields;
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace zeren::records
