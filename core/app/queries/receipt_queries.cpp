#include "app/queries/receipt_queries.hpp"

#include <algorithm>

#include "app/bearer.hpp"
#include "app/officials.hpp"
#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using org::Direction;
using org::RelationKind;

constexpr std::int64_t kReceiptDays = 2;

// The commission above: a committee has none of its own, but the one beside each committee above it.
std::vector<org::UnitId> discipline_superiors(const Snapshot& snapshot, const org::UnitId& unit) {
  const auto& organisation = snapshot.organisation();
  const org::AsOf today{snapshot.today};
  auto above = organisation.related(unit, RelationKind::DisciplineSuperior, Direction::Forward, today);
  if (!above.empty()) return above;
  for (const auto& committee :
       organisation.related(unit, RelationKind::PartySuperior, Direction::Forward, today)) {
    const auto beside = organisation.related(committee, RelationKind::SameLevel, Direction::Backward, today);
    above.insert(above.end(), beside.begin(), beside.end());
  }
  return above;
}

Result<std::optional<OverdueReceipt>> overdue(const Snapshot& snapshot, const store::Row& row) {
  const auto since = base::local_date(base::from_millis(row.integer(5)), snapshot.zone);
  if (!since) return base::pass(since);
  OverdueReceipt receipt{row.text(0), row.text(1), row.text(2), {row.text(3)}, {row.text(4)}, *since,
                         0,           false,       {}};
  const auto module = snapshot.modules().find(receipt.module);
  if (!module) return std::optional<OverdueReceipt>{};
  constexpr std::chrono::days kNext{1};
  receipt.working_days =
      snapshot.calendar().working_days_in({*since + kNext, snapshot.today + kNext}).days;
  const auto days = number_in_force(snapshot, **module, "receipt_days", receipt.sender, kReceiptDays);
  if (receipt.working_days <= days) return std::optional<OverdueReceipt>{};
  receipt.escalated = receipt.working_days > 2 * days;
  receipt.superiors = discipline_superiors(snapshot, receipt.recipient);
  return std::optional(std::move(receipt));
}

bool concerns(const Snapshot& snapshot, const access::Principal& principal, const OverdueReceipt& receipt) {
  const auto module = snapshot.modules().find(receipt.module);
  const auto actor = actor_of(principal, **module, snapshot);
  if (holds_role_in(actor, receipt.sender) || holds_role_in(actor, receipt.recipient)) return true;
  return receipt.escalated && std::ranges::any_of(receipt.superiors, [&](const org::UnitId& unit) {
           return holds_role_in(actor, unit);
         });
}

}  // namespace

Result<std::vector<OverdueReceipt>> overdue_receipts(Snapshot& snapshot) {
  const auto rows = snapshot.session.query(
      "SELECT r.id, l.id, r.module, r.unit, l.recipient, l.delivered_at FROM leg l"
      " JOIN dispatch d ON d.id = l.dispatch JOIN record r ON r.id = d.record"
      " WHERE d.state = 'sent' AND l.state = 'sent' AND l.delivered_at IS NOT NULL"
      " ORDER BY l.delivered_at, l.id");
  if (!rows) return base::pass(rows);
  std::vector<OverdueReceipt> receipts;
  for (const auto& row : *rows) {
    auto receipt = overdue(snapshot, row);
    if (!receipt) return base::pass(std::move(receipt));
    if (*receipt) receipts.push_back(std::move(**receipt));
  }
  return receipts;
}

Query list_overdue_receipts(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto recused = records::recused_records(snapshot.session, principal.person);
    if (!recused) return base::pass(recused);
    const auto receipts = overdue_receipts(snapshot);
    if (!receipts) return base::pass(receipts);
    std::vector<const OverdueReceipt*> own;
    std::vector<Json> keys;
    for (const auto& each : *receipts) {
      if (recused->contains(each.record) || !concerns(snapshot, principal, each)) continue;
      own.push_back(&each);
      keys.push_back({base::to_string(each.since), each.leg});
    }
    const auto cut = cut_page(page, "overdue receipts", keys);
    if (!cut) return base::pass(cut);
    auto items = Json::array();
    for (const auto at : cut->chosen) {
      const auto& each = *own[at];
      items.push_back({{"record", each.record},
                       {"leg", each.leg},
                       {"sender", unit_reference(snapshot, each.sender)},
                       {"recipient", unit_reference(snapshot, each.recipient)},
                       {"since", base::to_string(each.since)},
                       {"working_days", each.working_days},
                       {"escalated", each.escalated}});
    }
    return Json{{"items", std::move(items)}, {"next", cut->next}};
  };
}

}  // namespace zeren::app
