#include "records/content_schema.hpp"

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
#include "records/field_forms.hpp"

namespace zeren::records {

namespace {

using base::Code;
using base::Json;
using base::Result;
using valijson::adapters::NlohmannJsonAdapter;

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
  Json source;  // the same without its forms
  std::vector<FieldForm> forms;
  std::vector<std::string> fields;
};

ContentSchema::ContentSchema(std::shared_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}

Result<ContentSchema> ContentSchema::compile(const Json& schema) {
  auto compiled = std::make_shared<Compiled>();
  Json stripped = schema;
  auto forms = take_forms(stripped);
  if (!forms) return base::pass(std::move(forms));
  compiled->forms = std::move(*forms);
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

Result<void> ContentSchema::check(const Json& content, const CodesKnown& known) const {
  // Also what a module fills in, which comes by no request.
  if (auto plain = base::check_plain_text(content); !plain) return plain;
  std::vector<base::Error> bad;
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (!validator.validate(compiled_->schema, NlohmannJsonAdapter(content), &results)) {
    bad = content_faults(compiled_->source, content);
    // What the published subset does not have is told as the validator tells it.
    valijson::ValidationResults::Error failure;
    while (bad.empty() && results.popError(failure)) bad.push_back(invalid(failure));
  }
  check_forms(compiled_->forms, content, known, bad);
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

std::string ContentSchema::field_of_catalogue(const std::string& catalogue) const {
  const auto found = std::ranges::find_if(compiled_->forms, [&](const FieldForm& form) {
    return form.path.size() == 1 && form.catalogue == catalogue;
  });
  return found == compiled_->forms.end() ? std::string() : found->path.front();
}

bool ContentSchema::has_field(const std::string& field) const {
  const auto& fields = compiled_->fields;
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace zeren::records
