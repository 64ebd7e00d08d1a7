#include "records/field_groups.hpp"

namespace zeren::records {

using base::Code;
using base::Json;

std::vector<std::string> leave_out(const RecordType& type, const Groups& groups, Json& content) {
  std::vector<std::string> unseen;
  for (const auto& [field, group] : type.field_groups) {
    if (groups.contains(group)) continue;
    content.erase(field);
    unseen.push_back(field);
  }
  return unseen;
}

base::Result<Json> keep_unseen(const RecordType& type, const Groups& groups, const Json& given,
                               const Json& before) {
  auto content = given;
  if (!content.is_object()) return content;  // the schema says what is wrong with it
  for (const auto& [field, group] : type.field_groups) {
    if (groups.contains(group)) continue;
    if (given.contains(field)) {
      return base::fail(Code::Forbidden,
                        {{"action", "fill in \"" + field + "\""},
                         {"action.zh-CN", "填写“" + field + "”"},
                         {"needs", "the field group \"" + group + "\""},
                         {"needs.zh-CN", "字段组“" + group + "”的权限"}},
                        {"", 0, 0, "/" + field});
    }
    if (before.contains(field)) content[field] = before.at(field);
  }
  return content;
}

}  // namespace zeren::records
