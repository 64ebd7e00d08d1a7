#include "records/recipients.hpp"

#include <algorithm>
#include <utility>

#include "records/content_faults.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"
#include "records/record_type.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

RecipientRule recipient_of(const std::string& key, const Json& body, std::optional<org::Path> path) {
  if (body.is_string()) return {key, std::move(path)};
  return {key, std::move(path), body.value("channel", "system"), body.value("profile", ""),
          body.value("held", false), body.value("field", "")};
}

// The codes in the field, a text or a list of them.
std::vector<std::string> codes_in(const Json& content, const std::string& field) {
  const auto found = content.find(field);
  if (found == content.end() || found->is_null()) return {};
  if (found->is_string()) return found->get<std::string>().empty() ? std::vector<std::string>{}
                                                                   : std::vector{found->get<std::string>()};
  return found->get<std::vector<std::string>>();
}

// Where the unit's own code stands; empty: nowhere.
std::string place_of_own(const Record& record, const Json& content, const std::string& field) {
  if (field.empty() || record.around.organisation == nullptr) return {};
  const auto* unit = record.around.organisation->unit(record.unit);
  const auto codes = codes_in(content, field);
  const auto own = unit == nullptr ? codes.end() : std::ranges::find(codes, unit->code);
  if (own == codes.end()) return {};
  return "/" + field + (content.at(field).is_array() ? "/" + std::to_string(own - codes.begin()) : "");
}

}  // namespace

Result<std::vector<RecipientRule>> read_recipients(const Json& section) {
  std::vector<RecipientRule> recipients;
  for (const auto& [key, body] : section.items()) {
    if (body.is_object() && body.contains("field")) {
      recipients.push_back(recipient_of(key, body, std::nullopt));
      continue;
    }
    auto path = org::Path::parse((body.is_string() ? body : body.at("path")).get<std::string>());
    if (!path) return base::pass(std::move(path));
    recipients.push_back(recipient_of(key, body, std::move(*path)));
  }
  return recipients;
}

std::vector<Recipients> recipients_for(const std::vector<RecipientRule>& rules, const org::Organisation& organisation,
                                       const org::UnitId& unit, base::Date on) {
  std::vector<Recipients> all;
  for (const auto& to : rules) {
    auto units = to.path ? to.path->evaluate(organisation, unit, {on}) : std::vector<org::UnitId>{};
    std::erase(units, unit);
    all.push_back({to.key, std::move(units), to.channel, to.profile, to.held, to.field});
  }
  return all;
}

std::vector<Recipients> with_named(std::vector<Recipients> to, const org::Organisation& organisation,
                                   const Json& content) {
  for (auto& each : to) {
    if (each.field.empty()) continue;
    each.units.clear();
    for (const auto& code : codes_in(content, each.field)) {
      const auto* unit = organisation.unit_by_code(code);
      if (unit != nullptr) each.units.push_back(unit->id);
    }
  }
  return to;
}

std::vector<Recipients> intended_recipients(const RecordType& type, const Record& record, const Obligation* obligation,
                                            const Json& content) {
  const auto* organisation = record.around.organisation.get();
  const bool owed = obligation != nullptr && !obligation->recipients.empty();
  auto to = owed ? obligation->recipients : std::vector<Recipients>{};
  if (organisation == nullptr) return to;
  if (!owed) to = recipients_for(type.recipients, *organisation, record.unit, record.around.today);
  to = with_named(std::move(to), *organisation, content);
  for (auto& each : to) std::erase(each.units, record.unit);
  return to;
}

Result<void> check_recipients(const RecordType& type, const Record& record, const Obligation* obligation,
                              const std::vector<Recipients>& to, const Json& content) {
  const auto missing = [&](const std::string& recipient, const std::string& path) {
    return base::fail(base::Code::RecipientMissing,
                      {{"unit", record.unit.value}, {"recipient", recipient}, {"path", path}});
  };
  if (to.empty()) return missing("-", "-");
  for (const auto& each : to) {
    const auto title = type.schema.title_of(each.field);
    const auto own = place_of_own(record, content, each.field);
    if (!own.empty()) {
      return tl::unexpected(field_fault(own, title, "a unit sends nothing to itself; take out the unit's own code",
                                        "不得报送本单位，请删去本单位代码"));
    }
    if (!each.units.empty()) continue;
    if (each.field.empty()) return missing(each.key, (obligation ? obligation->rule : type.key) + "." + each.key);
    return tl::unexpected(field_fault("/" + each.field, title, "no unit named: fill in /" + each.field,
                                      "未填写接收单位，请填写"));
  }
  return {};
}

}  // namespace zeren::records
