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

#include "base/messages.hpp"
#include "base/plain_text.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using valijson::adapters::NlohmannJsonAdapter;

using Patterns = std::vector<std::pair<std::vector<std::string>, std::unique_ptr<RE2>>>;

// Moves every `pattern` of `schema` into `patterns`, under the path of property names that leads to it.
// Array items are reached by the name "*".
// NOLINTNEXTLINE(misc-no-recursion): schemas come from parse_json(), which bounds their depth
Result<void> take_patterns(Json& schema, const std::vector<std::string>& path, Patterns& patterns) {
  if (!schema.is_object()) return {};
  if (schema.contains("pattern") && schema["pattern"].is_string()) {
    RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_unique<RE2>(schema["pattern"].get<std::string>(), options);
    if (!pattern->ok()) {
      return base::fail(Code::ManifestSchema, {{"reason", "pattern: " + pattern->error()}});
    }
    patterns.emplace_back(path, std::move(pattern));
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
void match(const Json& value, const std::vector<std::string>& path, std::size_t at, const RE2& pattern,
           const std::string& pointer, Mismatches& out) {
  if (at == path.size()) {
    if (value.is_string() && !RE2::PartialMatch(value.get_ref<const std::string&>(), pattern)) {
      out.push_back({Code::RecordFieldInvalid,
                     {{"field", pointer}, {"reason", "does not match " + pattern.pattern()}},
                     {"", 0, 0, pointer},
                     {}});
    }
    return;
  }
  if (path[at] == "*" && value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      match(value[i], path, at + 1, pattern, pointer + "/" + std::to_string(i), out);
    }
  } else if (value.is_object() && value.contains(path[at])) {
    match(value[path[at]], path, at + 1, pattern, pointer + "/" + path[at], out);
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
  const auto pointer = pointer_of(context);
  return {Code::RecordFieldInvalid,
          {{"field", pointer.empty() ? "content" : pointer.substr(1)},
           {"reason", failure.description}},
          {"", 0, 0, pointer},
          {}};
}

}  // namespace

struct ContentSchema::Compiled {
  valijson::Schema schema;
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
  return ContentSchema(std::move(compiled));
}

Result<void> ContentSchema::check(const Json& content) const {
  // Also what a module fills in, which comes by no request.
  if (auto plain = base::check_plain_text(content); !plain) return plain;
  Mismatches bad;
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (!validator.validate(compiled_->schema, NlohmannJsonAdapter(content), &results)) {
    valijson::ValidationResults::Error failure;
    while (results.popError(failure)) bad.push_back(invalid(failure));
  }
  for (const auto& [path, pattern] : compiled_->patterns) {
    match(content, path, 0, *pattern, "", bad);
  }
  if (bad.empty()) return {};
  // The outer errors of nested constraints only repeat the inner ones.
  std::stable_sort(bad.begin(), bad.end(), [](const auto& a, const auto& b) {
    return a.where.pointer.size() > b.where.pointer.size();
  });
  auto first = bad.front();
  first.causes.assign(bad.begin() + 1, bad.end());
  return tl::unexpected<base::Error>(std::move(first));
}

bool ContentSchema::has_field(const std::string& field) const {
  const auto& fields = compiled_->fields;
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace zeren::records
