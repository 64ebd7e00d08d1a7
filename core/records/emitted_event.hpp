// What a module tells the others about one of its records: an event that module.json declares under
// "events"/"out", with the fields that it names there and nothing else of the content.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

/// Every type of event begins with it; module.json leaves it out.
inline constexpr std::string_view kEventPrefix = "zeren.";

/// As the record stands after a change.
struct Told {
  const base::Json& content;
  const std::string& state;
  std::int64_t version = 0;
};

/// The event `name` about `record`, for its own side and for modules: a recipient's copy may leave fields out, so
/// recipients do not hear of it. Any thread.
store::Event emitted_event(const RecordType& type, const std::string& name, const Record& record, const Told& told);

}  // namespace zeren::records
