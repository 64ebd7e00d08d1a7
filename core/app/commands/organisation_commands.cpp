#include "app/commands/organisation_commands.hpp"

namespace zeren::app {

Command import_organisation(const access::Principal& principal, const org::ImportTexts& texts) {
  constexpr auto kAction = "organisation.import";
  return {kAction, [=](Snapshot& snapshot) -> base::Result<store::ChangeSet> {
            auto allowed = access::require(principal, access::Duty::ImportOrganisation);
            if (!allowed) return base::pass(std::move(allowed));
            auto change =
                org::plan_import(snapshot.organisation(), texts, snapshot.ids, snapshot.now);
            if (!change) return change;
            change->act.action = change->rows.empty() ? "" : kAction;
            return change;
          }};
}

Query preview_import(const access::Principal& principal, const org::ImportTexts& texts) {
  return [=](Snapshot& snapshot) -> base::Result<base::Json> {
    auto allowed = access::require(principal, access::Duty::ImportOrganisation);
    if (!allowed) return base::pass(std::move(allowed));
    return org::preview_import(snapshot.organisation(), texts, snapshot.ids);
  };
}

}  // namespace zeren::app
