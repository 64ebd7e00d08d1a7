#include "records/emitted_event.hpp"

namespace zeren::records {

store::Event emitted_event(const RecordType& type, const std::string& name, const Record& record, const Told& told) {
  auto fields = base::Json::object();
  const auto declared = type.events.find(name);
  if (declared != type.events.end()) {
    for (const auto& field : declared->second) {
      if (told.content.contains(field)) fields[field] = told.content.at(field);
    }
  }
  // No content_version: by that a step is known from all else that happens to a record.
  return {std::string(kEventPrefix) + name,
          "record/" + record.id,
          store::Audience::OwnSide,
          {{"record", record.id},
           {"type", record.type},
           {"module", record.module},
           {"unit", record.unit.value},
           {"period", record.period},
           {"state", told.state},
           {"version", told.version},
           {"fields", std::move(fields)}}};
}

}  // namespace zeren::records
