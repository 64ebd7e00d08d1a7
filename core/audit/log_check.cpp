#include "audit/log_check.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "audit/checkpoint.hpp"
#include "audit/derived_digest.hpp"
#include "audit/entry.hpp"
#include "audit/stored_tree.hpp"

namespace zeren::audit {
namespace {

using base::Json;
using base::Result;
using store::Row;
using store::Value;

constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kAfterAll = std::numeric_limits<std::int64_t>::max();

std::string entry_place(std::int64_t index, std::string_view column = {}) {
  return place("audit_entry", "idx", index, column);
}
std::string leaf_place(std::int64_t index, std::string_view column = {}) {
  return place("audit_leaf", "idx", index, column);
}
std::string value_place(std::string_view entry, std::string_view name) {
  return place("audit_value", "entry", std::string(entry).append(",name=").append(name));
}

}  // namespace

Result<void> LogCheck::run() {
  if (auto loaded = load_claims(kBeforeAll, 0); !loaded) return loaded;
  check_claims();
  for (std::int64_t last = kBeforeAll;;) {
    const auto entries = session_.query(
        "SELECT e.idx, e.id, e.leaf, l.hash FROM audit_entry e LEFT JOIN audit_leaf l"
        " ON l.idx = e.idx WHERE e.idx > :1 ORDER BY e.idx LIMIT 500",
        std::array<Value, 1>{last});
    if (!entries) return base::pass(entries);
    if (entries->empty()) break;
    if (auto done = check_page(*entries); !done) return done;
    last = entries->back().integer(0);
  }
  if (auto loaded = load_claims(tree_.size(), kAfterAll); !loaded) return loaded;
  check_claims();
  if (outside_) report_.altered(outside_->what, "audit_leaf");
  if (auto done = check_strays(); !done) return done;
  if (auto done = check_head(); !done) return done;
  settle_differing();
  return {};
}

Result<void> LogCheck::check_page(std::span<const Row> entries) {
  const auto values = session_.query(
      "SELECT v.entry, v.name, v.salt, v.value FROM audit_entry e JOIN audit_value v"
      " ON v.entry = e.idx WHERE e.idx >= :1 AND e.idx <= :2 ORDER BY e.idx, v.name",
      std::array<Value, 2>{entries.front().integer(0), entries.back().integer(0)});
  if (!values) return base::pass(values);
  const auto size = tree_.size();
  auto loaded = load_claims(size, size + static_cast<std::int64_t>(entries.size()));
  if (!loaded) return loaded;
  std::span<const Row> rest = *values;
  for (const auto& row : entries) {
    const auto leaf = check_entry(row);
    check_claims();
    const auto mine = [&](const Row& value) { return value.integer(0) == row.integer(0); };
    const auto end = std::ranges::find_if_not(rest, mine);
    const auto count = static_cast<std::size_t>(end - rest.begin());
    if (leaf.is_object()) check_values({row.integer(0), leaf}, rest.first(count));
    rest = rest.subspan(count);
  }
  return {};
}

// The upper bound is open at the top: texts, which a damaged size may be, sort after every number.
Result<void> LogCheck::load_claims(std::int64_t after, std::int64_t to) {
  claims_.clear();
  next_claim_ = 0;
  const auto rows =
      to == kAfterAll
          ? session_.query(
                "SELECT size, root, note FROM audit_checkpoint WHERE size > :1 ORDER BY size",
                std::array<Value, 1>{after})
          : session_.query(
                "SELECT size, root, note FROM audit_checkpoint"
                " WHERE size > :1 AND size <= :2 ORDER BY size",
                std::array<Value, 2>{after, to});
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) load_claim(row);
  return {};
}

void LogCheck::load_claim(const Row& checkpoint) {
  ++report_.checkpoints;
  const auto what = place("audit_checkpoint", "size", checkpoint.text(0));
  auto claim = claim_of(checkpoint, what);
  if (claim) {
    claims_.push_back(*std::move(claim));
  } else {
    report_.altered(claim.error().args["what"], what + ".note");
  }
}

