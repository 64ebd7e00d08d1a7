// A host and the folder in which packages are delivered to it: what the tests of modules stand on.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/module_commands.hpp"
#include "app/commands/module_quarantine.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/queries/host_queries.hpp"
#include "app/setup.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::app {

class ModuleHost : public testing::Test {
 protected:
  ModuleHost() {
    const Deployment deployment{"zeren.example/test", "Asia/Shanghai", packages_};
    EXPECT_TRUE(DataFolder::create(data_, deployment).has_value());
    const auto host = open();
    const auto texts =
        read_import_folder(fixtures::kSmallCityTables);
    EXPECT_TRUE(run(*host, import_organisation(system_, *texts)).has_value());
  }

  std::unique_ptr<Host> open() {
    auto host = Host::open(*DataFolder::open(data_), clock_, *entropy_);
    if (!host) ADD_FAILURE() << base::report_of(host.error());
    return std::move(*host);
  }

  base::Result<base::Json> run(Host& host, const Command& command) const {
    return host.execute({system_, "", "", ""}, command);
  }
  base::Result<base::Json> enable(Host& host, const std::string& id) const {
    return run(host, enable_module(system_, {id, "qinglan", {}}, {packages_, host.store()}));
  }
  base::Result<base::Json> release(Host& host, const std::string& id) const {
    return run(host, release_module(system_, id, "供应商已修复"));
  }

  /// Puts the package where packages are delivered.
  void deliver(modules::FixturePackage& package) const {
    const auto verified = package.pack();
    const auto folder = packages_ / verified.manifest().id();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(packages_);
    std::filesystem::copy(verified.dir(), folder, std::filesystem::copy_options::recursive);
  }
  /// A module of this name without code, which needs others.
  void deliver(const std::string& id, const std::vector<std::string>& needs,
               const std::string& version = "1.0.0") const {
    modules::FixturePackage package(id);
    package.without_library().manifest["version"] = version;
    for (const auto& need : needs) {
      package.manifest["requires"]["modules"].push_back({{"id", need}, {"version", "1.0.0"}});
    }
    deliver(package);
  }

  base::Json shown(Host& host, const std::string& id) const {
    return host.query(show_module(system_, id, packages_)).value();
  }
  std::string state(Host& host, const std::string& id) const {
    return shown(host, id).value("state", "");
  }
  static std::int64_t entries(Host& host, const std::string& action) {
    const auto count = host.query([&](Snapshot& snapshot) -> base::Result<base::Json> {
      const auto row = snapshot.session.first("SELECT COUNT(*) FROM audit_entry WHERE leaf LIKE :1",
                                              std::vector<store::Value>{"%\"" + action + "\"%"});
      return base::Json((*row)->integer(0));
    });
    return count->get<std::int64_t>();
  }
  std::filesystem::path stored(Host& host, const std::string& id, const std::string& file) const {
    const auto verified = host.query(verify_module(system_, id, host.store()));
    EXPECT_TRUE(verified.has_value()) << base::report_of(verified.error());
    return std::filesystem::path(verified->value("folder", "")) / file;
  }

  const access::Principal system_ = access::system_principal("test");
  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  std::filesystem::path packages_ = folder_ / "packages";
  fixtures::MovableClock clock_;
  // Not a seeded one: a process that ended and the next would make the same ids.
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
};

}  // namespace zeren::app
