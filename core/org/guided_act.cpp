#include "org/guided_act.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "org/code_tables.hpp"
#include "org/csv_writer.hpp"
#include "org/span_text.hpp"

namespace zeren::org {
namespace {

using base::Code;
using base::Date;
using base::Result;

std::string end_text(Date to) { return to == base::kForever ? "" : base::to_string(to); }

bool overlaps(const base::Period& a, const base::Period& b) { return a.from < b.to && b.from < a.to; }

tl::unexpected<base::Error> malformed(const std::string& english, const std::string& chinese) {
  return base::fail(Code::RequestMalformed, {{"reason", english}, {"reason.zh-CN", chinese}});
}

// The rows by which units end and others take over.
class SuccessionRows final {
 public:
  SuccessionRows(const Organisation& current, const UnitSuccession& wanted)
      : current_(current), wanted_(wanted) {}

  Result<ImportTexts> make() && {
    if (auto done = find_units(); !done) return base::pass(std::move(done));
    for (const auto* unit : ending_) end_unit(*unit);
    for (const auto& heir : wanted_.to) begin_unit(heir);
    for (const auto& revision : current_.relation_history().all()) {
      if (!revision.known_to) move_relation(revision.value);
    }
    for (const auto& revision : current_.appointment_history().all()) {
      if (!revision.known_to) end_appointment(revision.value);
    }
    for (const auto& revision : current_.portfolio_history().all()) {
      if (!revision.known_to) end_portfolio(revision.value);
    }
    succeed();
    return std::move(rows_).texts();
  }

 private:
  Result<void> find_units() {
    const auto from = wanted_.from.size();
    const auto to = wanted_.to.size();
    const bool fits = wanted_.what == "merge"   ? from >= 1 && to == 1
                      : wanted_.what == "split" ? from == 1 && to >= 2
                                                : wanted_.what == kRename && from == 1 && to == 1;
    if (!fits) {
      return malformed(
          "a merge has one unit in \"to\", a split one in \"from\" and several in \"to\", a rename one "
          "in each",
          "合并（merge）的 to 只有一个单位；分立（split）的 from 只有一个单位、to 有多个；"
          "更名（rename）各一个");
    }
    for (const auto& code : wanted_.from) {
      const auto* unit = current_.unit_by_code(code);
      if (unit == nullptr || !unit->valid.contains(wanted_.on - std::chrono::days{1})) {
        return base::fail(Code::UnitUnknown, {{"unit", code}});
      }
      ending_.push_back(unit);
    }
    if (auto done = check_heirs(); !done) return done;
    return check_later_appointments();
  }

  // Who takes the place of what stands above it would be its own superior.
  Result<void> check_heirs() const {
    for (const auto& heir : wanted_.to) {
      const auto* standing = current_.unit_by_code(heir.code);
      if (standing == nullptr) continue;
      if (auto stands = check_standing(*standing); !stands) return stands;
      for (const auto kind : {RelationKind::PartySuperior, RelationKind::DisciplineSuperior}) {
        const auto above = ending_above(standing->id, kind);
        if (above.empty()) continue;
        return malformed(heir.code + " stands below " + above +
                             " and cannot take over from it: it would be its own superior; name another "
                             "unit, or a new one",
                         heir.code + " 是 " + above + " 的下级，承继后将成为自身的上级；请改由其他单位或者新设单位承继");
      }
    }
    return {};
  }

  Result<void> check_standing(const Unit& heir) const {
    if (wanted_.what == kRename) {
      return malformed(heir.code + " is a unit already; a renamed unit goes on under a new code, and one that joins "
                                   "another is merged",
                       "单位 " + heir.code + " 已经存在；更名后的单位应使用新代码，并入已有单位请用合并（merge）");
    }
    if (heir.valid.contains(wanted_.on)) return {};
    const auto day = base::to_string(wanted_.on);
    return malformed(heir.code + " does not stand on " + day + ", but " + span_text(heir.valid) +
                         "; name a unit that stands on that day, or a new one",
                     "单位 " + heir.code + " 在 " + day + " 不存续（存续期间：" + span_in_chinese(heir.valid) +
                         "）；请改由当日存续的单位或者新设单位承继");
  }

