#include "access/principal.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"

namespace zeren::access {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"none", "system", "security", "audit"};

struct DutyRow {
  std::string_view en;
  std::string_view zh;
  Administers holder;
};

// In the order of the enumeration.
constexpr std::array<DutyRow, 5> kDuties = {
    {{"change the organisation", "变更组织机构", Administers::System},
     {"run modules and rules", "管理制度模块和规则", Administers::System},
     {"read counts and summaries", "查看统计汇总", Administers::System},
     {"manage accounts and rights", "管理账号和权限", Administers::Security},
     {"read the audit log", "查阅审计日志", Administers::Audit}}};

constexpr std::array<std::string_view, 4> kTitlesInChinese = {"其他账号", "系统管理员", "安全管理员",
                                                              "审计管理员"};

constexpr std::string_view kSystem = "system:";

std::string_view title_in_chinese(Administers administers) {
  return kTitlesInChinese.at(static_cast<std::size_t>(administers));
}

}  // namespace

Principal system_principal(std::string_view part) {
  const auto id = std::string(kSystem) + std::string(part);
  return {id, id, {}, Administers::Nothing, "", "", {}};
}

base::Result<void> require(const Principal& principal, Duty duty) {
  const auto& row = kDuties.at(static_cast<std::size_t>(duty));
  // Account ids are UUIDs: nobody can sign in as the system.
  if (principal.administers == row.holder || principal.id.starts_with(kSystem)) return {};
  return base::fail(base::Code::Forbidden,
                    {{"action", std::string(row.en)},
                     {"action.zh-CN", std::string(row.zh)},
                     {"needs", "the " + std::string(name_of(row.holder)) + " administrator"},
                     {"needs.zh-CN", std::string(title_in_chinese(row.holder))}});
}

Administers administers_from(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  base::invariant(found != kNames.end(), "accounts are written with name_of()");
  return static_cast<Administers>(found - kNames.begin());
}

std::string_view name_of(Administers administers) {
  return kNames.at(static_cast<std::size_t>(administers));
}

}  // namespace zeren::access
