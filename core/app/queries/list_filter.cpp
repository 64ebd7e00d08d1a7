#include "app/queries/list_filter.hpp"

#include "records/earlier_ledger.hpp"

namespace zeren::app {

using base::Code;
using base::Result;

Result<void> check_module(Snapshot& snapshot, const std::string& id) {
  if (id.empty()) return {};
  const auto row = snapshot.session.first("SELECT 1 FROM module WHERE id = :1", std::vector<store::Value>{id});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::ModuleNotEnabled, {{"module", id}});
  return {};
}

Result<void> check_period(const std::string& period) {
  if (period.empty() || records::is_period(period)) return {};
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"" + period + "\" is no period; write it as 2025"},
                     {"reason.zh-CN", "“" + period + "”不是期间，应写作 2025"}});
}

}  // namespace zeren::app