  // Who was appointed for a day after the end would stay in a unit that there is not, and pass to nobody.
  Result<void> check_later_appointments() const {
    std::string later;
    for (const auto& revision : current_.appointment_history().all()) {
      const auto& each = revision.value;
      const auto* post = current_.post(each.post);
      if (revision.known_to || each.valid.from < wanted_.on || post == nullptr || !ends(post->unit)) continue;
      if (!later.empty()) later += ", ";
      later += current_.person(each.person)->code;
      later += " " + post->code;
      later += " " + span_text(each.valid);
    }
    if (later.empty()) return {};
    const auto day = base::to_string(wanted_.on);
    return malformed("appointments begin on " + day + " or later in what ends on that day: " + later +
                         "; choose a day after they began",
                     "有任职始于 " + day + " 当日或者之后，而所在单位当日终止：" + later +
                         "；请选择这些任职开始之后的日期");
  }

  // The code of the unit that ends and stands above `unit`; "" for none.
  std::string ending_above(const UnitId& unit, RelationKind kind) const {
    const AsOf day_before{wanted_.on - std::chrono::days{1}};
    std::set<UnitId> seen{unit};
    std::vector<UnitId> line{unit};
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto from = line[i];
      for (const auto& above : current_.related(from, kind, Direction::Forward, day_before)) {
        if (ends(above)) return current_.unit(above)->code;
        if (seen.insert(above).second) line.push_back(above);
      }
    }
    return "";
  }

  bool ends(const UnitId& id) const {
    return std::ranges::any_of(ending_, [&](const Unit* unit) { return unit->id == id; });
  }

  bool stood(const base::Period& valid) const { return valid.from < wanted_.on && wanted_.on < valid.to; }

  void end_unit(const Unit& unit) {
    rows_.add("units.csv", {unit.code, unit.name, unit.short_name, unit.level, unit.kind,
                            base::to_string(unit.valid.from), base::to_string(wanted_.on)});
  }

  bool is_new(const HeirUnit& heir) const { return current_.unit_by_code(heir.code) == nullptr; }

  void begin_unit(const HeirUnit& heir) {
    if (!is_new(heir)) return;
    rows_.add("units.csv", {heir.code, heir.name, heir.short_name, heir.level, heir.kind,
                            base::to_string(wanted_.on), ""});
  }

  void relate(const std::string& from, const Relation& like, const std::string& to) {
    const std::string kind(code_of(like.kind));
    // Of several superiors that the merged units had, the first one's stays.
    const auto key = std::tuple(from, kind, is_hierarchical(like.kind) ? "" : to);
    if (from == to || !related_.insert(key).second) return;
    rows_.add("relations.csv", {from, kind, to, base::to_string(wanted_.on), end_text(like.valid.to), ""});
  }

  void move_relation(const Relation& relation) {
    const bool touched = ends(relation.from) || ends(relation.to);
    if (relation.kind == RelationKind::Successor || !touched || !stood(relation.valid)) return;
    const auto& from = current_.unit(relation.from)->code;
    const auto& to = current_.unit(relation.to)->code;
    rows_.add("relations.csv", {from, std::string(code_of(relation.kind)), to,
                                base::to_string(relation.valid.from), base::to_string(wanted_.on), ""});
    const auto& first = wanted_.to.front().code;
    const auto& other = ends(relation.to) ? first : to;
    if (!ends(relation.from)) {
      relate(from, relation, first);
      return;
    }
    for (const auto& heir : wanted_.to) {
      if (is_new(heir)) relate(heir.code, relation, other);
    }
  }

  bool ends(const Appointment& appointment) const {
    const auto* post = current_.post(appointment.post);
    return post != nullptr && ends(post->unit) && stood(appointment.valid);
  }

  void end_appointment(const Appointment& appointment) {
    if (!ends(appointment)) return;
    rows_.add("appointments.csv",
              {current_.person(appointment.person)->code, current_.post(appointment.post)->code,
               appointment.mode, appointment.doc_no, base::to_string(appointment.valid.from),
               base::to_string(wanted_.on)});
  }

  // One with an open end goes with its appointment.
  void end_portfolio(const Portfolio& portfolio) {
    const auto* held = current_.appointment_history().latest(portfolio.appointment);
    if (held == nullptr || !stood(portfolio.valid)) return;
    const auto& appointment = held->value;
    const bool with_appointment = ends(appointment) && portfolio.valid.to != base::kForever;
    if (!ends(portfolio.unit) && !with_appointment) return;
    rows_.add("portfolios.csv",
              {current_.person(appointment.person)->code, current_.post(appointment.post)->code,
               current_.unit(portfolio.unit)->code, base::to_string(portfolio.valid.from),
               base::to_string(wanted_.on)});
  }

