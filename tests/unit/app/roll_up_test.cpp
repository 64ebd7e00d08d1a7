// Lights counted from memory are those of the list, whatever was done in between, for every unit along either relation.
#include "app/roll_up.hpp"

#include <gmock/gmock.h>

#include <map>

#include "app/commands/module_commands.hpp"
#include "app/commands/task_commands.hpp"
#include "app/queries/roll_up_query.hpp"
#include "org/code_tables.hpp"
#include "unit/app/duty_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using org::RelationKind;

template <class World>
class RollUpOver : public World {
 protected:
  Result<Json> roll_up(const access::Principal& who, const std::string& unit, RelationKind relation) {
    return roll_up_obligations(*this->host_, who, unit, std::string(org::code_of(relation)));
  }

  // By unit: what the list says of it and all below it.
  std::map<std::string, Json> scan(const access::Principal& who, RelationKind relation) {
    std::map<std::string, Json> lights;
    const auto items = this->ask(list_obligations(who, {}, {Page::kAll, ""})).at("items");
    this->must(this->host_->query([&](Snapshot& snapshot) -> Result<Json> {
      const auto& organisation = snapshot.organisation();
      for (const auto* unit : organisation.units({snapshot.today})) {
        auto& counts = lights[unit->code] = Json::object();
        for (const auto& item : items) {
          if (!item.at("history").is_null()) continue;
          const auto& owner = organisation.unit_by_code(item.at("owner").at("code").template get<std::string>())->id;
          if (!organisation.hierarchy(relation).contains(unit->id, owner)) continue;
          const auto light = item.at("light").template get<std::string>();
          counts[light] = counts.value(light, 0) + 1;
        }
      }
      return Json{};
    }));
    return lights;
  }

  void expect_alike() {
    for (const auto relation : {RelationKind::PartySuperior, RelationKind::DisciplineSuperior}) {
      for (const auto& [unit, lights] : scan(system_, relation)) {
        EXPECT_EQ(this->must(roll_up(system_, unit, relation)).at("lights"), lights) << unit;
      }
    }
  }

  const access::Principal system_ = access::system_principal("test");
};

using RollUpTest = RollUpOver<fixtures::HostWorld>;
using RollUpOfDutiesTest = RollUpOver<fixtures::DutyWorld>;

TEST_F(RollUpTest, CountsWhatTheListShowsWhateverHappensInBetween) {
  expect_alike();
  file_report("yunxiu");
  expect_alike();
  move_to("2026-01-28");
  expect_alike();
  file_report("qinglan-finance");
  must(run(system_, derive_obligations(system_, {base::make_date(2027, 1, 1), base::make_date(2029, 1, 1)})));
  expect_alike();
  move_to("2027-02-03");
  expect_alike();
}

TEST_F(RollUpTest, FollowsARuleThatMovesADate) {
  expect_alike();
  must(run(system_, set_parameters(system_, "dual_reports", "yunxiu", {{"due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10"}},
                                   "通知", base::make_date(2026, 1, 1))));
  must(run(system_, derive_obligations(system_, {base::make_date(2026, 1, 1), base::make_date(2028, 1, 1)})));
  expect_alike();
  move_to("2026-01-12");
  expect_alike();
  EXPECT_GT(must(roll_up(system_, "yunxiu", RelationKind::PartySuperior)).at("lights").value("red", 0), 0);
}

TEST_F(RollUpTest, CountsNothingThatTheCallerDoesNotSee) {
  const auto clerk = principal("yunxiu-clerk");
  const auto own = must(roll_up(clerk, "yunxiu", RelationKind::PartySuperior));
  EXPECT_EQ(own.at("lights"), scan(clerk, RelationKind::PartySuperior).at("yunxiu"));
  EXPECT_GT(own.at("total"), 0);
  const auto others = must(roll_up(clerk, "wangchuan", RelationKind::PartySuperior));
  EXPECT_EQ(others.at("total"), 0);
  EXPECT_EQ(others.at("modules"), Json::array());
}

TEST_F(RollUpOfDutiesTest, FollowsWhatStatesFulfilAndWhatARecordBringsAbout) {
  expect_alike();
  const auto order = issued_order("2026-02-10");
  expect_alike();
  move_to("2026-02-20");
  expect_alike();
  take(order, 2, "suspend");
  expect_alike();
  take(order, 3, "resume");
  expect_alike();
  take(order, 4, "accept");
  expect_alike();
}

TEST_F(RollUpOfDutiesTest, LeavesOutWhatARecordBroughtAboutForWhoIsRecusedFromIt) {
  const auto order = issued_order("2026-02-10");
  const auto clerk = principal("yunxiu-clerk");
  const auto before = must(roll_up(clerk, "yunxiu", RelationKind::PartySuperior)).at("total").get<int>();
  must(run(clerk, recuse(clerk, order, {"", "近亲属", "", ""})));
  const auto after = must(roll_up(clerk, "yunxiu", RelationKind::PartySuperior));
  EXPECT_EQ(after.at("total"), before - 2) << "the quarter's duty and the order's own";
  EXPECT_EQ(after.at("lights"), scan(clerk, RelationKind::PartySuperior).at("yunxiu"));
}

TEST_F(RollUpTest, NamesWhatItWasAskedAmiss) {
  EXPECT_EQ(roll_up(system_, "nowhere", RelationKind::PartySuperior).error().code, Code::UnitUnknown);
  EXPECT_EQ(roll_up(system_, "yunxiu", RelationKind::SameLevel).error().code, Code::RequestMalformed);
}

}  // namespace
}  // namespace zeren::app
