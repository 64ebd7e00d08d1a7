#include "app/queries/audit_queries.hpp"

#include <charconv>
#include <iomanip>
#include <sstream>
#include <vector>

#include "access/account.hpp"
#include "app/queries/unit_reference.hpp"
#include "audit/merkle.hpp"
#include "audit/stored_tree.hpp"
#include "base/digest.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::Statement;

// Ids begin with their millisecond (UUIDv7), and texts compare by their bytes.
std::string first_id_at(base::Instant at) {
  std::ostringstream hex;
  hex << std::hex << std::setfill('0') << std::setw(12) << base::to_millis(at);
  const auto digits = hex.str();
  return digits.substr(0, 8) + "-" + digits.substr(8);
}

// Leaves are canonical JSON: a member looks the same in every one, and no text within holds a bare quote.
void where_member(Statement& statement, const std::string& member, const std::string& value) {
  if (value.empty()) return;
  std::string pattern = "%";
  for (const char letter : "\"" + member + "\":" + Json(value).dump()) {
    if (letter == '%' || letter == '_' || letter == '!') pattern += '!';
    pattern += letter;
  }
  statement.text(" AND leaf LIKE ").value(pattern + "%").text(" ESCAPE '!'");
}

Result<std::string> account_id(Snapshot& snapshot, const std::string& name) {
  if (name.empty()) return name;
  const auto account = access::find_account(snapshot.session, name);
  if (!account) return base::pass(account);
  if (*account) return (*account)->id;
  // Entries show what the host and modules do under such a name; nobody signs in with it.
  if (name.find(':') != std::string::npos) return name;
  const auto by_id = access::find_account_by_id(snapshot.session, name);
  if (!by_id) return base::pass(by_id);
  if (!*by_id) return base::fail(Code::AccountUnknown, {{"account", name}});
  return name;
}

Result<void> where_day(Statement& statement, const Snapshot& snapshot, const char* comparison,
                       std::optional<base::Date> day) {
  if (!day) return {};
  const auto end = base::end_of(*day, snapshot.zone);
  if (!end) return base::pass(end);
  statement.text(std::string(" AND id ") + comparison + " ").value(first_id_at(*end));
  return {};
}

Result<void> narrow(Statement& statement, Snapshot& snapshot, const EntryFilter& filter) {
  where_member(statement, "act", filter.action);
  where_member(statement, "out", filter.outcome);
  where_member(statement, "i", filter.object);
  const auto account = account_id(snapshot, filter.account);
  if (!account) return base::pass(account);
  where_member(statement, "sub", *account);
  if (!filter.unit.empty()) {
    const auto unit = unit_called(snapshot, filter.unit);
    if (!unit) return base::pass(unit);
    where_member(statement, "org", unit->value);
  }
  auto before = filter.from;
  if (before) *before -= std::chrono::days{1};
  if (auto done = where_day(statement, snapshot, ">=", before); !done) return done;
  return where_day(statement, snapshot, "<", filter.to);
}

// The place to go on from, in a form that says nothing to who has not been given it.
std::string cursor_of(std::int64_t index) {
  return base::to_base64url(base::bytes_of("entry:" + std::to_string(index)));
}

Result<std::optional<std::int64_t>> index_in(const std::string& cursor, std::int64_t newest) {
  if (cursor.empty()) return std::optional<std::int64_t>{};
  // There are as many cursors as entries: comparing is reading.
  constexpr std::size_t kLongest = 64;
  if (cursor.size() <= kLongest) {
    constexpr std::string_view kKind = "entry:";
    const auto bytes = base::from_base64url(cursor).value_or(base::Bytes{});
    const std::string text(bytes.begin(), bytes.end());
    std::int64_t index = -1;
    if (text.starts_with(kKind)) {
      std::from_chars(text.data() + kKind.size(), text.data() + text.size(), index);
    }
    if (index >= 0 && index <= newest && cursor_of(index) == cursor) return std::optional(index);
  }
  return base::fail(Code::CursorInvalid);
}

Json text_or_null(const Json& entry, const char* member) {
  return entry.contains(member) ? entry.at(member) : Json();
}

