#include "app/notices.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "app/standing_light.hpp"
#include "org/path.hpp"
#include "records/ledger.hpp"

namespace zeren::app {
namespace {

using base::Date;
using base::Result;
using std::chrono::days;
using store::Value;

constexpr int kReceiptDays = 2;
constexpr int kMaxDays = 1000;

using Told = std::set<std::tuple<std::string, std::string, std::string>>;

Result<Told> load_told(store::Session& session) {
  const auto rows = session.query("SELECT kind, subject, day FROM scheduled");
  if (!rows) return base::pass(rows);
  Told told;
  for (const auto& row : *rows) told.emplace(row.text(0), row.text(1), row.text(2));
  return told;
}

std::optional<int> days_in(const std::string& text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size() || number < 0 || number > kMaxDays) {
    return std::nullopt;
  }
  return number;
}

// What is in force for the unit, where the module declares the parameter at all.
std::optional<base::Json> setting(const Snapshot& snapshot, const EnabledModule& module, const char* key,
                                  rules::ParameterType type, const org::UnitId& unit) {
  const auto declared = module.rules.parameters().find(key);
  if (declared == module.rules.parameters().end() || declared->second.type != type) return std::nullopt;
  return module.rules.effective(key, unit, snapshot.organisation(), snapshot.today).value;
}

std::vector<int> reminder_days(const Snapshot& snapshot, const EnabledModule& module,
                               const org::UnitId& unit) {
  const auto set = setting(snapshot, module, "reminder_days", rules::ParameterType::TextList, unit);
  if (!set) return {30, 10, 5, 1};
  std::vector<int> all;
  for (const auto& text : *set) {
    if (const auto number = days_in(text.get<std::string>())) all.push_back(*number);
  }
  return all;
}

int receipt_days(const Snapshot& snapshot, const EnabledModule& module, const org::UnitId& unit) {
  const auto set = setting(snapshot, module, "receipt_days", rules::ParameterType::Integer, unit);
  return set ? std::clamp(set->get<int>(), 0, kMaxDays) : kReceiptDays;
}

/// One look at everything that has a date.
class Lookout {
 public:
  Lookout(Snapshot& snapshot, Told told) : snapshot_(snapshot), told_(std::move(told)) {}

  Result<void> watch_obligations() {
    const auto standings = standings_of(snapshot_);
    if (!standings) return base::pass(standings);
    for (const auto& standing : *standings) watch(standing);
    return {};
  }

  Result<void> watch_tasks() {
    // The date of more_time is asked for, and owed by nobody yet.
    const auto rows = snapshot_.session.query(
        "SELECT t.id, t.record, t.post, t.unit, t.due, r.module, r.unit FROM task t"
        " JOIN record r ON r.id = t.record WHERE t.state = 'open' AND t.kind <> 'more_time'"
        " AND t.due IS NOT NULL AND t.due < :1 ORDER BY t.id",
        std::vector<Value>{base::to_string(snapshot_.today)});
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      const auto due = base::parse_date(row.text(4));
      if (!due) return base::pass(due);
      // Neither side of a dispatch reads what the other asks of its own people.
      add({"task_overdue", "task/" + row.text(0), *due, row.text(5), {row.text(3)}, {row.text(2)},
           {row.text(6)}, row.text(1), *due, store::Audience::Host});
    }
    return {};
  }

