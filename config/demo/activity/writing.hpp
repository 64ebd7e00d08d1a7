// What the officials of the city write: sections of reports, opinions, reasons. Put together from phrases by what kind
// of unit it is and what it has charge of; the unit, its people and its cases are as invented as the city.
#pragma once

#include <string>
#include <string_view>

#include "base/civil_time.hpp"
#include "base/json.hpp"
#include "generator/chance.hpp"
#include "org/model.hpp"

namespace zeren::demo {

/// How a document of the unit is numbered: 市财政局党组〔2026〕3号.
std::string document_number(const org::Unit& unit, int year, Chance& chance);

/// The fields of a report on principal or supervisory responsibility for `year`, as the unit would fill them in that
/// deliberated on it on the day `deliberated`.
base::Json report_on(const org::Unit& unit, int year, base::Date deliberated, Chance& chance);

/// One of several ways to say it, for each occasion.
std::string returned_by_head(Chance& chance);
std::string returned_by_recipient(Chance& chance);
std::string reason_for_lateness(Chance& chance);
std::string opinion(Chance& chance);
std::string dissent(Chance& chance);
std::string comment(Chance& chance);
std::string urging(Chance& chance);
std::string reason_for_correction(Chance& chance);
std::string demand(Chance& chance);

/// The minutes that are attached: the meeting that deliberated on the report.
std::string minutes_of(const org::Unit& unit, int year, Chance& chance);

/// What the unit has charge of, in a few words for each: the last part of its code decides.
struct Field {
  std::string_view code;    ///< `finance`
  std::string_view work;    ///< 财政资金分配和预算执行
  std::string_view risks;   ///< 专项资金分配、政府采购、国库支付
  std::string_view case_;   ///< a problem that was found, without a subject
  std::string_view remedy;  ///< what was done about it
};
const Field& field_of(const org::Unit& unit);

}  // namespace zeren::demo
