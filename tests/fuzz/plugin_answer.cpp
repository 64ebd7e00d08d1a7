// What a plugin answers over the ABI: taken as it is described, or nonsense. The first line is the fields of the
// record type, as letters; the rest is the answer.
#include <string>

#include "fuzz/input.hpp"
#include "modules/plugin_reply.hpp"

namespace {

using zeren::base::Json;
using zeren::fuzz::promise;

void check_verdict(const zeren::modules::StepVerdict& verdict, const Json& fields) {
  promise(!verdict.veto || verdict.patch.empty(), "a veto or a patch, never both");
  promise(!verdict.veto || !verdict.veto->field || fields.contains(*verdict.veto->field),
          "a veto names a field that is there");
  for (const auto& [field, value] : verdict.patch) {
    promise(fields.contains(field), "a patch sets fields that are there");
    promise(zeren::base::canonical(value).has_value(), "what is set can be committed to");
  }
}

void check_table(const Json& table) {
  for (const auto& row : table.at("rows")) {
    promise(row.is_object() && row.size() <= table.at("columns").size(), "rows keep to the columns");
  }
  promise(table.at("title").contains("zh-CN"), "a title is in both languages");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto text = fuzz::text_of(data, size);
  const auto end = std::min(text.find('\n'), text.size());
  auto fields = Json::object();
  for (const char letter : text.substr(0, end)) {
    if (letter >= 'a' && letter <= 'z') fields[std::string(1, letter)] = Json::object();
  }
  const auto answer = text.substr(std::min(end + 1, text.size()));
  const auto verdict = modules::read_verdict(answer, fields, "fuzzed");
  if (verdict) check_verdict(*verdict, fields);
  const auto nonsense = [](const base::Error& error) { return error.code == base::Code::PluginNonsense; };
  promise(verdict || nonsense(verdict.error()), "what is no verdict is nonsense");
  const auto table = modules::read_table(answer, "fuzzed");
  if (table) check_table(*table);
  promise(table || nonsense(table.error()), "what is no table is nonsense");
  return 0;
}
