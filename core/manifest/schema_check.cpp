#include "manifest/schema_check.hpp"

#include <algorithm>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"
#include "base/located_json.hpp"

namespace zeren::manifest {

std::span<const base::EmbeddedFile> embedded_schemas();  // made by zeren_embed()

namespace {

using base::Error;
using base::Json;

// Valijson matches patterns with std::regex, whose stack grows with the text; no text of a manifest
// needs more, so longer ones never reach it.
constexpr std::size_t kLongestText = 4096;

struct Fault {
  std::string pointer;
  std::string reason;
};

void refuse_long(std::string_view text, const std::string& pointer, std::vector<Fault>& faults) {
  if (text.size() <= kLongestText) return;
  faults.push_back({pointer, "a text of " + std::to_string(text.size()) + " bytes; at most " +
                                 std::to_string(kLongestText) + " are allowed"});
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxJsonDepth, which the parser enforces
void find_long_texts(const Json& value, const std::string& pointer, std::vector<Fault>& faults) {
  if (value.is_string()) return refuse_long(value.get_ref<const std::string&>(), pointer, faults);
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    if (value.is_object()) refuse_long(key, pointer, faults);
    find_long_texts(member, pointer + base::pointer_step(key), faults);
  }
}

/// Valijson's context is {"<root>", "[roles]", "[drafter]"}.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string_view step = context[i];
    pointer += base::pointer_step(step.substr(1, step.size() - 2));
  }
  return pointer;
}

std::vector<Fault> validate(const Json& manifest, const Json& schema_text) {
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_text), schema);
  valijson::ValidationResults results;
  valijson::Validator validator;
  const bool valid =
      validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(manifest), &results);
  std::vector<Fault> faults;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    faults.push_back({pointer_of(error.context), error.description});
  }
  if (!valid && faults.empty()) faults.push_back({"", "the manifest does not fit its schema"});
  return faults;
}

/// Valijson reports "Failed to validate against…" for every level above a fault: of use only when
/// it is all there is.
bool repeats_another(const Fault& fault, const std::vector<Fault>& all) {
  if (!fault.reason.starts_with("Failed to validate")) return false;
  return std::ranges::any_of(all, [&](const Fault& other) {
    return !other.reason.starts_with("Failed to validate") &&
           other.pointer.starts_with(fault.pointer);
  });
}

std::string with_value(const Fault& fault, const Json& manifest) {
  const Json::json_pointer pointer(fault.pointer);
  if (!manifest.contains(pointer) || manifest.at(pointer).is_structured()) return fault.reason;
  return fault.reason + " Found: " + manifest.at(pointer).dump();
}

}  // namespace

std::vector<Error> check_schema(const Json& manifest, const base::LocatedJson& source) {
  std::vector<Fault> faults;
  find_long_texts(manifest, "", faults);
  const auto schemas = embedded_schemas();
  const Json schema = Json::parse(schemas.front().text, nullptr, false);
  base::invariant(!schema.is_discarded(), "the schema compiled in is JSON");
  try {
    if (faults.empty()) faults = validate(manifest, schema);
  } catch (const std::exception& e) {
    faults.push_back({"", e.what()});
  }
  std::vector<Error> errors;
  for (const auto& fault : faults) {
    if (repeats_another(fault, faults)) continue;
    auto where = source.where(fault.pointer);
    where.pointer =
        fault.pointer;  // of the manifest, also where the text stands in what `like` names
    errors.push_back({base::Code::ManifestSchema,
                      {{"reason", with_value(fault, manifest)}},
                      std::move(where),
                      {}});
  }
  return errors;
}

}  // namespace zeren::manifest
