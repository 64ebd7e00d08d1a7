// To whom a record is sent: what rules and record types declare, and the units that it means for one record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "org/path.hpp"

namespace zeren::records {

struct Obligation;
struct Record;
struct RecordType;

/// To whom under one key, and how it gets there.
struct RecipientRule {
  std::string key;
  std::optional<org::Path> path;  ///< none: `field` says
  std::string channel = "system";
  std::string profile = {};  ///< of the record type: what is left out for them; empty: nothing
  bool held = false;         ///< waits until somebody releases it
  std::string field = {};    ///< of the record: names the units; empty: `path` leads to them
};

/// To whom, under one key of the rule; empty when the organisation has nobody there.
struct Recipients {
  std::string key;
  std::vector<org::UnitId> units;
  std::string channel = "system";
  std::string profile = {};
  bool held = false;
  std::string field = {};  ///< of the record: names the units when it is sent; `units` are empty till then
  bool operator==(const Recipients&) const = default;
};

/// The member `recipients` of an obligation or a record type. Fails with ConfigInvalid when a path cannot be parsed.
/// Any thread, as all of this file.
base::Result<std::vector<RecipientRule>> read_recipients(const base::Json& section);

/// What the rules mean for `unit` on that day; `unit` itself is nobody's recipient.
std::vector<Recipients> recipients_for(const std::vector<RecipientRule>& rules, const org::Organisation& organisation,
                                       const org::UnitId& unit, base::Date on);

/// `to` with the units that the fields of `content` name. Those named that there are not are left out.
std::vector<Recipients> with_named(std::vector<Recipients> to, const org::Organisation& organisation,
                                   const base::Json& content);

/// To whom the record goes today: what its obligation says wins, then what its type does. As far as is known: some
/// keys may have no units.
std::vector<Recipients> intended_recipients(const RecordType& type, const Record& record, const Obligation* obligation,
                                            const base::Json& content);

/// Fails with RecordFieldInvalid, at the field that names no unit or the record's own, and with RecipientMissing where
/// the organisation has nobody under a key, or nothing says to whom.
base::Result<void> check_recipients(const RecordType& type, const Record& record, const Obligation* obligation,
                                    const std::vector<Recipients>& to, const base::Json& content);

}  // namespace zeren::records
