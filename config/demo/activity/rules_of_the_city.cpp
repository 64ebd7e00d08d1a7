// What is decided about rules in the course of the story, each on its day: the ledgers of former years are taken over,
// a county tightens a date and lets a town go by the city's, the city warns earlier.
#include <array>

#include "activity/institution.hpp"
#include "app/commands/history_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/waiver_commands.hpp"

namespace zeren::demo {
namespace {

using base::Json;
using base::Result;

constexpr auto kModule = "dual_reports";

// Who kept a ledger of former years in a spreadsheet, and when it was brought in.
struct Keeper {
  base::Date day;
  const char* unit;
};
const auto kKeepers = std::to_array<Keeper>({{base::make_date(2025, 5, 12), "qinglan"},
                                             {base::make_date(2025, 5, 14), "yunxiu"},
                                             {base::make_date(2025, 5, 21), "wangchuan"},
                                             {base::make_date(2025, 5, 28), "linxi"},
                                             {base::make_date(2025, 6, 4), "chengjiang"},
                                             {base::make_date(2025, 6, 5), "tongyuan"},
                                             {base::make_date(2025, 6, 10), "xialing"},
                                             {base::make_date(2025, 6, 17), "qiyun"},
                                             {base::make_date(2025, 6, 18), "zhuwu"},
                                             {base::make_date(2025, 6, 25), "heting"}});

class RulesOfTheCity final : public Institution {
 public:
  explicit RulesOfTheCity(const Story& story) : story_(story), stage_(story.stage) {}

  Result<void> morning(base::Date today) override {
    for (const auto& keeper : kKeepers) {
      if (keeper.day != today || !story_.concerns(keeper.unit)) continue;
      on(Hour::Forenoon, [this, keeper] { return take_over(keeper); });
    }
    if (today == base::make_date(2025, 9, 15)) on(Hour::Afternoon, [this] { return tighten(); });
    if (today == base::make_date(2026, 1, 8)) on(Hour::Afternoon, [this] { return let_go(); });
    if (today == base::make_date(2026, 3, 2)) on(Hour::Forenoon, [this] { return warn_earlier(); });
    return {};
  }

 private:
  void on(Hour hour, Act act) { story_.agenda.add(stage_.today(), hour, std::move(act)); }

  static bool keeps(const std::string& keeper, const org::Unit& unit) {
    return unit.code == keeper || unit.code.starts_with(keeper + "-");
  }

  std::string row_of(const org::Unit& unit, int year) const {
    auto chance = story_.chance_for("ledger" + unit.code + std::to_string(year));
    const bool discipline = unit.kind.starts_with("commission") || unit.kind == "stationed_group";
    const auto due = base::make_date(year + 1, 1, 31);
    const auto day = std::chrono::days(chance.between(0, 18));
    const auto done = chance.in(6) ? due + day : due - day;
    const bool known = !chance.in(3);
    return unit.code + "," + (discipline ? "DR2" : "DR1") + ",,," + std::to_string(year) + "," + base::to_string(due) +
           "," + (known ? base::to_string(done) : "") + "," + (known ? "已书面报送，两份回执存档" : "") + "," +
           (known ? unit.short_name + "〔" + std::to_string(year + 1) + "〕" + std::to_string(chance.between(1, 9)) + "号"
                  : "") +
           "," + (known ? "" : "原台账未记载") + "\n";
  }

  Result<void> take_over(const Keeper& keeper) {
    std::string text = "unit,rule,title,person,period,due,done,result,document,remark\n";
    const auto looked = stage_.look([&](app::Snapshot& snapshot) -> Result<Json> {
      for (const int year : {2023, 2024}) {
        for (const auto* unit : snapshot.organisation().units({base::make_date(year + 1, 1, 31)})) {
          if (keeps(keeper.unit, *unit)) text += row_of(*unit, year);
        }
      }
      return Json{};
    });
    if (!looked) return base::pass(looked);
    const auto system = stage_.administrator("system");
    if (!system) return base::pass(system);
    const auto name = std::string(keeper.unit) + "-2023-2024.csv";
    const auto taken = stage_.run(*system, app::import_history(*system, kModule, {name, text}));
    if (!taken) return base::pass(taken);
    return {};
  }

  Result<void> set(const std::string& unit, const std::string& parameter, const Json& value, const std::string& basis,
                   base::Date from) {
    const auto system = stage_.administrator("system");
    if (!system) return base::pass(system);
    const auto done =
        stage_.run(*system, app::set_parameters(*system, kModule, unit, {{parameter, value}}, basis, from));
    if (!done) return base::pass(done);
    return {};
  }

  Result<void> tighten() {
    tightened_ = true;
    return set("yunxiu", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25", "云岫县委办公室通知（虚构）第6条",
               base::make_date(2025, 10, 1));
  }

  Result<void> warn_earlier() {
    return set("qinglan", "warn_days", 7, "青澜市委责任制领导小组办公室工作提示（虚构）", base::make_date(2026, 4, 1));
  }

  // A town whose head has just changed may report by the city's date instead of the county's.
  Result<void> let_go() {
    if (!tightened_) return {};  // the story began later
    const auto county = stage_.unit_called("yunxiu");
    if (!county) return {};
    const auto head = stage_.holder(county->id, {"PRINCIPAL"});
    if (!head) return base::pass(head);
    if (!*head) return {};
    const app::WaiverRequest wanted{kModule,
                                    "due",
                                    "yunxiu-longpo",
                                    "yunxiu",
                                    "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31",
                                    "因主要负责人调整，同意按市定时限报送",
                                    {base::make_date(2026, 1, 8), base::make_date(2026, 3, 1)}};
    const auto done = stage_.run(**head, app::grant_waiver(**head, wanted));
    if (!done) return base::pass(done);
    return {};
  }

  Story story_;
  Stage& stage_;
  bool tightened_ = false;
};

}  // namespace

std::unique_ptr<Institution> rules_of_the_city(const Story& story) { return std::make_unique<RulesOfTheCity>(story); }

}  // namespace zeren::demo
