// The fields of a record type and a content for them. The first line is the member `properties` of a record type's
// schema, as a package brings it; the rest is the content, as a client sends it. What the manifest's own schema takes
// can be compiled, or is refused at its place; and a content is taken with fields of the schema only, or refused field
// by field.
#include "records/content_schema.hpp"

#include <algorithm>
#include <string>

#include "base/messages.hpp"
#include "fuzz/input.hpp"
#include "manifest/manifest.hpp"

namespace {

using zeren::base::Code;
using zeren::base::Json;
using zeren::fuzz::promise;

/// The smallest manifest around the fields.
std::string manifest_of(std::string_view properties) {
  return R"({"id": "a", "version": "1.0.0", "name": {"en": "A", "zh-CN": "甲"},
    "basis": [{"article": "1", "mark": "D"}],
    "roles": {"clerk": {"title": {"en": "C", "zh-CN": "乙"}, "post_classes": ["STAFF"]}},
    "record_types": {"note": {"title": {"en": "N", "zh-CN": "丙"}, "schema_version": 1, "read": ["owner"],
      "initial_state": "draft", "states": {"draft": {"title": {"en": "D", "zh-CN": "丁"}}},
      "steps": {"draft": {"title": {"en": "D", "zh-CN": "丁"}, "from": [], "to": "draft",
                          "by": [{"role": "clerk", "at": "owner"}]}},
      "schema": {"type": "object", "additionalProperties": false, "properties": )" +
         std::string(properties) + "}}}}";
}

void check_content(const zeren::records::ContentSchema& schema, const Json& content) {
  const auto checked = schema.check(content);
  if (!checked) {
    const auto code = checked.error().code;
    promise(code == Code::RecordFieldInvalid || code == Code::TextHidden, "a bad content is told as one");
    promise(!zeren::base::report_of(checked.error(), zeren::base::Language::Chinese).empty(), "it can be told");
    return;
  }
  promise(content.is_object(), "a content is an object");
  for (const auto& [field, value] : content.items()) promise(schema.has_field(field), "and has known fields");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto end = std::min(text.find('\n'), text.size());
  const auto manifest = manifest::Manifest::parse(manifest_of(text.substr(0, end)), "module.json");
  if (!manifest) {
    promise(!base::report_of(manifest.error(), base::Language::Chinese).empty(), "a refusal can be told");
    return 0;
  }
  const auto& types = manifest->section("record_types");
  if (!types.contains("note")) return 0;  // the line closed more than it opened
  const auto schema = records::ContentSchema::compile(types.at("note").at("schema"));
  if (!schema) {
    promise(schema.error().where.pointer.ends_with("/pattern"), "what cannot run is a pattern, at its place");
    return 0;
  }
  const auto content = base::parse_json(text.substr(std::min(end + 1, text.size())), "content");
  if (content) check_content(*schema, *content);
  return 0;
}
