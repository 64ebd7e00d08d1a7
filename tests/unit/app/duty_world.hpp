// The demonstration deployment with the module tests/fixtures/modules/duties.json beside the dual
// reports.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "app/commands/module_commands.hpp"
#include "app/queries/ledger_queries.hpp"
#include "base/located_json.hpp"
#include "unit/app/host_world.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::fixtures {

class DutyWorld : public HostWorld {
 protected:
  DutyWorld() {
    modules::FixturePackage package("duties");
    package.manifest =
        base::LocatedJson::read(ZEREN_SOURCE_DIR "/tests/fixtures/modules/duties.json")->value();
    const auto verified = package.pack();
    const auto packages = folder_ / "packages";
    std::filesystem::create_directories(packages);
    std::filesystem::copy(verified.dir(), packages / "duties",
                          std::filesystem::copy_options::recursive);
    must(run(kSystem,
             app::enable_module(kSystem, {"duties", "lanjiang", {}}, {packages, host_->store()})));
    derive();
  }

  base::Json derive() {
    return must(run(kSystem, app::derive_obligations(kSystem, {base::make_date(2026, 1, 1),
                                                               base::make_date(2027, 1, 1)})));
  }

  /// What yunxiu owes under the rule, in the order of the list.
  std::vector<base::Json> owed_under(const std::string& rule) {
    std::vector<base::Json> found;
    const auto clerk = principal("yunxiu-clerk");
    app::ObligationFilter filter;
    filter.module = "duties";
    filter.unit = "yunxiu";
    const auto list = ask(app::list_obligations(clerk, filter, {200, ""}));
    for (const auto& item : list.at("items")) {
      if (item.at("rule") == rule) found.push_back(item);
    }
    return found;
  }

  /// An order of yunxiu for the first quarter, issued; its id.
  std::string issued_order(const std::string& deadline) {
    const auto clerk = principal("yunxiu-clerk");
    const auto id =
        draft_order(owed_under("Q1").at(0).at("id"), {{"title", "整改"}, {"deadline", deadline}});
    must(run(clerk, app::take_step(clerk, id, 1, {"issue", "", ""})));
    return id;
  }

  std::string draft_order(const std::string& obligation, const base::Json& content) {
    const auto clerk = principal("yunxiu-clerk");
    return must(run(clerk, app::draft_record(clerk, obligation, content)))
        .at("id")
        .get<std::string>();
  }

  base::Json take(const std::string& record, std::int64_t version, const std::string& step) {
    const auto head = principal("yunxiu-principal");
    return must(run(head, app::take_step(head, record, version, {step, "理由", ""})));
  }

  const access::Principal kSystem = access::system_principal("test");
};

}  // namespace zeren::fixtures
