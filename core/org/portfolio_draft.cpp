#include "org/portfolio_draft.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "org/import_file.hpp"

namespace zeren::org {
namespace {

using base::Code;

base::Error no_appointment(const ImportRow& row) {
  return {Code::CsvUnknownReference,
          {{"column", "post"},
           {"value", row.text("person") + " " + row.text("post")},
           {"target", std::string(appointments_shape().file)}},
          row.where("post"),
          {}};
}

}  // namespace

Tenures::Tenures(const Organisation& current, const std::vector<Proposal<Appointment>>& drafted) {
  std::unordered_set<AppointmentId> corrected;
  for (const auto& proposal : drafted) {
    const auto& each = proposal.value;
    corrected.insert(each.id);
    tenures_[{each.person, each.post}].emplace_back(each.valid, each.id);
  }
  for (const auto& revision : current.appointment_history().all()) {
    const auto& each = revision.value;
    if (revision.known_to || corrected.contains(each.id)) continue;
    tenures_[{each.person, each.post}].emplace_back(each.valid, each.id);
  }
  for (auto& [ends, tenures] : tenures_) std::sort(tenures.begin(), tenures.end());
}

std::optional<AppointmentId> Tenures::find(const PersonId& person, const PostId& post,
                                           const ImportRow& row,
                                           std::vector<base::Error>& faults) const {
  const auto held = tenures_.find({person, post});
  if (held == tenures_.end()) {
    faults.push_back(no_appointment(row));
    return std::nullopt;
  }
  std::string periods;
  for (const auto& [valid, id] : held->second) {
    if (valid.contains(row.valid().from)) return id;
    if (!periods.empty()) periods += ", ";
    periods += base::to_string(valid.from) + "/" + base::to_string(valid.to);
  }
  faults.push_back(
      {Code::CsvValueInvalid,
       {{"column", "valid_from"}, {"value", row.text("valid_from")}, {"allowed", periods}},
       row.where("valid_from"),
       {}});
  return std::nullopt;
}

}  // namespace zeren::org
