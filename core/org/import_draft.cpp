#include "org/import_draft.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "org/portfolio_draft.hpp"

namespace zeren::org {
namespace {

using base::Code;

// The codes of one file and the ids they stand for.
template <class T>
struct Names {
  using IdOf = decltype(T::id);

  const ImportShape& shape;
  const ImportFile& file;
  const Organisation& current;
  const T* (Organisation::*recorded)(std::string_view) const;
  std::unordered_map<std::string, IdOf> ids = {};

  std::optional<IdOf> find(const std::string& code) const {
    if (const auto found = ids.find(code); found != ids.end()) return found->second;
    if (const auto* known = (current.*recorded)(code)) return known->id;
    return std::nullopt;
  }

  // A code that may stand in a row we could not use is not called unknown: one mistake, one
  // complaint.
  bool may_exist(const std::string& code) const {
    return !file.complete || file.codes.contains(code);
  }
};

bool overlap(const base::Period& a, const base::Period& b) {
  return a.from < b.to && b.from < a.to;
}

// A file without a column does not say that all of its cells are empty.
template <class T>
void keep_unsaid(const T& recorded, const ImportRow& row, T& value) {
  if (!row.has("valid_to")) value.valid.to = recorded.valid.to;
  if constexpr (requires { value.doc_no; }) {
    if (!row.has("doc_no")) value.doc_no = recorded.doc_no;
  }
  if constexpr (requires { value.short_name; }) {
    // One that only repeated the name follows it.
    const bool own = recorded.short_name != recorded.name;
    if (own && !row.has("short_name")) value.short_name = recorded.short_name;
  }
}

// Gives each proposal the recorded thing it speaks of, or a new id. Equal beginnings are paired off
// first, so that a correction of one period does not take its neighbour for itself.
template <class T, class KeyOf>
void match_dated(const History<T>& history, KeyOf key_of, base::IdGenerator& ids,
                 std::vector<Proposal<T>>& proposals) {
  using Key = decltype(key_of(std::declval<const T&>()));
  std::map<Key, std::vector<const Revision<T>*>> recorded;
  for (const auto& revision : history.all()) {
    if (!revision.known_to) recorded[key_of(revision.value)].push_back(&revision);
  }
  const auto claim = [&](Proposal<T>& proposal, auto fits) {
    if (proposal.replaces != 0) return;
    const auto group = recorded.find(key_of(proposal.value));
    if (group == recorded.end()) return;
    const auto found = std::find_if(
        group->second.begin(), group->second.end(),
        [&](const auto* each) { return fits(each->value.valid, proposal.value.valid); });
    if (found == group->second.end()) return;
    proposal.value.id = (*found)->value.id;
    proposal.replaces = (*found)->rev;
    keep_unsaid((*found)->value, *proposal.row, proposal.value);
    proposal.unchanged = (*found)->value == proposal.value;
    group->second.erase(found);
  };
  const auto same_begin = [](const auto& a, const auto& b) { return a.from == b.from; };
  for (auto& proposal : proposals) claim(proposal, same_begin);
  for (auto& proposal : proposals) claim(proposal, overlap);
  for (auto& proposal : proposals) {
    if (proposal.replaces == 0) proposal.value.id = {ids.next()};
  }
}

class Drafter final {
 public:
  Drafter(const Organisation& current, const ImportFiles& files, base::IdGenerator& ids,
          std::vector<base::Error>& faults)
      : current_(current),
        files_(files),
        ids_(ids),
        faults_(faults),
        units_{units_shape(), files.units, current, &Organisation::unit_by_code},
        persons_{persons_shape(), files.persons, current, &Organisation::person_by_code},
        posts_{posts_shape(), files.posts, current, &Organisation::post_by_code} {}

  Draft draft() && {
    draft_units();
    draft_persons();
    draft_posts();
    draft_relations();
    draft_appointments();
    draft_portfolios();
    return std::move(draft_);
  }

 private:
  // `make` gives the value for a row, or nothing when it refused it.
  template <class T, class Make>
  void propose(Names<T>& names, const History<T>& history, std::vector<Proposal<T>>& out,
               Make make) {
    std::map<std::string, int> first_rows;
    for (const auto& row : names.file.rows) {
      const auto& code = row.text("code");
      const auto [first, is_first] = first_rows.try_emplace(code, row.number());
      if (!is_first) {
        faults_.push_back({Code::CsvDuplicate,
                           {{"value", code}, {"other", std::to_string(first->second)}},
                           row.where("code"),
                           {}});
        continue;
      }
      const auto known = names.find(code);
      const auto id = known ? *known : decltype(T::id){ids_.next()};
      std::optional<T> value = make(row, id);
      if (!value) continue;  // nothing can hang on it; whoever names it finds it among the file's codes
      names.ids.emplace(code, id);
      const auto* recorded = history.latest(id);
      out.push_back({std::move(*value), &row, recorded == nullptr ? 0 : recorded->rev, false});
      out.back().unchanged = recorded != nullptr && recorded->value == out.back().value;
    }
  }

  // The id of the code in `column`, or nothing and a fault.
  template <class T>
  auto refer(const Names<T>& names, const ImportRow& row, std::string_view column) {
    const auto& code = row.text(column);
    auto id = names.find(code);
    if (!id && !names.may_exist(code)) {
      faults_.push_back({Code::CsvUnknownReference,
                         {{"column", std::string(column)},
                          {"value", code},
                          {"target", std::string(names.shape.file)}},
                         row.where(column),
                         {}});
    }
    return id;
  }

  void draft_units() {
    propose(units_, current_.unit_history(), draft_.units,
            [this](const ImportRow& row, const UnitId& id) { return unit_of(row, id); });
    for (const auto& unit : draft_.units) units_drafted_.emplace(unit.value.id, &unit);
  }

