#include "org/import_check.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "org/code_tables.hpp"
#include "org/span_text.hpp"

namespace zeren::org {
namespace {

using base::Code;

// What would be believed after the import; `row` is null when it is recorded already.
template <class T>
struct Standing {
  const T* value;
  const ImportRow* row;
};

template <class T>
std::vector<Standing<T>> standing(const History<T>& history,
                                  const std::vector<Proposal<T>>& proposals) {
  std::vector<Standing<T>> result;
  std::unordered_set<decltype(T::id)> proposed;
  for (const auto& proposal : proposals) {
    proposed.insert(proposal.value.id);
    result.push_back({&proposal.value, proposal.row});
  }
  for (const auto& revision : history.all()) {
    const bool current = !revision.known_to && !proposed.contains(revision.value.id);
    if (current) result.push_back({&revision.value, nullptr});
  }
  return result;
}

// A stretch of time that belongs to `key`, which can have one at a time.
struct Span {
  std::string key;
  base::Period valid;
  const ImportRow* row;
  std::string what;  // `key`, for a reader
};

std::string place_of(const Span& span, std::string (*in_words)(const base::Period&) = span_text) {
  if (span.row == nullptr) return in_words(span.valid);
  const auto where = span.row->where("valid_from");
  return where.file + ":" + std::to_string(where.line);
}

class Checker final {
 public:
  Checker(const Organisation& current, const Draft& draft, std::vector<base::Error>& faults)
      : current_(current),
        faults_(faults),
        appointments_(standing(current.appointment_history(), draft.appointments)),
        relations_(standing(current.relation_history(), draft.relations)),
        portfolios_(standing(current.portfolio_history(), draft.portfolios)) {
    for (const auto& each : appointments_) tenures_.emplace(each.value->id, each);
    for (const auto& unit : draft.units) unit_codes_.emplace(unit.value.id, unit.value.code);
    for (const auto& person : draft.persons) {
      person_codes_.emplace(person.value.id, person.value.code);
    }
    for (const auto& post : draft.posts) posts_.emplace(post.value.id, &post);
  }

  void check() {
    // A circle often stands in the way of a relation that is there already, too: it is told as what it is.
    check_self_relations();
    check_cycles(RelationKind::PartySuperior);
    check_cycles(RelationKind::DisciplineSuperior);
    check_cycles(RelationKind::Successor);
    check_relation_spans();
    check_appointment_spans();
    check_terms();
    check_single_holders();
    check_portfolios();
  }

 private:
  std::string code_of_unit(const UnitId& id) const {
    const auto found = unit_codes_.find(id);
    return found == unit_codes_.end() ? current_.unit(id)->code : found->second;
  }

  std::string code_of_person(const PersonId& id) const {
    const auto found = person_codes_.find(id);
    return found == person_codes_.end() ? current_.person(id)->code : found->second;
  }

  const Post& post(const PostId& id) const {
    const auto found = posts_.find(id);
    return found == posts_.end() ? *current_.post(id) : found->second->value;
  }

  // A unit that was renamed went on whole: nobody else took over a part.
  std::unordered_set<UnitId> renamed_units() const {
    std::unordered_set<UnitId> units;
    for (const auto& each : relations_) {
      if (each.value->succession == kRename) units.insert(each.value->from);
    }
    return units;
  }

  void check_relation_spans() {
    std::vector<Span> spans;
    spans.reserve(relations_.size());
    const auto renamed = renamed_units();
    for (const auto& [relation, row] : relations_) {
      const bool one_at_a_time =
          is_hierarchical(relation->kind) ||
          (relation->kind == RelationKind::Successor && renamed.contains(relation->from));
      auto key = relation->from.value + " " + std::string(code_of(relation->kind));
      auto what = code_of_unit(relation->from) + " " + std::string(code_of(relation->kind));
      if (!one_at_a_time) {
        key += " " + relation->to.value;
        what += " " + code_of_unit(relation->to);
      }
      spans.push_back({std::move(key), relation->valid, row, std::move(what)});
    }
    refuse_overlaps(std::move(spans));
  }

  void check_appointment_spans() {
    std::vector<Span> spans;
    spans.reserve(appointments_.size());
    for (const auto& [each, row] : appointments_) {
      spans.push_back({each->person.value + " " + each->post.value, each->valid, row,
                       code_of_person(each->person) + " " + post(each->post).code});
    }
    refuse_overlaps(std::move(spans));
  }

