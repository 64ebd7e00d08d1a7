// What has been filed was judged by the rules of its day, and stays so.
#pragma once

#include <vector>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "rules/rule_book.hpp"

namespace zeren::app {

/// Fails with RuleBackdated when one of `layers` begins before today and would move the due date of an obligation
/// for which a record was sent; as derive_module() and Session::query(). Blocks.
base::Result<void> check_settled(Snapshot& snapshot, const EnabledModule& module,
                                 const std::vector<rules::Layer>& layers);

}  // namespace zeren::app
