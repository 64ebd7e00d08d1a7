// What the reader of docs/write-a-plugin/README.md has in the end: an institution that a host runs.
#include <gtest/gtest.h>

#include "app/commands/module_commands.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Json;

class Tutorial : public fixtures::HostWorld {
 protected:
  Tutorial() { move_to("2026-06-30"); }

  void enable() {
    const auto system = principal("system");
    must(run(system, enable_module(system, {"party_lectures", "qinglan", base::make_date(2026, 1, 1)},
                                   {ZEREN_TUTORIAL_PACKAGES, host_->store()})));
    must(run(system, derive_obligations(system, {base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)})));
  }
  std::string owed_lecture() {
    return must(host_->query([](Snapshot& snapshot) -> base::Result<Json> {
             const auto unit = snapshot.organisation().unit_by_code("qinglan-finance")->id.value;
             const auto row = snapshot.session.first(
                 "SELECT id FROM obligation WHERE module = 'party_lectures' AND owner = :1",
                 std::vector<store::Value>{unit});
             return Json((*row)->text(0));
           }))
        .get<std::string>();
  }
};

TEST_F(Tutorial, ItsInstitutionRunsInAHost) {
  enable();
  const auto clerk = principal("qinglan-finance-clerk");
  const auto head = principal("qinglan-finance-principal");
  Json content{{"title", "算好廉政账"}, {"given_on", "2025-12-31"}, {"listeners", 40}};
  const auto record = must(run(clerk, draft_record(clerk, owed_lecture(), content))).at("id").get<std::string>();

  const auto refused = run(head, take_step(head, record, 1, {"send", "", ""}));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::Code::PluginVetoed);

  content["given_on"] = "2026-06-15";
  must(run(clerk, edit_record(clerk, record, 1, content)));
  EXPECT_EQ(must(run(head, take_step(head, record, 2, {"send", "", ""}))).value("state", ""), "sent");
}

}  // namespace
}  // namespace zeren::app