Result<RootClaim> LogCheck::claim_of(const Row& checkpoint, const std::string& what) {
  const auto altered = [&](const char* column) {
    return base::fail(base::Code::AuditAltered, {{"what", what + column}});
  };
  const auto note = verifier_.open(checkpoint.text(2));
  if (!note) return altered(".note");
  const auto body = parse_checkpoint(note->text);
  if (!body || body->origin != verifier_.name()) return altered(".note");
  if (std::to_string(body->size) != checkpoint.text(0)) return altered(".size");
  if (base::to_base64(body->root) != checkpoint.text(1)) return altered(".root");
  return RootClaim{body->size, body->root, what + ".root"};
}

Json LogCheck::check_entry(const Row& row) {
  ++report_.entries;
  const auto index = row.integer(0);
  if (index != next_index_) report_.missing(entry_place(next_index_), entry_place(index));
  next_index_ = index + 1;
  const auto problems = differing_.size();
  check_hash(index, row.text(2), row);
  auto leaf = base::parse_json(row.text(2));
  const auto canonical = leaf ? base::canonical(*leaf) : base::pass(leaf);
  const bool canonical_object = canonical && *canonical == row.text(2) && leaf->is_object();
  // One finding for one change: an altered leaf is told by its hash already.
  if (!canonical_object && problems == differing_.size()) {
    report_.altered(entry_place(index, "leaf"), "RFC 8785");
  }
  if (!leaf) return {};
  const auto id = leaf->find("id");
  if (id == leaf->end() || *id != row.text(1)) {
    report_.altered(entry_place(index, "id"), entry_place(index, "leaf"));
  }
  return *std::move(leaf);
}

void LogCheck::check_hash(std::int64_t index, const std::string& leaf, const Row& row) {
  const auto computed = leaf_hash(leaf);
  const auto stored = base::digest_from_base64(row.text(3));
  if (row.is_null(3)) {
    report_.missing(leaf_place(index), entry_place(index));
  } else if (!stored) {
    report_.altered(leaf_place(index, "hash"), entry_place(index, "leaf"));
  } else if (*stored != computed) {
    differing_.push_back(report_.findings.size());
    report_.altered(entry_place(index, "leaf"), leaf_place(index, "hash"));
  }
  append(stored.value_or(computed), computed);
}

void LogCheck::append(const Digest& stored, const Digest& computed) {
  if (!computed_ && stored != computed) computed_ = tree_;
  tree_.append(stored);
  if (computed_) computed_->append(computed);
}

bool LogCheck::is_root(const Digest& root) {
  if (root == tree_.root()) return true;
  if (!computed_ || root != computed_->root()) return false;
  computed_vouched_ = true;
  return true;
}

void LogCheck::check_claims() {
  for (; next_claim_ < claims_.size() && claims_[next_claim_].size <= tree_.size(); ++next_claim_) {
    const auto& claim = claims_[next_claim_];
    if (claim.size != tree_.size() || !is_root(claim.root))
      report_.altered(claim.what, "audit_leaf");
  }
  if (outside_ && outside_->size == tree_.size()) {
    if (!is_root(outside_->root)) report_.altered(outside_->what, "audit_leaf");
    outside_.reset();
  }
}

void LogCheck::check_values(const Entry& entry, std::span<const Row> values) {
  const auto found = entry.leaf.find("c");
  const Json commitments =
      found != entry.leaf.end() && found->is_object() ? *found : Json(Json::object());
  for (const auto& value : values) check_value(entry, commitments, value);
  for (const auto& [name, digest] : commitments.items()) {
    const auto here = [&](const Row& value) { return value.text(1) == name; };
    if (std::ranges::any_of(values, here)) continue;
    report_.missing(value_place(std::to_string(entry.index), name), entry_place(entry.index));
  }
}

