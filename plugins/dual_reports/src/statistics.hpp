// The two tables of the dual reports: 双报告情况统计表 by obligation rule, and 双报告情况汇总表 by unit.
#pragma once

#include <string>
#include <vector>

#include "zeren/catalogue.hpp"
#include "zeren/obligations.hpp"
#include "zeren/table.hpp"

/// Rows for DR1 and DR2, then for the other rules there are, in the order of their keys, then the total of what is
/// reported (a hearing or a rectification is no report). A late report counts as late whether it has been filed since or
/// not; a report counts as returned once, however often it went back.
/// Of obligations of several years the newest year of which something fell due by `as_of` is counted, and beside it, in
/// columns of their own, the year before.
zeren::Table statistics(const std::vector<zeren::Obligation>& obligations, const std::string& as_of,
                        const zeren::Catalogue& texts);

/// A row for each unit that owes a report, by code, and a total: what the next level adds to its own.
zeren::Table by_unit(const std::vector<zeren::Obligation>& obligations, const zeren::Catalogue& texts);
