// Which appointment a row of portfolios.csv belongs to: the row names person and post, and its first
// day decides between the tenures of a person who came back.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "org/import_draft.hpp"
#include "org/model.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

/// The appointments that would be believed after the import. Any thread.
class Tenures final {
 public:
  /// `drafted` take the place of the recorded ones that they correct.
  Tenures(const Organisation& current, const std::vector<Proposal<Appointment>>& drafted);

  /// The appointment of `person` to `post` that holds the first day of `row`. Or nothing, and a
  /// fault: CsvUnknownReference when there is no appointment at all, CsvValueInvalid when there are
  /// others.
  std::optional<AppointmentId> find(const PersonId& person, const PostId& post,
                                    const ImportRow& row, std::vector<base::Error>& faults) const;

 private:
  using Ends = std::pair<PersonId, PostId>;
  using Tenure = std::pair<base::Period, AppointmentId>;
  std::map<Ends, std::vector<Tenure>> tenures_;
};

}  // namespace zeren::org
