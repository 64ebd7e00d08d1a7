#include "records/role_conflict.hpp"

#include <algorithm>

namespace zeren::records {
namespace {

bool acted_as(const Record& record, const std::string& account, const std::string& role) {
  return std::any_of(record.history.begin(), record.history.end(), [&](const StepTaken& step) {
    return step.account == account && step.role == role;
  });
}

}  // namespace

base::Result<void> check_roles(const RecordType& type, const Record& record,
                               const std::string& account, const std::string& role) {
  for (const auto& [one, other] : type.incompatible) {
    if (role != one && role != other) continue;
    const auto& barred = role == one ? other : one;
    if (!acted_as(record, account, barred)) continue;
    Args args;
    say(args, "role", type.title_of_role(role));
    say(args, "other", type.title_of_role(barred));
    return base::fail(base::Code::RolesIncompatible, std::move(args));
  }
  return {};
}

}  // namespace zeren::records
