// Who a command or a query runs under. There is no request without one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "org/id.hpp"

namespace zeren::access {

/// The three administrators are kept apart: an account is one of them at most, and then no official.
enum class Administers : std::uint8_t { Nothing, System, Security, Audit };

struct Principal {
  std::string id;           ///< account id, or `system:scheduler`, `module:<id>`
  std::string name;         ///< account name
  org::PersonId person;     ///< empty for an administrator
  Administers administers = Administers::Nothing;
  std::string session;      ///< id of the sign-in; empty for the system and the local socket
  std::string csrf;         ///< what requests with a cookie must repeat
};

/// The host itself: derivation at night, checkpoints, its own first entries.
Principal system_principal(std::string_view part);

/// What an administrator's account may do, and nobody else.
enum class Duty : std::uint8_t {
  ImportOrganisation,  ///< system
  RunModules,          ///< system: enable, approve, set rules, derive
  SeeSummaries,        ///< system: counts, never records
  ManageAccounts,      ///< security
  ReadLog,             ///< audit
};

/// Fails with Forbidden, which names the duty and who has it.
base::Result<void> require(const Principal& principal, Duty duty);

Administers administers_from(std::string_view name);
std::string_view name_of(Administers administers);

}  // namespace zeren::access
