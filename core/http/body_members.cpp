#include "http/body_members.hpp"

#include <map>

#include "base/located_json.hpp"

namespace zeren::http {
namespace {

using Members = std::set<std::string>;

const std::map<std::string, Members, std::less<>>& all_members() {
  static const Members kReason{"reason"};
  static const Members kCode{"code"};
  static const std::map<std::string, Members, std::less<>> kMembers = {
      {"POST /api/v1/sessions", {"account", "code", "password"}},
      {"POST /api/v1/accounts", {"administers", "name", "password", "person"}},
      {"PUT /api/v1/accounts/*/password", kReason},
      {"POST /api/v1/accounts/*/disable", kReason},
      {"POST /api/v1/accounts/*/enable", kReason},
      {"POST /api/v1/accounts/*/unlock", kReason},
      {"POST /api/v1/accounts/*/reset-second-factor", kReason},
      {"PUT /api/v1/accounts/*/tokens", {"expires", "name", "read_only", "routes"}},
      {"POST /api/v1/grants",
       {"account", "action", "below", "groups", "module", "post", "reason", "sensitivity", "tie", "type", "unit",
        "valid_from", "valid_to"}},
      {"POST /api/v1/grants/*/revoke", kReason},
      {"PUT /api/v1/me/password", {"current", "new"}},
      {"PUT /api/v1/me/second-factor/confirmation", kCode},
      {"PUT /api/v1/me/second-factor/removal", kCode},
      {"POST /api/v1/history/imports", {"bytes", "file", "module"}},
      {"POST /api/v1/history/imports/*/withdraw", {"reason", "rows"}},
      {"POST /api/v1/organisation/imports", {"files"}},
      {"POST /api/v1/organisation/appointments", {"document", "from", "mode", "person", "post", "to"}},
      {"POST /api/v1/organisation/appointments/end", {"document", "on", "person", "post"}},
      {"POST /api/v1/organisation/successions", {"document", "from", "on", "to", "what"}},
      {"POST /api/v1/modules/*/release", kReason},
      {"POST /api/v1/modules/*/disable", kReason},
      {"POST /api/v1/modules/*/enable", {"enabled_from", "issuer"}},
      {"POST /api/v1/modules/*/parameters", {"basis", "issuer", "parameters", "valid_from"}},
      {"POST /api/v1/modules/*/waivers",
       {"basis", "granted_by", "parameter", "unit", "valid_from", "valid_to", "value"}},
      {"POST /api/v1/obligations/derivations", {"from", "to"}},
      {"POST /api/v1/obligations/*/fulfil", {"record"}},
      {"POST /api/v1/obligations/*/take-back", kReason},
      {"POST /api/v1/rules/trials", {"basis", "issuer", "module", "parameters", "valid_from"}},
      {"POST /api/v1/records",
       {"content", "links", "module", "obligation", "period", "sensitivity", "type", "unit"}},
      {"POST /api/v1/records/*/links", {"kind", "propose", "to"}},
      {"POST /api/v1/records/*/links/*/confirm", {}},
      {"POST /api/v1/records/*/links/*/take-back", kReason},
      {"PUT /api/v1/records/*/content", {"content"}},
      {"POST /api/v1/records/*/steps/*", {"reason", "to"}},
      {"POST /api/v1/records/*/legs/*/steps/*", kReason},
      {"POST /api/v1/records/*/legs/*/urge", kReason},
      {"POST /api/v1/records/*/legs/*/withhold", kReason},
      {"POST /api/v1/records/*/legs/*/release", kReason},
      {"POST /api/v1/records/*/legs/*/entries/*", {"number", "on", "scan"}},
      {"POST /api/v1/records/*/legs/*/entries/*/confirm", {}},
      {"POST /api/v1/records/*/attachments/*/remove", kReason},
      {"POST /api/v1/records/*/tasks",
       {"add_to", "agreement", "demand", "due", "kind", "quorum", "to"}},
      {"POST /api/v1/records/*/tasks/*/steps/*", {"due", "opinion", "to"}},
      {"POST /api/v1/records/*/recusals", {"person", "reason", "relation", "replacement"}},
      {"POST /api/v1/records/*/comments", {"text"}},
      {"POST /api/v1/webhooks", {"types", "unit", "url"}},
      {"POST /api/v1/tasks/hand-over", {"from", "reason", "to"}},
  };
  return kMembers;
}

}  // namespace

const Members* members_of(std::string_view request) {
  const auto found = all_members().find(request);
  return found == all_members().end() ? nullptr : &found->second;
}

Listed listed(const Members& names) {
  std::string row;
  for (const auto& name : names) row += (row.empty() ? "" : ", ") + name;
  return row.empty() ? Listed{"none", "无"} : Listed{row, row};
}

base::Result<void> check_members(std::string_view request, const base::Json& body) {
  if (body.is_null()) return {};
  if (!body.is_object()) {
    return base::fail(base::Code::RequestMalformed,
                      {{"reason", "the body must be a JSON object"}, {"reason.zh-CN", "请求内容应为 JSON 对象"}});
  }
  static const Members kNone;
  const auto* members = members_of(request);
  const auto& known = members == nullptr ? kNone : *members;
  for (const auto& [key, value] : body.items()) {
    if (known.contains(key)) continue;
    const auto names = listed(known);
    return base::fail(base::Code::RequestMalformed,
                      {{"reason", "it has no member \"" + key + "\"; it has: " + names.english},
                       {"reason.zh-CN", "没有成员“" + key + "”；可用成员：" + names.chinese}},
                      {"", 0, 0, base::pointer_step(key)});
  }
  return {};
}

}  // namespace zeren::http
