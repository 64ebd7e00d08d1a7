#include "manifest/schema_check.hpp"

#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"
#include "base/located_json.hpp"
#include "manifest/schema_words.hpp"

namespace zeren::manifest {

std::span<const base::EmbeddedFile> embedded_schemas();  // made by zeren_embed()

namespace {

using base::Error;
using base::Json;

// Valijson matches patterns with std::regex, whose stack grows with the text; no text of a manifest
// needs more, so longer ones never reach it.
constexpr std::size_t kLongestText = 4096;

void refuse_long(std::string_view text, const std::string& pointer, std::vector<SchemaFault>& faults) {
  if (text.size() <= kLongestText) return;
  const auto size = std::to_string(text.size());
  const auto most = std::to_string(kLongestText);
  faults.push_back({pointer, "a text of " + size + " bytes; at most " + most + " are allowed",
                    "文本长 " + size + " 字节，不得超过 " + most + " 字节"});
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxJsonDepth, which the parser enforces
void find_long_texts(const Json& value, const std::string& pointer, std::vector<SchemaFault>& faults) {
  if (value.is_string()) return refuse_long(value.get_ref<const std::string&>(), pointer, faults);
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    if (value.is_object()) refuse_long(key, pointer, faults);
    find_long_texts(member, pointer + base::pointer_step(key), faults);
  }
}

bool is_valid(const Json& manifest, const Json& schema_text) {
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_text), schema);
  valijson::Validator validator;
  return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(manifest), nullptr);
}

std::vector<SchemaFault> validate(const Json& manifest, const Json& schema) {
  if (is_valid(manifest, schema)) return {};
  auto faults = schema_faults(schema, manifest);
  if (faults.empty()) {
    faults.push_back({"", "does not fit config/schema/module.schema.json", "不符合 config/schema/module.schema.json"});
  }
  return faults;
}

}  // namespace

std::vector<Error> check_schema(const Json& manifest, const base::LocatedJson& source) {
  std::vector<SchemaFault> faults;
  find_long_texts(manifest, "", faults);
  const auto schemas = embedded_schemas();
  const Json schema = Json::parse(schemas.front().text, nullptr, false);
  base::invariant(!schema.is_discarded(), "the schema compiled in is JSON");
  try {
    if (faults.empty()) faults = validate(manifest, schema);
  } catch (const std::exception& e) {
    faults.push_back({"", e.what(), e.what()});
  }
  std::vector<Error> errors;
  for (const auto& fault : faults) {
    auto where = source.where(fault.pointer);
    where.pointer =
        fault.pointer;  // of the manifest, also where the text stands in what `like` names
    errors.push_back({base::Code::ManifestSchema,
                      {{"reason", fault.english}, {"reason.zh-CN", fault.chinese}},
                      std::move(where),
                      {}});
  }
  return errors;
}

}  // namespace zeren::manifest