  // An open end lasts as long as the unit, as that of a portfolio lasts as long as the appointment.
  void check_terms() {
    for (const auto& [each, row] : appointments_) {
      const auto& held = post(each->post);
      const auto column = column_beyond(each->valid, held.valid);
      if (column.empty()) continue;
      if (row != nullptr) {
        const auto unit = code_of_unit(held.unit);
        refuse_dates(*row, each->valid.from < held.valid.to ? column : "valid_from",
                     "a day while the unit " + unit + " stands, " + span_text(held.valid),
                     "单位 " + unit + " 存续期间内的日期（" + span_in_chinese(held.valid) + "）");
      } else if (const auto moved = posts_.find(each->post);
                 moved != posts_.end() && !moved->second->unchanged) {
        refuse_unit_beneath(*each, *moved->second->row, column);
      }
    }
  }

  // The row of the unit, or that of the post when it moved to another one.
  void refuse_unit_beneath(const Appointment& appointment, const ImportRow& row, std::string_view column) {
    const auto what = code_of_person(appointment.person) + " " + post(appointment.post).code;
    const bool of_unit = row.file() == units_shape().file;
    refuse_dates(row, of_unit ? column : "unit",
                 "a unit that stands while the appointment " + what + " begins and lasts, " +
                     span_text(appointment.valid),
                 "存续期间涵盖任职 " + what + "（" + span_in_chinese(appointment.valid) + "）的单位");
  }

  void check_single_holders() {
    std::vector<Span> spans;
    for (const auto& [each, row] : appointments_) {
      const auto& held = post(each->post);
      if (each->mode != "formal" || !has_single_holder(held.post_class)) continue;
      if (row != nullptr && blamed_.contains(row)) continue;
      spans.push_back({held.unit.value + " " + held.post_class, each->valid, row,
                       code_of_unit(held.unit) + " " + held.post_class});
    }
    refuse_overlaps(std::move(spans));
  }

  void check_portfolios() {
    std::vector<Span> spans;
    for (const auto& [each, row] : portfolios_) {
      const auto held = tenures_.find(each->appointment);
      if (held == tenures_.end()) continue;  // none is recorded without one
      check_within({each, row}, held->second);
      const auto& tenure = *held->second.value;
      spans.push_back({each->appointment.value + " " + each->unit.value, each->valid, row,
                       code_of_person(tenure.person) + " " + post(tenure.post).code + " " +
                           code_of_unit(each->unit)});
    }
    refuse_overlaps(std::move(spans));
  }

  // An open end lasts as long as the appointment. The portfolio's own row is at fault when it was
  // brought in, or else the row that shortened the appointment.
  void check_within(const Standing<Portfolio>& portfolio, const Standing<Appointment>& tenure) {
    const auto& inner = portfolio.value->valid;
    const auto& outer = tenure.value->valid;
    const auto column = column_beyond(inner, outer);
    const bool own = portfolio.row != nullptr;
    const auto* row = own ? portfolio.row : tenure.row;
    if (column.empty() || row == nullptr) return;
    const auto held = span_text(own ? outer : inner);
    const auto chinese = span_in_chinese(own ? outer : inner);
    const auto unit = code_of_unit(portfolio.value->unit);
    refuse_dates(*row, column, own ? held : "a term that holds the portfolio " + unit + " " + held,
                 own ? chinese : "涵盖分管 " + unit + " 期间（" + chinese + "）的任期");
  }

  // Which date of `inner` lies beyond `outer`; "" when none does.
  static std::string_view column_beyond(const base::Period& inner, const base::Period& outer) {
    if (inner.from < outer.from) return "valid_from";
    const bool late = inner.to > outer.to && inner.to != base::kForever;
    return late || inner.from >= outer.to ? "valid_to" : "";
  }

  void refuse_dates(const ImportRow& row, std::string_view column, std::string allowed, std::string chinese) {
    if (!blamed_.insert(&row).second) return;
    faults_.push_back({Code::CsvValueInvalid,
                       {{"column", std::string(column)},
                        {"value", row.text(column)},
                        {"allowed", std::move(allowed)},
                        {"allowed.zh-CN", std::move(chinese)}},
                       row.where(column),
                       {}});
  }

