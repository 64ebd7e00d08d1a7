#include "records/nil_report.hpp"

#include <algorithm>

#include "base/unicode.hpp"

namespace zeren::records {

bool is_blank(const base::Json& content, const std::string& field) {
  const auto found = content.find(field);
  if (found == content.end() || found->is_null()) return true;
  return found->is_string() && base::is_blank(found->get_ref<const std::string&>());
}

bool is_nil_report(const RecordType& type, const base::Json& content) {
  if (!type.nil_report) return false;
  const auto said = content.find(type.nil_report->field);
  return said != content.end() && said->is_boolean() && said->get<bool>();
}

bool is_settled_by_nil(const RecordType& type, const base::Json& content, const std::string& field) {
  return is_nil_report(type, content) &&
         std::ranges::find(type.nil_report->instead_of, field) != type.nil_report->instead_of.end();
}

base::Result<void> check_nil_report(const RecordType& type, const base::Json& content) {
  if (!is_nil_report(type, content)) return {};
  for (const auto& field : type.nil_report->instead_of) {
    if (is_blank(content, field)) continue;
    return base::fail(base::Code::RecordFieldInvalid,
                      {{"field", field},
                       {"reason", "must be blank in a report that there is nothing to report"},
                       {"reason.zh-CN", "零报告中该项须留空"}},
                      {"", 0, 0, "/" + field});
  }
  return {};
}

}  // namespace zeren::records