  std::optional<Unit> unit_of(const ImportRow& row, const UnitId& id) {
    const auto& short_name = row.text("short_name");
    Unit unit{id,
              row.text("code"),
              row.text("name"),
              short_name.empty() ? row.text("name") : short_name,
              row.text("level"),
              row.text("kind"),
              row.valid()};
    if (const auto* recorded = current_.unit_history().latest(id)) keep_unsaid(recorded->value, row, unit);
    if (unit.valid.from < unit.valid.to) return unit;
    faults_.push_back({Code::CsvPeriodInverted,
                       {{"from", base::to_string(unit.valid.from)}, {"to", base::to_string(unit.valid.to)}},
                       row.where("valid_from"),
                       {}});
    return std::nullopt;
  }

  void draft_persons() {
    propose(persons_, current_.person_history(), draft_.persons,
            [](const ImportRow& row, const PersonId& id) {
              return Person{id, row.text("code"), row.text("name")};
            });
  }

  void draft_posts() {
    propose(posts_, current_.post_history(), draft_.posts,
            [this](const ImportRow& row, const PostId& id) -> std::optional<Post> {
              const auto unit = refer(units_, row, "unit");
              if (!unit) return std::nullopt;
              const auto drafted = units_drafted_.find(*unit);
              const auto valid = drafted == units_drafted_.end() ? current_.unit(*unit)->valid
                                                                 : drafted->second->value.valid;
              return Post{id, row.text("code"), *unit, row.text("title"), row.text("class"), valid};
            });
    draft_posts_of_moved_units();
  }

  // Posts that no row names follow their unit all the same, or they would stand on in one that ended.
  void draft_posts_of_moved_units() {
    std::unordered_set<PostId> named;
    for (const auto& post : draft_.posts) named.insert(post.value.id);
    for (const auto& revision : current_.post_history().all()) {
      if (revision.known_to || named.contains(revision.value.id)) continue;
      const auto drafted = units_drafted_.find(revision.value.unit);
      if (drafted == units_drafted_.end()) continue;
      const auto& unit = *drafted->second;
      if (unit.value.valid == revision.value.valid) continue;
      draft_.posts.push_back({revision.value, unit.row, revision.rev, false});
      draft_.posts.back().value.valid = unit.value.valid;
    }
  }

  void draft_relations() {
    for (const auto& row : files_.relations.rows) {
      const auto from = refer(units_, row, "from");
      const auto to = refer(units_, row, "to");
      const auto kind = relation_kind(row.text("kind"));
      if (!from || !to || !kind || !check_succession(row, *kind)) continue;
      draft_.relations.push_back(
          {Relation{{}, *from, *to, *kind, row.valid(), row.text("succession")}, &row});
    }
    match_dated(
        current_.relation_history(),
        [](const Relation& each) { return std::tuple(each.from, each.kind, each.to); }, ids_,
        draft_.relations);
  }

  // A successor says what made it one; no other relation does.
  bool check_succession(const ImportRow& row, RelationKind kind) {
    const auto& succession = row.text("succession");
    const bool expected = kind == RelationKind::Successor;
    if (succession.empty() != expected) return true;
    if (expected) {
      faults_.push_back({Code::CsvValueMissing,
                         {{"column", "succession"}},
                         row.where("succession"),
                         {}});
      return false;
    }
    faults_.push_back({Code::CsvValueInvalid,
                       {{"column", "succession"},
                        {"value", succession},
                        {"allowed", "nothing, because only a successor has one"},
                        {"allowed.zh-CN", "（留空，仅承继关系填写）"}},
                       row.where("succession"),
                       {}});
    return false;
  }

  void draft_appointments() {
    for (const auto& row : files_.appointments.rows) {
      const auto person = refer(persons_, row, "person");
      const auto post = refer(posts_, row, "post");
      if (!person || !post) continue;
      draft_.appointments.push_back(
          {Appointment{{}, *person, *post, row.text("mode"), row.text("doc_no"), row.valid()},
           &row});
    }
    match_dated(
        current_.appointment_history(),
        [](const Appointment& each) { return std::tuple(each.person, each.post); }, ids_,
        draft_.appointments);
  }

  void draft_portfolios() {
    const Tenures tenures(current_, draft_.appointments);
    // Where appointments were left out, what is missing may be among them: one mistake, one
    // complaint.
    const bool whole = files_.appointments.whole &&
                       draft_.appointments.size() == files_.appointments.rows.size();
    std::vector<base::Error> unheard;
    for (const auto& row : files_.portfolios.rows) {
      const auto person = refer(persons_, row, "person");
      const auto post = refer(posts_, row, "post");
      const auto unit = refer(units_, row, "unit");
      if (!person || !post || !unit) continue;
      const auto appointment = tenures.find(*person, *post, row, whole ? faults_ : unheard);
      if (!appointment) continue;
      draft_.portfolios.push_back({Portfolio{{}, *appointment, *unit, row.valid()}, &row});
    }
    match_dated(
        current_.portfolio_history(),
        [](const Portfolio& each) { return std::tuple(each.appointment, each.unit); }, ids_,
        draft_.portfolios);
  }

  const Organisation& current_;
  const ImportFiles& files_;
  base::IdGenerator& ids_;
  std::vector<base::Error>& faults_;
  Names<Unit> units_;
  Names<Person> persons_;
  Names<Post> posts_;
  std::unordered_map<UnitId, const Proposal<Unit>*> units_drafted_;  // into draft_.units
  Draft draft_;
};

}  // namespace

Draft draft_import(const Organisation& current, const ImportFiles& files, base::IdGenerator& ids,
                   std::vector<base::Error>& faults) {
  return Drafter(current, files, ids, faults).draft();
}

}  // namespace zeren::org
