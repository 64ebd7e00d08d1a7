#include "access/grant.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/json.hpp"
#include "org/code_tables.hpp"

namespace zeren::access {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::RowWrite;
using store::Value;

constexpr std::array<std::string_view, 4> kTies = {"any", "author", "recipient", "assignee"};

Result<Grant> read_grant(const store::Row& row) {
  const auto from = base::parse_date(row.text(12));
  if (!from) return base::pass(from);
  const auto to = base::parse_date(row.text(13));
  if (!to) return base::pass(to);
  const auto clearance = rules::sensitivity_named(row.text(9));
  if (!clearance) return base::pass(clearance);
  const auto groups = base::parse_json(row.text(10));
  if (!groups) return base::pass(groups);
  return Grant{row.text(0),
               row.integer(1),
               row.text(2),
               {row.text(3)},
               row.text(4),
               row.text(5),
               row.text(6),
               {row.text(7)},
               org::relation_kind(row.text(8)),
               *clearance,
               groups->get<std::vector<std::string>>(),
               tie_named(row.text(11)).value_or(Tie::Author),
               {*from, *to},
               row.text(14),
               row.text(15),
               base::from_millis(row.integer(16))};
}

store::Columns columns_of(const Grant& grant) {
  return {{"version", grant.version},
          {"account", grant.account},
          {"post", grant.post.value},
          {"module", grant.module},
          {"record_type", grant.type},
          {"action", grant.action},
          {"unit", grant.unit.value},
          {"relation", grant.below ? std::string(org::code_of(*grant.below)) : std::string()},
          {"sensitivity", std::string(rules::name_of(grant.clearance))},
          {"field_groups", Json(grant.groups).dump()},
          {"tie", std::string(name_of(grant.tie))},
          {"valid_from", base::to_string(grant.valid.from)},
          {"valid_to", base::to_string(grant.valid.to)},
          {"reason", grant.reason},
          {"given_by", grant.given_by},
          {"given_at", base::to_millis(grant.given_at)},
          {"revoked_at", std::monostate{}},
          {"revoke_reason", std::monostate{}}};
}

// Whoever plans by the grants names this epoch.
void bump(const GrantBook& book, store::ChangeSet& change) {
  const store::Columns key{{"name", std::string(kGrantEpoch)}};
  change.reads.push_back({"epoch", key, book.epoch()});
  change.rows.push_back({book.epoch() == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                         "epoch",
                         key,
                         {{"version", book.epoch() + 1}}});
}

}  // namespace

std::string_view name_of(Tie tie) { return kTies.at(static_cast<std::size_t>(tie)); }

std::optional<Tie> tie_named(std::string_view name) {
  const auto* const found = std::ranges::find(kTies, name);
  if (found == kTies.end()) return std::nullopt;
  return static_cast<Tie>(found - kTies.begin());
}

Result<std::shared_ptr<const GrantBook>> GrantBook::load(store::Session& session) {
  const auto rows = session.query(
      "SELECT id, version, account, post, module, record_type, action, unit, relation, sensitivity,"
      " field_groups, tie, valid_from, valid_to, reason, given_by, given_at FROM access_grant"
      " WHERE revoked_at IS NULL ORDER BY id DESC");
  if (!rows) return base::pass(rows);
  const auto epoch = session.first("SELECT version FROM epoch WHERE name = :1",
                                   std::vector<Value>{std::string(kGrantEpoch)});
  if (!epoch) return base::pass(epoch);
  std::vector<Grant> grants;
  for (const auto& row : *rows) {
    auto grant = read_grant(row);
    if (!grant) return base::pass(std::move(grant));
    grants.push_back(std::move(*grant));
  }
  return std::make_shared<const GrantBook>(std::move(grants),
                                           *epoch ? (*epoch)->integer(0) : 0);
}

std::vector<const Grant*> GrantBook::held(const std::string& account,
                                          const std::vector<org::PostId>& posts,
                                          base::Date on) const {
  std::vector<const Grant*> all;
  for (const auto& grant : grants_) {
    const bool mine = grant.account.empty()
                          ? std::ranges::find(posts, grant.post) != posts.end()
                          : grant.account == account;
    if (mine && grant.valid.contains(on)) all.push_back(&grant);
  }
  return all;
}

bool covers(const Grant& grant, const org::Organisation& organisation, const org::UnitId& unit) {
  if (grant.unit == unit) return true;
  return grant.below && organisation.hierarchy(*grant.below).contains(grant.unit, unit);
}

Result<store::ChangeSet> plan_grant(Grant grant, const std::string& giver, const GrantBook& book,
                                    base::IdGenerator& ids, base::Instant now) {
  if (grant.account == giver) return base::fail(Code::GrantToSelf);
  grant.id = ids.next();
  grant.given_by = giver;
  grant.given_at = now;
  store::ChangeSet change;
  change.act.action = "grant.give";
  change.act.unit = grant.unit.value;
  change.act.objects = {{"grant", grant.id, 1}};
  change.rows.push_back(
      {RowWrite::Kind::Insert, "access_grant", {{"id", grant.id}}, columns_of(grant)});
  bump(book, change);
  change.answer = {{"id", grant.id}};
  return change;
}

Result<store::ChangeSet> plan_revocation(const GrantBook& book, const std::string& id,
                                         const std::string& reason, base::Instant now) {
  const auto& all = book.all();
  const auto found = std::ranges::find(all, id, &Grant::id);
  if (found == all.end()) return base::fail(Code::GrantUnknown, {{"grant", id}});
  store::ChangeSet change;
  change.act.action = "grant.revoke";
  change.act.unit = found->unit.value;
  change.act.objects = {{"grant", id, found->version + 1}};
  change.reads.push_back({"access_grant", {{"id", id}}, found->version});
  change.rows.push_back({RowWrite::Kind::Update,
                         "access_grant",
                         {{"id", id}},
                         {{"version", found->version + 1},
                          {"revoked_at", base::to_millis(now)},
                          {"revoke_reason", reason}}});
  bump(book, change);
  change.answer = {{"id", id}};
  return change;
}

}  // namespace zeren::access