  void succeed() {
    for (const auto* unit : ending_) {
      for (const auto& heir : wanted_.to) {
        rows_.add("relations.csv", {unit->code, std::string(code_of(RelationKind::Successor)), heir.code,
                                    base::to_string(wanted_.on), "", wanted_.what});
      }
    }
  }

  const Organisation& current_;
  const UnitSuccession& wanted_;
  std::vector<const Unit*> ending_;
  std::set<std::tuple<std::string, std::string, std::string>> related_;
  CsvWriter rows_;
};

tl::unexpected<base::Error> without_places(base::Error error) {
  for (auto& cause : error.causes) cause.where = {};
  if (error.causes.size() == 1) error = base::Error(error.causes.front());
  return tl::unexpected<base::Error>(std::move(error));
}

}  // namespace

Result<ImportTexts> rows_of(const Organisation& current, const NewAppointment& wanted) {
  const auto* person = current.person_by_code(wanted.person);
  if (person == nullptr) return base::fail(Code::PersonUnknown, {{"person", wanted.person}});
  const auto* post = current.post_by_code(wanted.post);
  if (post == nullptr) return base::fail(Code::PostUnknown, {{"post", wanted.post}});
  const base::Period valid{wanted.from, wanted.to.value_or(base::kForever)};
  for (const auto* held : current.tenures_of(post->id, base::Instant::max())) {
    if (held->person != person->id || !overlaps(held->valid, valid)) continue;
    return base::fail(Code::CsvOverlap, {{"what", person->code + " " + post->code},
                                         {"other", span_text(held->valid)},
                                         {"other.zh-CN", span_in_chinese(held->valid)}});
  }
  CsvWriter rows;
  rows.add("appointments.csv", {wanted.person, wanted.post, wanted.mode, wanted.doc_no,
                                base::to_string(valid.from), end_text(valid.to)});
  return std::move(rows).texts();
}

Result<ImportTexts> rows_of(const Organisation& current, const EndedAppointment& wanted) {
  const auto* person = current.person_by_code(wanted.person);
  if (person == nullptr) return base::fail(Code::PersonUnknown, {{"person", wanted.person}});
  const auto* post = current.post_by_code(wanted.post);
  if (post == nullptr) return base::fail(Code::PostUnknown, {{"post", wanted.post}});
  const auto last = wanted.on - std::chrono::days{1};
  const auto tenures = current.tenures_of(post->id, base::Instant::max());
  const auto held = std::ranges::find_if(tenures, [&](const Appointment* each) {
    return each->person == person->id && each->valid.contains(last);
  });
  if (held == tenures.end()) {
    return base::fail(Code::AppointmentUnknown, {{"person", wanted.person},
                                                 {"post", wanted.post},
                                                 {"date", base::to_string(last)}});
  }
  CsvWriter rows;
  rows.add("appointments.csv",
           {wanted.person, wanted.post, (*held)->mode, (*held)->doc_no,
            base::to_string((*held)->valid.from), base::to_string(wanted.on)});
  for (const auto& revision : current.portfolio_history().all()) {
    const auto& portfolio = revision.value;
    const bool goes_on = portfolio.valid.to != base::kForever && portfolio.valid.to > wanted.on;
    if (revision.known_to || portfolio.appointment != (*held)->id || !goes_on) continue;
    rows.add("portfolios.csv",
             {wanted.person, wanted.post, current.unit(portfolio.unit)->code,
              base::to_string(portfolio.valid.from), base::to_string(wanted.on)});
  }
  return std::move(rows).texts();
}

Result<ImportTexts> rows_of(const Organisation& current, const UnitSuccession& wanted) {
  return SuccessionRows(current, wanted).make();
}

Result<store::ChangeSet> plan_act(const Organisation& current, const ImportTexts& rows,
                                  base::IdGenerator& ids, base::Instant now) {
  auto change = plan_import(current, rows, ids, now);
  if (change) return change;
  return without_places(std::move(change).error());
}

Result<base::Json> preview_act(const Organisation& current, const ImportTexts& rows, base::IdGenerator& ids) {
  auto answer = preview_import(current, rows, ids);
  if (answer) return answer;
  return without_places(std::move(answer).error());
}

}  // namespace zeren::org
