// 双报告情况统计表: how many reports were due, filed, late and returned, by obligation rule.
#pragma once

#include <vector>

#include "zeren/catalogue.hpp"
#include "zeren/obligations.hpp"
#include "zeren/table.hpp"

/// Rows for DR1 and DR2 in this order, then for rules that a locality added, then the total. A late
/// report counts as late whether it has been filed since or not; a report counts as returned once,
/// however often it went back.
zeren::Table statistics(const std::vector<zeren::Obligation>& obligations,
                        const zeren::Catalogue& texts);
