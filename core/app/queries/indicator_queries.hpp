// Indicators (指标) as modules declare them: one figure for each unit and period, which names every
// record that it counted. Each reader's figures are made of what he may see.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/page.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/queries/row_set.hpp"

namespace zeren::app {

/// Empty texts mean all.
struct IndicatorFilter {
  std::string module;
  std::string name;
  RowScope scope;
};

/// `{items: [{module, name, title, measure, unit: {code, name}, period, value, of, in, records,
/// obligations}], next}`. A count is a number and a share a text such as `66.7`, null when there
/// was nothing to divide by; `of` and `in` are its two counts. Fails with ModuleNotEnabled,
/// IndicatorUnknown or CursorInvalid.
Query list_indicators(const access::Principal& principal, const IndicatorFilter& filter,
                      const Page& page);

}  // namespace zeren::app