Result<Json> line_of(Snapshot& snapshot, const store::Row& row) {
  const auto leaf = base::parse_json(row.text(2));
  if (!leaf) return base::pass(leaf);
  const auto id = leaf->value("sub", "");
  const auto account = access::find_account_by_id(snapshot.session, id);
  if (!account) return base::pass(account);
  auto objects = Json::array();
  for (const auto& object : leaf->value("obj", Json::array())) {
    objects.push_back({{"type", object.at("t")}, {"id", object.at("i")}, {"version", object.at("ver")}});
  }
  return Json{{"index", row.integer(0)},
              {"id", row.text(1)},
              {"at", leaf->at("t")},
              {"action", leaf->at("act")},
              {"outcome", leaf->at("out")},
              {"account", *account ? (*account)->name : id},
              {"unit", leaf->contains("org") ? unit_reference(snapshot, {leaf->value("org", "")}) : Json()},
              {"objects", std::move(objects)},
              {"request", text_or_null(*leaf, "req")}};
}

Result<Json> newest_checkpoint(Snapshot& snapshot) {
  const auto row = snapshot.session.first(
      "SELECT size, root, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
  if (!row) return base::pass(row);
  if (!*row) return Json{{"size", nullptr}, {"root", nullptr}, {"note", nullptr}};
  const auto& r = **row;
  return Json{{"size", r.integer(0)}, {"root", r.text(1)}, {"note", r.text(2)}};
}

Result<Json> inclusion_of(Snapshot& snapshot, std::int64_t index) {
  auto checkpoint = newest_checkpoint(snapshot);
  if (!checkpoint) return checkpoint;
  const auto& size = checkpoint->at("size");
  if (size.is_null() || size.get<std::int64_t>() <= index) return Json();
  std::vector<base::Digest> leaves;
  auto read = audit::each_leaf_hash(snapshot.session, 0, size.get<std::int64_t>(),
                                    [&](const base::Digest& hash) { leaves.push_back(hash); });
  if (!read) return base::pass(std::move(read));
  auto proof = Json::array();
  for (const auto& hash : audit::inclusion_proof(leaves, index)) {
    proof.push_back(base::to_base64(hash));
  }
  return Json{{"size", size}, {"root", checkpoint->at("root")}, {"proof", std::move(proof)}};
}

Result<void> may_read_log(const access::Principal& principal) {
  return access::require(principal, access::Duty::ReadLog);
}

Result<Json> page_of(Snapshot& snapshot, const EntryFilter& filter, const Page& page) {
  const auto newest = snapshot.session.first("SELECT COALESCE(MAX(idx), -1) FROM audit_entry");
  if (!newest) return base::pass(newest);
  const auto after = index_in(page.cursor, (*newest)->integer(0));
  if (!after) return base::pass(after);
  Statement statement("SELECT idx, id, leaf FROM audit_entry WHERE idx < ");
  statement.value(after->value_or((*newest)->integer(0) + 1));
  if (auto done = narrow(statement, snapshot, filter); !done) return base::pass(std::move(done));
  statement.text(" ORDER BY idx DESC LIMIT ").value(page.limit);
  const auto rows = statement.rows(snapshot.session);
  if (!rows) return base::pass(rows);
  auto items = Json::array();
  for (const auto& row : *rows) {
    auto line = line_of(snapshot, row);
    if (!line) return line;
    items.push_back(std::move(*line));
  }
  const bool full = static_cast<std::int64_t>(rows->size()) == page.limit;
  return Json{{"items", std::move(items)},
              {"next", full ? Json(cursor_of(rows->back().integer(0))) : Json()}};
}

}  // namespace

Query list_entries(const access::Principal& principal, const EntryFilter& filter, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_read_log(principal); !allowed) return base::pass(std::move(allowed));
    return page_of(snapshot, filter, page);
  };
}

Query show_entry(const access::Principal& principal, std::int64_t index) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_read_log(principal); !allowed) return base::pass(std::move(allowed));
    const auto row = snapshot.session.first(
        "SELECT e.leaf, l.hash FROM audit_entry e JOIN audit_leaf l ON l.idx = e.idx WHERE e.idx = :1",
        std::vector<store::Value>{index});
    if (!row) return base::pass(row);
    if (!*row) return base::fail(Code::EntryUnknown, {{"entry", std::to_string(index)}});
    const auto& leaf = (*row)->text(0);
    auto entry = base::parse_json(leaf);
    if (!entry) return entry;
    auto inclusion = inclusion_of(snapshot, index);
    if (!inclusion) return inclusion;
    return Json{{"index", index},
                {"leaf", leaf},
                {"leaf_hash", (*row)->text(1)},
                {"entry", std::move(*entry)},
                {"inclusion", std::move(*inclusion)}};
  };
}

Query show_checkpoint(const access::Principal& principal) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto allowed = may_read_log(principal); !allowed) return base::pass(std::move(allowed));
    return newest_checkpoint(snapshot);
  };
}

}  // namespace zeren::app