void LogCheck::check_value(const Entry& entry, const Json& commitments, const Row& value) {
  ++report_.values;
  const auto& name = value.text(1);
  const auto what = value_place(value.text(0), name);
  const auto expected = commitments.find(name);
  if (expected == commitments.end()) return report_.unaccounted(what);
  const auto digest = commitment(value.text(2), name, value.text(3));
  const bool committed = digest && *expected == *digest && !value.is_null(2) && !value.is_null(3);
  // What was altered is used all the same: the rows it speaks of then tell what the change touches.
  const bool usable = use_value(entry, name, value.text(3));
  if (!committed || !usable) report_.altered(what, entry_place(entry.index));
}

// False when a value that the check needs is not of the form that the host writes.
bool LogCheck::use_value(const Entry& entry, const std::string& name, const std::string& text) {
  const auto action = entry.leaf.find("act");
  const bool derivation = action != entry.leaf.end() && *action == kDeriveAction;
  if (name != kRowsName && !(derivation && name == kDeriveDigest)) return true;
  const auto value = base::parse_json(text);
  if (!value) return false;
  if (name == kRowsName) return history_.apply(entry.index, *value);
  if (!value->is_string()) return false;
  derived_digest_ = value->get<std::string>();
  derived_by_ = entry.index;
  return true;
}

// Rows of the log that no entry leads to.
Result<void> LogCheck::check_strays() {
  const auto leaves = session_.query(
      "SELECT l.idx FROM audit_leaf l LEFT JOIN audit_entry e ON e.idx = l.idx"
      " WHERE e.idx IS NULL ORDER BY l.idx LIMIT 1000");
  if (!leaves) return base::pass(leaves);
  for (const auto& row : *leaves) report_.unaccounted(place("audit_leaf", "idx", row.text(0)));
  const auto values = session_.query(
      "SELECT v.entry, v.name FROM audit_value v LEFT JOIN audit_entry e ON e.idx = v.entry"
      " WHERE e.idx IS NULL ORDER BY v.entry LIMIT 1000");
  if (!values) return base::pass(values);
  for (const auto& row : *values) report_.unaccounted(value_place(row.text(0), row.text(1)));
  // What is still waiting speaks of a tree larger than there is.
  for (; next_claim_ < claims_.size(); ++next_claim_) {
    report_.altered(claims_[next_claim_].what, "audit_leaf");
  }
  return {};
}

Result<void> LogCheck::check_head() {
  const auto rows = session_.query("SELECT id, size, root, peaks FROM audit_head ORDER BY id");
  if (!rows) return base::pass(rows);
  bool found = false;
  for (const auto& row : *rows) {
    const auto what = place("audit_head", "id", row.text(0));
    if (row.text(0) != "1") {
      report_.unaccounted(what);
      continue;
    }
    found = true;
    const auto root = base::digest_from_base64(row.text(2));
    const bool of_bytes = root && *root != tree_.root() && is_root(*root);
    const auto& tree = of_bytes ? *computed_ : tree_;
    if (row.text(1) != std::to_string(tree.size())) report_.altered(what + ".size", "audit_leaf");
    if (row.text(2) != base::to_base64(tree.root())) report_.altered(what + ".root", "audit_leaf");
    if (row.text(3) != tree.peaks_text()) report_.altered(what + ".peaks", "audit_leaf");
  }
  if (!found && tree_.size() > 0) report_.missing("audit_head[id=1]", "audit_leaf");
  return {};
}

// Which of the two was changed, leaf or hash, is told by the roots that others hold.
void LogCheck::settle_differing() {
  if (!computed_vouched_) return;
  for (const auto at : differing_) {
    if (at >= report_.findings.size()) return;  // beyond what is listed
    auto& args = report_.findings[at].args;
    std::swap(args["what"], args["source"]);
  }
}

}  // namespace zeren::audit
