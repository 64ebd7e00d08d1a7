// A host with modules that tell each other of events and answer them: fixtures of tests/fixtures/plugins under
// manifests made here.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/commands/module_commands.hpp"
#include "app/consumer.hpp"
#include "app/delivery.hpp"
#include "app/queries/delivery_queries.hpp"
#include "app/queries/inbox_queries.hpp"
#include "app/queries/record_queries.hpp"
#include "unit/app/host_world.hpp"
#include "unit/modules/fixture_package.hpp"
#include "unit/modules/note_module.hpp"

namespace zeren::fixtures {

class ReactionsWorld : public HostWorld {
 protected:
  using Json = base::Json;

  /// Delivers the fixture `name` with its manifest as `change` leaves it, and enables it.
  void enable(const std::string& name, const std::function<void(Json&)>& change) {
    modules::FixturePackage package(name);
    change(package.manifest);
    const auto verified = package.pack();
    std::filesystem::create_directories(packages_);
    std::filesystem::remove_all(packages_ / name);
    std::filesystem::copy(verified.dir(), packages_ / name, std::filesystem::copy_options::recursive);
    const auto system = access::system_principal("test");
    must(run(system, app::enable_module(system, {name, "qinglan", {}}, {packages_, host_->store()})));
    const base::Period year{base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)};
    must(run(system, app::derive_obligations(system, year)));
  }

  /// Tells every module everything, until nobody has anything more to tell.
  void tell_all() {
    for (bool more = true; more;) {
      more = false;
      std::vector<std::shared_ptr<app::Consumer>> consumers;
      must(host_->query([&](app::Snapshot& snapshot) -> base::Result<Json> {
        consumers = app::module_consumers(*host_, snapshot);
        return Json{};
      }));
      for (const auto& consumer : consumers) {
        const auto told = app::deliver(*host_, *consumer, {3, std::chrono::seconds(10), std::chrono::seconds(15)});
        ASSERT_TRUE(told.has_value()) << base::report_of(told.error());
        more = more || told->moved;
      }
    }
  }

  /// What `module`.`rule` asks of the unit for 2025.
  std::string owed_by(const std::string& module, const std::string& rule, const std::string& unit) {
    return must(host_->query([&](app::Snapshot& snapshot) -> base::Result<Json> {
      const auto row = snapshot.session.first(
          "SELECT id FROM obligation WHERE module = :1 AND rule = :2 AND owner = :3 AND period = '2025'",
          std::vector<store::Value>{module, rule, snapshot.organisation().unit_by_code(unit)->id.value});
      return Json((**row).text(0));
    })).get<std::string>();
  }

  /// The clerk of the finance bureau drafts and closes a note of `module` to which the module replies `reply`.
  std::string close_note(const std::string& reply, const std::string& module = "obeys") {
    const auto clerk = principal("qinglan-finance-clerk");
    const Json content{{"title", "会议"}, {"reply", reply}};
    const auto owed = owed_by(module, "N1", "qinglan-finance");
    const auto id = must(run(clerk, app::draft_record(clerk, owed, content))).at("id").get<std::string>();
    must(run(clerk, app::take_step(clerk, id, 1, {"close", "", ""})));
    return id;
  }

  Json letters() { return ask(app::list_letters(principal("system"), {})).at("items"); }
  Json inbox(const std::string& account) { return ask(app::list_inbox(principal(account), false, {})).at("items"); }
  std::int64_t events(const std::string& type) {
    return number("SELECT COUNT(*) FROM outbox WHERE type = 'zeren." + type + "'");
  }

  std::filesystem::path packages_ = folder_ / "packages";
};

}  // namespace zeren::fixtures
