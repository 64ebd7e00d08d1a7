#include "app/derivation_run.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/derivation.hpp"
#include "app/epochs.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/source_obligations.hpp"
#include "app/standing_light.hpp"
#include "records/obligation_rows.hpp"
#include "records/standing.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using records::Obligation;
using records::Outcome;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

// Ids are hexadecimal: a stretch begins where the parts of the digest do.
constexpr std::size_t kStretches = 4096;
constexpr auto kTurn = "derivation";

// Where a stretch begins: nothing before the first and nothing after the last.
std::string bound(std::size_t stretch) {
  if (stretch == 0 || stretch >= kStretches) return "";
  std::array<char, 4> text{};
  std::snprintf(text.data(), text.size(), "%03zx", stretch);
  return text.data();
}

bool same_ground(const Knowledge& a, const Knowledge& b) {
  return a.organisation == b.organisation && a.modules == b.modules && a.calendar == b.calendar;
}

std::size_t added_in(const ChangeSet& change) {
  return change.batches.empty() ? 0 : change.batches.front().rows.size();
}

// What a module that stays out is owed stands as it is, or it would look as if nobody asked for it any more.
void keep_refused(const Snapshot& snapshot, const std::vector<Obligation>& standing,
                  std::vector<Obligation>& derived) {
  const auto& refused = snapshot.modules().refused();
  if (refused.empty()) return;
  for (const auto& old : standing) {
    if (refused.contains(old.module)) derived.push_back(old);
  }
}

void add_row(const Obligation& obligation, ChangeSet& change) {
  if (change.batches.empty()) change.batches.push_back({"obligation", records::obligation_columns(), {}});
  change.batches.front().rows.push_back(records::obligation_values(obligation));
}

}  // namespace

Result<ChangeSet> DerivationRun::next(Snapshot& snapshot) {
  auto change = part(snapshot);
  if (change && change->more) return change;
  // A command may be kept for longer than the host it was run on, whose modules must go first.
  known_ = {};
  derived_ = {};
  return change;
}

Result<ChangeSet> DerivationRun::part(Snapshot& snapshot) {
  if (auto done = take_turn(snapshot); !done) return base::pass(done);
  if (auto done = derive(snapshot); !done) return base::pass(done);
  planned_ = done_;
  ChangeSet change;
  while (planned_.stretch < kStretches && added_in(change) + change.rows.size() < rows_at_once_) {
    if (auto done = compare(snapshot, change); !done) return base::pass(done);
  }
  if (planned_.stretch == kStretches) {
    if (auto done = compare_sources(snapshot, change); !done) return base::pass(done);
  }
  if (auto done = finish(snapshot, change); !done) return base::pass(done);
  ended_ = !change.more;
  return change;
}

// Whether the last part became durable, and whether the table is still as this run left it.
Result<void> DerivationRun::take_turn(Snapshot& snapshot) {
  const auto row = snapshot.session.first("SELECT version, holder FROM lease WHERE name = :1",
                                          std::array<Value, 1>{kTurn});
  if (!row) return base::pass(row);
  const auto turn = *row ? (*row)->integer(0) : 0;
  const bool durable = *row && (*row)->text(1) == id_ && turn == done_.turn + 1;
  const bool ended = ended_ && (durable || planned_.counts == done_.counts);
  if (ended || id_.empty()) {
    begin(snapshot, {turn});
  } else if (durable) {
    done_ = planned_;
    done_.turn = turn;
  } else if (turn != done_.turn) {
    begin(snapshot, {turn, 0, done_.counts});
  }
  return {};
}

void DerivationRun::begin(Snapshot& snapshot, const Progress& progress) {
  id_ = snapshot.ids.next();
  known_ = {};
  done_ = progress;
  ended_ = false;
}

Result<void> DerivationRun::derive(Snapshot& snapshot) {
  if (same_ground(known_, snapshot.known)) return {};
  derived_ = {};
  undeclared_.clear();
  done_ = {done_.turn, 0, done_.counts};
  const auto row = snapshot.session.first("SELECT COUNT(*) FROM obligation");
  if (!row) return base::pass(row);
  const auto standing = static_cast<std::size_t>((*row)->integer(0));
  // What lies outside the window is wanted only to find what stands, and moved.
  const auto reach = standing == 0 ? window_ : reach_of(window_);
  for (const auto& [id, module] : snapshot.modules().all()) {
    for (const auto& rule : module.obligations) {
      auto undeclared = records::derive_each(
          rule, module.rules, snapshot.organisation(), snapshot.calendar(), module.issuer, reach,
          [&](const Obligation& obligation) { derived_.add(obligation); });
      if (!undeclared) return base::pass(std::move(undeclared));
      undeclared_.insert(undeclared->begin(), undeclared->end());
    }
  }
  derived_.sort();
  known_ = snapshot.known;
  const auto rows = derived_.size() + standing;
  // A part then goes beyond its rows by an eighth at most.
  const auto rows_in_stretch = std::max<std::size_t>(rows_at_once_ / 8, 1);
  step_ = std::clamp<std::size_t>(kStretches * rows_in_stretch / std::max<std::size_t>(rows, 1), 1, kStretches);
  return {};
}

