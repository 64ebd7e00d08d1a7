// The annual dual reports as the city lives them: whoever owes one is given a fate some weeks before, and goes its way.
#include <set>
#include <utility>

#include "activity/report_course.hpp"

namespace zeren::demo {
namespace {

using base::Json;
using base::Result;
using std::chrono::days;

// Nobody begins earlier.
constexpr days kAhead{90};

// `2025`, `2025Q4`
int year_in(const std::string& period) { return std::stoi(period.substr(0, 4)); }

class DualReports final : public Institution {
 public:
  explicit DualReports(const Story& story) : story_(story), course_(story) {}

  Result<void> morning(base::Date today) override {
    const auto looked = story_.stage.look([&](app::Snapshot& snapshot) -> Result<Json> {
      const auto rows = snapshot.session.query(
          "SELECT id, owner, rule, period, due FROM obligation WHERE module = 'dual_reports' AND state = 'open'"
          " AND rule IN ('DR1', 'DR2', 'DR4')"
          " AND due >= :1 AND due <= :2 ORDER BY id",
          std::vector<store::Value>{base::to_string(today), base::to_string(today + kAhead)});
      if (!rows) return base::pass(rows);
      for (const auto& row : *rows) notice(snapshot, row);
      return Json{};
    });
    if (!looked) return base::pass(looked);
    for (const auto& item : std::exchange(found_, {})) course_.begin(item);
    return {};
  }

 private:
  void notice(const app::Snapshot& snapshot, const store::Row& row) {
    const auto* owner = snapshot.organisation().unit(org::UnitId{row.text(1)});
    if (owner == nullptr || !story_.concerns(owner->code) || !known_.insert(row.text(0)).second) return;
    auto chance = story_.chance_for(owner->code + row.text(2) + row.text(3));
    const auto due = *base::parse_date(row.text(4));
    const auto fate = fate_of(due, story_.stage, chance);
    found_.push_back(std::make_shared<Filing>(Filing{row.text(0), year_in(row.text(3)), due, fate, chance}));
  }

  Story story_;
  ReportCourse course_;
  std::set<std::string> known_;  // obligations
  std::vector<Item> found_;      // this morning
};

}  // namespace

std::unique_ptr<Institution> dual_reports(const Story& story) { return std::make_unique<DualReports>(story); }

}  // namespace zeren::demo
