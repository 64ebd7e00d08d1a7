// What consume.cmake built from the installed SDK: the host loads it, and people work with it as it came.
#include <gtest/gtest.h>

#include "app/commands/module_commands.hpp"
#include "base/messages.hpp"
#include "modules/module.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::modules {
namespace {

TEST(SdkConsumer, BuildsAPackageThatThisHostLoads) {
  auto package = manifest::Package::verify(ZEREN_CONSUMER_PACKAGE);
  ASSERT_TRUE(package.has_value()) << base::report_of(package.error());
  const auto module = Module::load(*std::move(package), std::chrono::seconds(30));
  ASSERT_TRUE(module.has_value()) << base::report_of(module.error());
  const base::Json step = {{"record_type", "notice"},
                           {"step", "issue"},
                           {"record", {{"period", "2025"}, {"content", base::Json::object()}}},
                           {"parameters", {{"min_title", 6}}}};
  const auto verdict = (*module)->will_step(step, std::chrono::seconds(30));
  ASSERT_TRUE(verdict.has_value()) << base::report_of(verdict.error());
  ASSERT_TRUE(verdict->veto.has_value());
  EXPECT_EQ(verdict->veto->zh, "标题不得少于6个字");
  EXPECT_EQ(verdict->veto->field, "title");
  const auto table = (*module)->compute("owed", {{"obligations", base::Json::array()}},
                                        std::chrono::seconds(30));
  EXPECT_TRUE(table.has_value()) << base::report_of(table.error());
}

class TemplateInUse : public fixtures::HostWorld {
 protected:
  std::string owed_notice() {
    return must(host_->query([](app::Snapshot& snapshot) -> base::Result<base::Json> {
             const auto unit = snapshot.organisation().unit_by_code("qinglan-finance")->id.value;
             const auto row = snapshot.session.first(
                 "SELECT id FROM obligation WHERE module = 'annual_notices' AND owner = :1",
                 std::vector<store::Value>{unit});
             return base::Json((*row)->text(0));
           }))
        .get<std::string>();
  }
};

TEST_F(TemplateInUse, IsAnInstitutionThatACityWorksWith) {
  move_to("2026-06-30");
  const auto system = principal("system");
  const auto packages = std::filesystem::path(ZEREN_CONSUMER_PACKAGE).parent_path();
  must(run(system, app::enable_module(system, {"annual_notices", "qinglan", base::make_date(2026, 1, 1)},
                                      {packages, host_->store()})));
  must(run(system,
           app::derive_obligations(system, {base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)})));
  const auto clerk = principal("qinglan-finance-clerk");
  const auto head = principal("qinglan-finance-principal");
  const base::Json content{{"title", "关于三起典型问题的通报"}};
  const auto notice = must(run(clerk, app::draft_record(clerk, owed_notice(), content))).at("id").get<std::string>();
  EXPECT_EQ(must(run(head, app::take_step(head, notice, 1, {"issue", "", ""}))).value("state", ""), "issued");
}

}  // namespace
}  // namespace zeren::modules
