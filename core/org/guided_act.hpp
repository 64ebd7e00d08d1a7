// Single acts on the organisation, told in the words of an import: appointing, ending an appointment, and merging,
// splitting or renaming units. What an act means in rows is said here, whether the rows can stand is the import's to
// say, so that no act does what an import may not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/organisation.hpp"
#include "org/organisation_import.hpp"
#include "store/change_set.hpp"

namespace zeren::org {

/// By codes, as a request names them.
struct NewAppointment {
  std::string person;
  std::string post;
  std::string mode;  ///< of appointment_modes()
  std::string doc_no;
  base::Date from;
  std::optional<base::Date> to;  ///< the first day without it; none: open
};

/// Fails with CsvOverlap when the person holds the post on one of these days already. Any thread, as all of this
/// file.
base::Result<ImportTexts> rows_of(const Organisation& current, const NewAppointment& wanted);

struct EndedAppointment {
  std::string person;
  std::string post;
  base::Date on;  ///< the first day without it
};

/// What belonged to the person's portfolio ends with it. Fails with PersonUnknown, PostUnknown, or AppointmentUnknown
/// when the person does not hold the post on the day before.
base::Result<ImportTexts> rows_of(const Organisation& current, const EndedAppointment& wanted);

struct HeirUnit {
  std::string code;  ///< of a unit that stands, or a new one with what follows
  std::string name;
  std::string short_name;
  std::string level;
  std::string kind;
};

/// Several units become one, one becomes several, or one goes on under another name.
struct UnitSuccession {
  std::string what;  ///< of successions()
  std::vector<std::string> from;
  std::vector<HeirUnit> to;
  base::Date on;  ///< the first day of what comes after
};

/// The units of `from` end, and with them their posts, appointments, relations and the portfolios they were part of;
/// a new unit takes the places they had above and beside them; the units below them go to the first of `to`. Fails
/// with UnitUnknown, or RequestMalformed when the numbers of units do not make such a succession, when one of `to` does
/// not stand on that day or a unit is renamed to one that there is, and when somebody was appointed to what ends for a
/// later day.
base::Result<ImportTexts> rows_of(const Organisation& current, const UnitSuccession& wanted);

/// plan_import() of the rows of one act: a single fault is told as it is, without a file and a line that nobody wrote.
base::Result<store::ChangeSet> plan_act(const Organisation& current, const ImportTexts& rows,
                                        base::IdGenerator& ids, base::Instant now);

/// preview_import() likewise: what plan_act() would change.
base::Result<base::Json> preview_act(const Organisation& current, const ImportTexts& rows,
                                     base::IdGenerator& ids);

}  // namespace zeren::org
