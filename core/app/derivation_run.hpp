// A derivation, written in parts that each hold the writer for a moment: what the rules ask for is derived once and
// kept packed, then compared with the table a stretch of ids at a time. Each part is an entry with the digest of the
// table after it, so that whoever stops in the middle leaves a table that can be checked, and the next run goes on.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/snapshot.hpp"
#include "audit/derived_digest.hpp"
#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "records/obligation_merge.hpp"
#include "records/packed_obligations.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// One thread at a time.
class DerivationRun final {
 public:
  /// So many rows are written in less than a tenth of a second.
  static constexpr std::size_t kRowsAtOnce = 8000;

  explicit DerivationRun(const base::Period& window, std::size_t rows_at_once = kRowsAtOnce)
      : window_(window), rows_at_once_(rows_at_once) {}

  /// The next part, `more` while there is another; the last one answers for all. Begins again when organisation,
  /// rules or calendar are others than for the part before, or somebody else has derived since. Fails as
  /// records::derive() and Session::query(). Blocks.
  base::Result<store::ChangeSet> next(Snapshot& snapshot);

 private:
  struct Counts {
    std::size_t added = 0;
    std::size_t moved = 0;
    std::size_t superseded = 0;
    bool operator==(const Counts&) const = default;
  };
  /// How far the run has come.
  struct Progress {
    std::int64_t turn = 0;    // of the table
    std::size_t stretch = 0;  // the next one, counted in kStretches
    Counts counts = {};
    std::map<std::array<std::string, 3>, int> missing = {};  // recipients, by owner, rule and key
    std::optional<audit::PartedDigest> digest = {};          // of the table; none until something changes
  };

  base::Result<store::ChangeSet> part(Snapshot& snapshot);
  base::Result<void> take_turn(Snapshot& snapshot);
  void begin(Snapshot& snapshot, const Progress& progress);
  base::Result<void> derive(Snapshot& snapshot);
  base::Result<void> compare(Snapshot& snapshot, store::ChangeSet& change);
  base::Result<void> compare_sources(Snapshot& snapshot, store::ChangeSet& change);
  base::Result<void> know_digest(Snapshot& snapshot);
  base::Result<audit::PartedDigest> merge(std::vector<records::Obligation> standing,
                                          std::vector<records::Obligation> derived,
                                          const std::set<std::string>& filed, store::ChangeSet& change);
  void note(records::Outcome outcome);
  void count_missing(const std::vector<records::Obligation>& derived);
  base::Result<void> finish(const Snapshot& snapshot, store::ChangeSet& change) const;
  base::Json answer(const Snapshot& snapshot) const;

  base::Period window_;
  std::size_t rows_at_once_;
  std::string id_;       // of the run, by which it knows its own turns
  Knowledge known_;      // by which was derived
  records::PackedObligations derived_;
  std::set<int> undeclared_;
  std::size_t step_ = 0;  // stretches compared at a time
  Progress done_;         // what is durable
  bool ended_ = false;    // the last part was planned
  Progress planned_;      // what is if the last part became durable
};

}  // namespace zeren::app
