// What the rows of an import mean: which thing each one speaks of, and whether it is new, a
// correction of what is recorded, or nothing new. Whether all of it can stand together is
// import_check's to say.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "org/import_file.hpp"
#include "org/model.hpp"
#include "org/organisation.hpp"

namespace zeren::org {

struct ImportFiles {
  ImportFile units;
  ImportFile relations;
  ImportFile persons;
  ImportFile posts;
  ImportFile appointments;
  ImportFile portfolios;
};

template <class T>
struct Proposal {
  T value;
  const ImportRow* row = nullptr;  ///< what brought it in; never null; of the ImportFiles drafted from
  std::int64_t replaces = 0;       ///< the revision in force; 0 for a thing not recorded yet
  bool unchanged = false;          ///< it says what is recorded already
};

struct Draft {
  std::vector<Proposal<Unit>> units;
  std::vector<Proposal<Relation>> relations;
  std::vector<Proposal<Person>> persons;
  std::vector<Proposal<Post>> posts;
  std::vector<Proposal<Appointment>> appointments;
  std::vector<Proposal<Portfolio>> portfolios;
};

/// Units, persons and posts are recognised by code. Relations, appointments and portfolios have
/// none: a row speaks of the recorded one between the same ends that begins on the same day, or
/// else of one that overlaps it. A post stands as long as its unit, and when the unit's row moves
/// its dates, those of its recorded posts move along. A portfolio belongs to the
/// appointment of its person to its post that holds its first day. What the file has no column for stays
/// as it is recorded. Rows that stand twice, name an
/// unknown code or no appointment are left out and appended to `faults`. Any thread.
Draft draft_import(const Organisation& current, const ImportFiles& files, base::IdGenerator& ids,
                   std::vector<base::Error>& faults);

}  // namespace zeren::org
