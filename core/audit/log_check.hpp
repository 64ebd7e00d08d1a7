// The part of verify that walks the log from end to end: leaves, hashes, tree, checkpoints, head,
// and the values behind the commitments. What the entries say of rows goes to a RowHistory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/compact_range.hpp"
#include "audit/last_signed.hpp"
#include "audit/report.hpp"
#include "audit/row_history.hpp"
#include "audit/verifier.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "store/session.hpp"

namespace zeren::audit {

/// A root that somebody vouched for, and the place where it is written.
struct RootClaim {
  std::int64_t size;
  Digest root;
  std::string what;
};

class LogCheck final {
 public:
  /// All must outlive the check.
  LogCheck(store::Session& session, const Verifier& verifier, RowHistory& history, Report& report)
      : session_(session), verifier_(verifier), history_(history), report_(report) {}

  /// Compares `claim` too, on the way.
  void expect(RootClaim claim) { outside_ = std::move(claim); }

  /// Once. Fails as Session::query().
  base::Result<void> run();

  /// The digest that the last derivation committed to; nullopt when there was none.
  const std::optional<std::string>& derived_digest() const { return derived_digest_; }
  std::int64_t derived_by() const { return derived_by_; }

 private:
  struct Entry {
    std::int64_t index;
    const base::Json& leaf;
  };

  base::Result<void> check_page(std::span<const store::Row> entries);
  base::Result<void> load_claims(std::int64_t after, std::int64_t to);
  void load_claim(const store::Row& checkpoint);
  base::Result<RootClaim> claim_of(const store::Row& checkpoint, const std::string& what);
  base::Json check_entry(const store::Row& row);
  void check_hash(std::int64_t index, const std::string& leaf, const store::Row& row);
  void append(const Digest& stored, const Digest& computed);
  void check_claims();
  bool is_root(const Digest& root);
  void check_values(const Entry& entry, std::span<const store::Row> values);
  void check_value(const Entry& entry, const base::Json& commitments, const store::Row& value);
  bool use_value(const Entry& entry, const std::string& name, const std::string& text);
  base::Result<void> check_strays();
  base::Result<void> check_head();
  void settle_differing();

  store::Session& session_;
  const Verifier& verifier_;
  RowHistory& history_;
  Report& report_;

  CompactRange tree_;                     // over the stored hashes
  std::optional<CompactRange> computed_;  // over the leaves' bytes, from where the two differ
  std::vector<std::size_t> differing_;    // findings that a leaf and its stored hash disagree
  bool computed_vouched_ = false;         // somebody's root is that of the bytes, not of the hashes
  std::int64_t next_index_ = 0;
  std::vector<RootClaim> claims_;  // of the page, by size
  std::size_t next_claim_ = 0;
  std::optional<RootClaim> outside_;
  std::optional<std::string> derived_digest_;
  std::int64_t derived_by_ = 0;
};

}  // namespace zeren::audit
