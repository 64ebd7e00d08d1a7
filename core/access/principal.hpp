// Who a command or a query runs under. There is no request without one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "org/id.hpp"

namespace zeren::access {

/// The three administrators are kept apart: an account is one of them at most, and then no official.
enum class Administers : std::uint8_t { Nothing, System, Security, Audit };

/// The token that a machine came with.
struct TokenUse {
  std::string id;  ///< empty: none, a person is here
  std::int64_t version = 0;
  std::string name;
  bool read_only = false;
  std::vector<std::string> routes = {};  ///< as `GET /api/v1/records/*`; empty: all of them
};

struct Principal {
  std::string id;           ///< account id, or `system:scheduler`, `module:<id>`
  std::string name;         ///< account name
  org::PersonId person;     ///< empty for an administrator
  Administers administers = Administers::Nothing;
  std::string session;      ///< id of the sign-in; empty for the system and the local socket
  std::string csrf;         ///< what requests with a cookie must repeat
  TokenUse token = {};
  bool must_change_password = false;  ///< of a session that was opened by a password an administrator gave
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
