#include "app/commands/organisation_commands.hpp"

#include "base/unicode.hpp"

namespace zeren::app {
namespace {

tl::unexpected<base::Error> document_missing() {
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "\"document\" is the number of what orders it, and must be given"},
                     {"reason.zh-CN", "须填写文号（document）"}},
                    {"", 0, 0, "/document"});
}

template <class Act>
base::Result<org::ImportTexts> rows_of_act(const Snapshot& snapshot, const access::Principal& principal,
                                           const Act& wanted, const std::string& document) {
  auto allowed = access::require(principal, access::Duty::ImportOrganisation);
  if (!allowed) return base::pass(std::move(allowed));
  if (base::is_blank(document)) return document_missing();
  return org::rows_of(snapshot.organisation(), wanted);
}

template <class Act>
Command act_on_organisation(const access::Principal& principal, const std::string& action,
                            const Act& wanted, const std::string& document) {
  return {action, [=](Snapshot& snapshot) -> base::Result<store::ChangeSet> {
            const auto rows = rows_of_act(snapshot, principal, wanted, document);
            if (!rows) return base::pass(rows);
            auto change = org::plan_act(snapshot.organisation(), *rows, snapshot.ids, snapshot.now);
            if (!change) return change;
            change->act.action = action;
            change->act.committed["document"] = document;
            return change;
          }};
}

}  // namespace

Command appoint(const access::Principal& principal, const org::NewAppointment& wanted) {
  return act_on_organisation(principal, "appointment.make", wanted, wanted.doc_no);
}

Command end_appointment(const access::Principal& principal, const org::EndedAppointment& wanted,
                        const std::string& document) {
  return act_on_organisation(principal, "appointment.end", wanted, document);
}

Command succeed_units(const access::Principal& principal, const org::UnitSuccession& wanted,
                      const std::string& document) {
  return act_on_organisation(principal, "unit.succeed", wanted, document);
}

Query preview_succession(const access::Principal& principal, const org::UnitSuccession& wanted,
                         const std::string& document) {
  return [=](Snapshot& snapshot) -> base::Result<base::Json> {
    const auto rows = rows_of_act(snapshot, principal, wanted, document);
    if (!rows) return base::pass(rows);
    return org::preview_act(snapshot.organisation(), *rows, snapshot.ids);
  };
}

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