Result<void> DerivationRun::compare(Snapshot& snapshot, ChangeSet& change) {
  const auto next = std::min(planned_.stretch + step_, kStretches);
  const auto from = bound(planned_.stretch);
  const auto to = bound(next);
  auto standing = records::load_obligations(snapshot.session, from, to);
  if (!standing) return base::pass(std::move(standing));
  std::erase_if(*standing, [](const Obligation& each) { return !each.source.empty(); });
  records::Derivation fresh{derived_.between(from, to), {}};
  keep_refused(snapshot, *standing, fresh.obligations);
  std::set<std::string> filed;
  if (!standing->empty()) {
    auto kept = keep_settled(snapshot, *standing, {from, to}, fresh);
    if (!kept) return kept;
    auto judged = records::filed_obligations(snapshot.session, fulfilling_states(snapshot.modules()), from, to);
    if (!judged) return base::pass(std::move(judged));
    filed = std::move(*judged);
  }
  count_missing(fresh.obligations);
  const auto before = planned_.counts;
  const auto digest = merge(std::move(*standing), std::move(fresh.obligations), filed, change);
  if (!digest) return base::pass(digest);
  if (planned_.counts != before) {
    if (auto known = know_digest(snapshot); !known) return known;
  }
  if (planned_.digest) planned_.digest->replace(from, to, *digest);
  planned_.stretch = next;
  return {};
}

// Commands keep these up to date: a run finds as much as nothing, so that one part has room for all of it.
Result<void> DerivationRun::compare_sources(Snapshot& snapshot, ChangeSet& change) {
  const auto found = derive_sources(snapshot, change);
  if (!found) return base::pass(found);
  planned_.counts.added += found->added;
  planned_.counts.moved += found->moved;
  planned_.counts.superseded += found->superseded;
  return planned_.counts == done_.counts ? Result<void>{} : know_digest(snapshot);
}

Result<void> DerivationRun::know_digest(Snapshot& snapshot) {
  if (planned_.digest) return {};
  auto table = audit::parted_digest(snapshot.session, audit::kDerivedTable);
  if (!table) return base::pass(std::move(table));
  planned_.digest = std::move(*table);
  return {};
}

Result<audit::PartedDigest> DerivationRun::merge(std::vector<Obligation> standing, std::vector<Obligation> derived,
                                                 const std::set<std::string>& filed, ChangeSet& change) {
  audit::PartDigester digester;
  std::string text;
  const auto merged = records::merge_obligations(
      std::move(standing), std::move(derived), window_, filed,
      [&](const Obligation& now, Outcome outcome) -> Result<void> {
        text.clear();
        auto done = store::append_canonical(records::obligation_values(now), text);
        if (!done) return done;
        digester.add(now.id, text);
        if (outcome == Outcome::Added) add_row(now, change);
        if (outcome == Outcome::Moved || outcome == Outcome::Superseded) {
          change.rows.push_back(records::row_for(now, true));
        }
        note(outcome);
        return {};
      });
  if (!merged) return base::pass(merged);
  return digester.finish();
}

void DerivationRun::note(Outcome outcome) {
  if (outcome == Outcome::Added) ++planned_.counts.added;
  if (outcome == Outcome::Moved) ++planned_.counts.moved;
  if (outcome == Outcome::Superseded) ++planned_.counts.superseded;
}

void DerivationRun::count_missing(const std::vector<Obligation>& derived) {
  for (const auto& obligation : derived) {
    if (obligation.superseded || !window_.contains(obligation.placed_on())) continue;
    for (const auto& to : obligation.recipients) {
      if (!to.units.empty() || !to.field.empty()) continue;
      ++planned_.missing[{obligation.owner.value, obligation.module + "." + obligation.rule, to.key}];
    }
  }
}

Json DerivationRun::answer(const Snapshot& snapshot) const {
  auto missing = Json::array();
  for (const auto& [what, count] : planned_.missing) {
    missing.push_back({{"unit", unit_reference(snapshot, {what[0]})},
                       {"rule", what[1]},
                       {"recipient", what[2]},
                       {"count", count}});
  }
  return {{"added", planned_.counts.added},
          {"moved", planned_.counts.moved},
          {"superseded", planned_.counts.superseded},
          {"undeclared_years", undeclared_in({{}, undeclared_}, window_)},
          {"missing_recipients", std::move(missing)}};
}

Result<void> DerivationRun::finish(const Snapshot& snapshot, ChangeSet& change) const {
  change.answer = answer(snapshot);
  if (planned_.counts == done_.counts) return {};
  const auto digest = planned_.digest->text();
  if (!digest) return base::pass(digest);
  change.more = planned_.stretch < kStretches;
  change.act.action = std::string(audit::kDeriveAction);
  change.act.committed = {{"from", base::to_string(window_.from)},
                          {"to", base::to_string(window_.to)},
                          {"counts", {{"added", planned_.counts.added - done_.counts.added},
                                      {"moved", planned_.counts.moved - done_.counts.moved},
                                      {"superseded", planned_.counts.superseded - done_.counts.superseded}}},
                          {"calendars", snapshot.calendar().digest()},
                          {std::string(audit::kDeriveDigest), *digest}};
  change.rows.push_back({done_.turn == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                         "lease",
                         {{"name", kTurn}},
                         {{"version", done_.turn + 1}, {"holder", id_}, {"ends_at", 0}}});
  change.reads.push_back({"lease", {{"name", kTurn}}, done_.turn});
  change.reads.push_back(read_of_organisation(snapshot));
  change.reads.push_back(read_of_rules(snapshot));
  for (const auto& [id, module] : snapshot.modules().all()) {
    change.reads.push_back({"module", {{"id", id}}, module.row_version});
  }
  return {};
}

}  // namespace zeren::app