  Result<void> watch_legs() {
    const auto rows = snapshot_.session.query(
        "SELECT l.id, l.recipient, l.sent_at, d.record, r.module, r.unit FROM leg l"
        " JOIN dispatch d ON d.id = l.dispatch JOIN record r ON r.id = d.record"
        " WHERE l.state = 'sent' AND d.state = 'sent' ORDER BY l.id");
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      if (auto watched = watch_leg(row); !watched) return watched;
    }
    return {};
  }

  std::vector<Notice> found() && { return std::move(found_); }

 private:
  void add(Notice notice) {
    if (told_.contains({notice.kind, notice.subject, base::to_string(notice.day)})) return;
    found_.push_back(std::move(notice));
  }

  void watch(const records::Standing& standing) {
    const auto& obligation = standing.obligation;
    const auto module = snapshot_.modules().find(obligation.module);
    if (!module || is_before_cut_over(**module, obligation) || standing.first_delivered) return;
    if (!is_asked(**module, standing)) return;
    const auto due = standing.extended_to.value_or(obligation.due);
    Notice notice{"overdue",        "obligation/" + obligation.id, due, obligation.module, obligation.owner, {},
                  obligation.owner, standing.record,               due};
    if (due < snapshot_.today) return add(std::move(notice));
    const auto last = last_reminder(**module, obligation.owner, due);
    if (!last) return;
    notice.kind = "due_soon";
    notice.day = *last;
    add(std::move(notice));
  }

  // The latest day on which to remind that is not to come; nullopt when all are.
  std::optional<Date> last_reminder(const EnabledModule& module, const org::UnitId& unit, Date due) const {
    std::optional<Date> last;
    for (const int before : reminder_days(snapshot_, module, unit)) {
      const auto day = snapshot_.calendar().previous_working_day(due - days(before)).date;
      if (day <= snapshot_.today && (!last || *last < day)) last = day;
    }
    return last;
  }

  Result<void> watch_leg(const store::Row& row) {
    const auto module = snapshot_.modules().find(row.text(4));
    if (!module) return {};
    const org::UnitId recipient{row.text(1)};
    const auto sent = base::local_date(base::from_millis(row.integer(2)), snapshot_.zone);
    if (!sent) return base::pass(sent);
    const int patience = receipt_days(snapshot_, **module, recipient);
    const auto& calendar = snapshot_.calendar();
    const auto urged = calendar.add_working_days(*sent, patience).date;
    if (snapshot_.today <= urged) return {};
    Notice notice{"receipt_missing", "leg/" + row.text(0), urged, row.text(4), recipient, {},
                  {row.text(5)},     row.text(3),          urged, store::Audience::Readers};
    add(notice);
    const auto raised = calendar.add_working_days(urged, patience).date;
    if (snapshot_.today <= raised) return {};
    notice.kind = "receipt_escalated";
    notice.day = raised;
    return escalate(notice, recipient);
  }

  Result<void> escalate(const Notice& notice, const org::UnitId& recipient) {
    // A committee has none of its own: that of the commission beside it.
    static const auto kAbove = org::Path::parse("discipline_superior|^same_level/discipline_superior");
    if (!kAbove) return base::pass(kAbove);
    for (const auto& superior :
         kAbove->evaluate(snapshot_.organisation(), recipient, {snapshot_.today})) {
      auto each = notice;
      each.unit = superior;
      each.subject += "/" + superior.value;
      add(std::move(each));
    }
    return {};
  }

  Snapshot& snapshot_;
  Told told_;
  std::vector<Notice> found_;
};

}  // namespace

Result<std::vector<Notice>> due_notices(Snapshot& snapshot) {
  auto told = load_told(snapshot.session);
  if (!told) return base::pass(std::move(told));
  Lookout lookout(snapshot, std::move(*told));
  if (auto done = lookout.watch_obligations(); !done) return base::pass(std::move(done));
  if (auto done = lookout.watch_tasks(); !done) return base::pass(std::move(done));
  if (auto done = lookout.watch_legs(); !done) return base::pass(std::move(done));
  return std::move(lookout).found();
}

Result<bool> is_told(store::Session& session, const Notice& notice) {
  const auto row = session.first("SELECT 1 FROM scheduled WHERE kind = :1 AND subject = :2 AND day = :3",
                                 std::vector<Value>{notice.kind, notice.subject, base::to_string(notice.day)});
  if (!row) return base::pass(row);
  return row->has_value();
}

}  // namespace zeren::app
