#include "rules/waiver.hpp"

namespace zeren::rules {
namespace {

base::Result<Waiver> to_waiver(const store::Row& row) {
  auto value = base::parse_json(row.text(2));
  if (!value) return base::pass(value);
  const auto from = base::parse_date(row.text(5));
  if (!from) return base::pass(from);
  const auto to = base::parse_date(row.text(6));
  if (!to) return base::pass(to);
  return Waiver{{row.text(0)}, row.text(1),  std::move(*value), row.text(3),
                {row.text(4)}, {*from, *to}, row.integer(7)};
}

}  // namespace

base::Result<std::vector<Waiver>> load_waivers(store::Session& session, const std::string& module) {
  const auto rows = session.query(
      "SELECT unit, parameter, value, basis, granted_by, valid_from, valid_to, version FROM waiver"
      " WHERE module = :1 ORDER BY unit, parameter, valid_from",
      std::vector<store::Value>{module});
  if (!rows) return base::pass(rows);
  std::vector<Waiver> waivers;
  for (const auto& row : *rows) {
    auto waiver = to_waiver(row);
    if (!waiver) return base::pass(std::move(waiver));
    waivers.push_back(std::move(*waiver));
  }
  return waivers;
}

}  // namespace zeren::rules
