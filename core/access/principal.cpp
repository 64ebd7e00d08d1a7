#include "access/principal.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"

namespace zeren::access {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"none", "system", "security", "audit"};

struct DutyRow {
  std::string_view name;
  Administers holder;
};

// In the order of the enumeration.
constexpr std::array<DutyRow, 5> kDuties = {{{"organisation.import", Administers::System},
                                             {"module.run", Administers::System},
                                             {"summary.read", Administers::System},
                                             {"account.manage", Administers::Security},
                                             {"audit.read", Administers::Audit}}};

constexpr std::string_view kSystem = "system:";

}  // namespace

Principal system_principal(std::string_view part) {
  const auto id = std::string(kSystem) + std::string(part);
  return {id, id, {}, Administers::Nothing, "", ""};
}

base::Result<void> require(const Principal& principal, Duty duty) {
  const auto& row = kDuties.at(static_cast<std::size_t>(duty));
  // Account ids are UUIDs: nobody can sign in as the system.
  if (principal.administers == row.holder || principal.id.starts_with(kSystem)) return {};
  return base::fail(base::Code::Forbidden,
                    {{"action", std::string(row.name)},
                     {"needs", std::string(name_of(row.holder)) + " administrator"}});
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