  // Of two spans that meet, the one is compared that lasts longest of those begun earlier.
  void refuse_overlaps(std::vector<Span> spans) {
    const auto number = [](const Span& span) {
      return span.row == nullptr ? 0 : span.row->number();
    };
    std::sort(spans.begin(), spans.end(), [&number](const Span& a, const Span& b) {
      return std::tuple(std::string_view(a.key), a.valid.from, number(a)) <
             std::tuple(std::string_view(b.key), b.valid.from, number(b));
    });
    const Span* lasting = nullptr;
    for (const auto& span : spans) {
      const bool same_key = lasting != nullptr && lasting->key == span.key;
      if (same_key && span.valid.from < lasting->valid.to) {
        const bool later = number(span) > number(*lasting);
        blame(later ? span : *lasting, later ? *lasting : span);
      }
      if (!same_key || span.valid.to > lasting->valid.to) lasting = &span;
    }
  }

  void blame(const Span& span, const Span& other) {
    if (span.row == nullptr || !blamed_.insert(span.row).second) return;
    faults_.push_back({Code::CsvOverlap,
                       {{"what", span.what},
                        {"other", place_of(other)},
                        {"other.zh-CN", place_of(other, span_in_chinese)}},
                       span.row->where("valid_from"),
                       {}});
  }

  void check_self_relations() {
    for (const auto& each : relations_) {
      if (each.value->from == each.value->to) refuse_cycle({each});
    }
  }

  // A cycle in time begins with the last of its edges to begin: it is enough to look, on the day
  // each edge begins, whether its superior leads back to it.
  void check_cycles(RelationKind kind) {
    Upwards upwards;
    for (const auto& each : relations_) {
      if (each.value->kind == kind) upwards[each.value->from].push_back(each);
    }
    for (const auto& each : relations_) {
      if (each.value->kind != kind) continue;
      const auto circle = circle_from(each, upwards);
      if (!circle.empty()) refuse_cycle(circle);
    }
  }

  using Edges = std::vector<Standing<Relation>>;
  using Upwards = std::unordered_map<UnitId, Edges>;

  struct Step {
    Standing<Relation> edge;
    std::size_t before;  // the step it follows
  };

  // The edges that lead from `begin` back to its own beginning; empty when none do. All ways up are
  // tried: a unit may have two superiors here, which is a fault of its own.
  static Edges circle_from(const Standing<Relation>& begin, const Upwards& upwards) {
    const auto day = begin.value->valid.from;
    std::vector<Step> steps{{begin, 0}};
    std::unordered_set<UnitId> visited;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto& reached = steps[i].edge.value->to;
      if (reached == begin.value->from) return edges_to(steps, i);
      const auto next = upwards.find(reached);
      if (next == upwards.end() || !visited.insert(reached).second) continue;
      for (const auto& edge : next->second) {
        if (edge.value->valid.contains(day)) steps.push_back({edge, i});
      }
    }
    return {};
  }

  static Edges edges_to(const std::vector<Step>& steps, std::size_t last) {
    Edges edges;
    for (auto i = last; i != 0; i = steps[i].before) edges.push_back(steps[i].edge);
    edges.push_back(steps[0].edge);
    std::reverse(edges.begin(), edges.end());
    return edges;
  }

  void refuse_cycle(const Edges& circle) {
    const ImportRow* last = nullptr;
    std::string units = code_of_unit(circle.front().value->from);
    for (const auto& [relation, row] : circle) {
      units += " → " + code_of_unit(relation->to);
      if (row != nullptr && (last == nullptr || row->number() > last->number())) last = row;
    }
    if (last == nullptr || !blamed_.insert(last).second) return;
    faults_.push_back(
        {Code::OrgCycle,
         {{"units", units}, {"relation", std::string(code_of(circle.front().value->kind))}},
         last->where("to"),
         {}});
  }

  const Organisation& current_;
  std::vector<base::Error>& faults_;
  std::vector<Standing<Appointment>> appointments_;
  std::vector<Standing<Relation>> relations_;
  std::vector<Standing<Portfolio>> portfolios_;
  std::unordered_map<AppointmentId, Standing<Appointment>> tenures_;
  std::unordered_map<UnitId, std::string> unit_codes_;
  std::unordered_map<PersonId, std::string> person_codes_;
  std::unordered_map<PostId, const Proposal<Post>*> posts_;  // into the draft
  std::unordered_set<const ImportRow*> blamed_;  // one complaint per row
};

}  // namespace

void check_draft(const Organisation& current, const Draft& draft,
                 std::vector<base::Error>& faults) {
  Checker(current, draft, faults).check();
}

}  // namespace zeren::org
