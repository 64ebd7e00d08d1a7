#include "http/query_parameters.hpp"

#include <algorithm>
#include <map>

#include "http/body_members.hpp"

namespace zeren::http {
namespace {

using Parameters = std::set<std::string>;

const std::map<std::string, Parameters, std::less<>>& all_parameters() {
  static const Parameters kPage{"cursor", "limit"};
  static const Parameters kAsOf{"known", "valid"};
  static const Parameters kFormat{"format"};
  static const std::map<std::string, Parameters, std::less<>> kParameters = {
      {"GET /api/v1/accounts", kPage},
      {"GET /api/v1/accounts/*/tokens", kPage},
      {"GET /api/v1/audit/entries",
       {"account", "action", "cursor", "from", "limit", "object", "outcome", "to", "unit"}},
      {"GET /api/v1/burden", {"cursor", "format", "from", "limit", "period", "to", "unit"}},
      {"GET /api/v1/deliveries", kPage},
      {"GET /api/v1/grants", kPage},
      {"GET /api/v1/history/imports", kPage},
      {"GET /api/v1/history/imports/*/rows", kPage},
      {"GET /api/v1/inbox", {"cursor", "limit", "unread"}},
      {"GET /api/v1/indicators", {"cursor", "limit", "module", "name", "period", "unit"}},
      {"GET /api/v1/ledgers", {"cursor", "limit", "module"}},
      {"GET /api/v1/ledgers/*/*", {"cursor", "format", "limit", "period", "unit"}},
      {"GET /api/v1/me/sessions", kPage},
      {"GET /api/v1/modules", kPage},
      {"GET /api/v1/modules/*/catalogues", {"unit"}},
      {"GET /api/v1/modules/*/catalogues/*", {"unit"}},
      {"GET /api/v1/modules/*/parameters", {"on", "unit"}},
      {"GET /api/v1/modules/*/waivers", kPage},
      {"GET /api/v1/modules/*/tables/*", {"format", "light", "period", "unit"}},
      {"GET /api/v1/obligations",
       {"cursor", "format", "light", "limit", "module", "period", "unit", "units"}},
      {"GET /api/v1/obligations/roll-up", {"relation", "unit"}},
      {"GET /api/v1/obligations/summary", {"light", "module", "period", "unit", "units"}},
      {"GET /api/v1/records",
       {"cursor", "field.*", "limit", "module", "order", "period", "state", "type", "unit"}},
      {"GET /api/v1/receipts/overdue", kPage},
      {"GET /api/v1/records/*/attachments", kPage},
      {"GET /api/v1/records/*/documents", kPage},
      {"GET /api/v1/records/*/documents/*", kFormat},
      {"GET /api/v1/records/*/versions", kPage},
      {"GET /api/v1/tasks", kPage},
      {"GET /api/v1/units", kPage},
      {"GET /api/v1/units/*/covering", kAsOf},
      {"GET /api/v1/units/*/posts", kAsOf},
      {"GET /api/v1/units/*/successions", kAsOf},
      {"GET /api/v1/units/*/vacancies", kAsOf},
      {"GET /api/v1/webhooks", kPage},
      {"POST /api/v1/history/imports", {"dry_run"}},
      {"POST /api/v1/organisation/imports", {"dry_run"}},
      {"POST /api/v1/organisation/successions", {"dry_run"}},
      {"POST /api/v1/records/*/attachments", {"classification"}},
  };
  return kParameters;
}

bool is_among(const Parameters& known, const std::string& name) {
  return std::ranges::any_of(known, [&](const std::string& one) {
    return one.ends_with('*') ? name.starts_with(one.substr(0, one.size() - 1)) : name == one;
  });
}

}  // namespace

const Parameters& parameters_of(std::string_view request) {
  static const Parameters kNone;
  const auto found = all_parameters().find(request);
  return found == all_parameters().end() ? kNone : found->second;
}

base::Result<void> check_parameters(std::string_view request, const Target& target) {
  const auto& known = parameters_of(request);
  for (const auto& [name, value] : target.query) {
    if (is_among(known, name)) continue;
    const auto names = listed(known);
    return base::fail(base::Code::RequestMalformed,
                      {{"reason", "it has no parameter \"" + name + "\"; it has: " + names.english},
                       {"reason.zh-CN", "没有参数“" + name + "”；可用参数：" + names.chinese}});
  }
  return {};
}

}  // namespace zeren::http
