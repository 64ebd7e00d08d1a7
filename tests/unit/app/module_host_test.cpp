// What a host does with modules that are in each other's way, were tampered with, or took a host
// along.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "app/commands/module_commands.hpp"
#include "app/commands/module_quarantine.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/queries/host_queries.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/setup.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Json;
using base::Result;
using modules::FixturePackage;
using testing::HasSubstr;

const access::Principal kSystem = access::system_principal("test");

class ModuleHostTest : public testing::Test {
 protected:
  ModuleHostTest() {
    const Deployment deployment{"zeren.example/test", "Asia/Shanghai", packages_};
    EXPECT_TRUE(DataFolder::create(data_, deployment).has_value());
    const auto host = open();
    const auto texts =
        read_import_folder(fixtures::kSmallCityTables);
    EXPECT_TRUE(run(*host, import_organisation(kSystem, *texts)).has_value());
  }

  std::unique_ptr<Host> open() {
    auto host = Host::open(*DataFolder::open(data_), clock_, *entropy_);
    if (!host) ADD_FAILURE() << base::report_of(host.error());
    return std::move(*host);
  }

  Result<Json> run(Host& host, const Command& command) const {
    return host.execute({kSystem, "", "", ""}, command);
  }
  Result<Json> enable(Host& host, const std::string& id) const {
    return run(host, enable_module(kSystem, {id, "qinglan", {}}, {packages_, host.store()}));
  }
  Result<Json> release(Host& host, const std::string& id) const {
    return run(host, release_module(kSystem, id, "供应商已修复"));
  }

  /// Puts the package where packages are delivered.
  void deliver(FixturePackage& package) const {
    const auto verified = package.pack();
    const auto folder = packages_ / verified.manifest().id();
    fs::remove_all(folder);
    fs::create_directories(packages_);
    fs::copy(verified.dir(), folder, fs::copy_options::recursive);
  }
  /// A module of this name without code, which needs others.
  void deliver(const std::string& id, const std::vector<std::string>& needs,
               const std::string& version = "1.0.0") const {
    FixturePackage package(id);
    package.without_library().manifest["version"] = version;
    for (const auto& need : needs) {
      package.manifest["requires"]["modules"].push_back({{"id", need}, {"version", "1.0.0"}});
    }
    deliver(package);
  }

  Json shown(Host& host, const std::string& id) const {
    return host.query(show_module(kSystem, id, packages_)).value();
  }
  std::string state(Host& host, const std::string& id) const {
    return shown(host, id).value("state", "");
  }
  static std::int64_t entries(Host& host, const std::string& action) {
    const auto count = host.query([&](Snapshot& snapshot) -> Result<Json> {
      const auto row = snapshot.session.first("SELECT COUNT(*) FROM audit_entry WHERE leaf LIKE :1",
                                              std::vector<store::Value>{"%\"" + action + "\"%"});
      return Json((*row)->integer(0));
    });
    return count->get<std::int64_t>();
  }
  fs::path stored(Host& host, const std::string& id, const std::string& file) const {
    const auto verified = host.query(verify_module(kSystem, id, host.store()));
    EXPECT_TRUE(verified.has_value()) << base::report_of(verified.error());
    return fs::path(verified->value("folder", "")) / file;
  }

  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  fs::path packages_ = folder_ / "packages";
  fixtures::MovableClock clock_;
  // Not a seeded one: a process that ended and the next would make the same ids.
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
};

TEST_F(ModuleHostTest, LoadsWhatWasApprovedThoughItsSourceIsGone) {
  FixturePackage package("well_behaved");
  deliver(package);
  {
    const auto host = open();
    ASSERT_TRUE(enable(*host, "well_behaved").has_value());
    fs::remove_all(packages_);
    EXPECT_EQ(state(*host, "well_behaved"), "enabled");
  }
  const auto host = open();
  EXPECT_EQ(state(*host, "well_behaved"), "enabled");
  EXPECT_THAT(stored(*host, "well_behaved", "").string(), HasSubstr("/data/store/"));
}

TEST_F(ModuleHostTest, RefusesAStoredPackageInWhichAByteChangedAndNamesTheFile) {
  FixturePackage package("well_behaved");
  deliver(package);
  {
    const auto host = open();
    ASSERT_TRUE(enable(*host, "well_behaved").has_value());
    const auto library = stored(*host, "well_behaved", "libwell_behaved.so");
    ASSERT_TRUE(base::write_file(library, base::read_file(library).value() + "x").has_value());
    EXPECT_EQ(host->query(verify_module(kSystem, "well_behaved", host->store())).error().code,
              Code::PackageFileModified);
  }
  const auto host = open();
  EXPECT_EQ(state(*host, "well_behaved"), "refused");
  EXPECT_THAT(shown(*host, "well_behaved").at("reason").value("en", ""), HasSubstr("libwell_behaved.so"));
  ASSERT_TRUE(enable(*host, "well_behaved").has_value());  // brings the approved bytes back
  EXPECT_EQ(state(*host, "well_behaved"), "enabled");
}

TEST_F(ModuleHostTest, KeepsTheEarlierPackageBesideTheNewOne) {
  deliver("plain", {});
  const auto host = open();
  ASSERT_TRUE(enable(*host, "plain").has_value());
  const auto before = stored(*host, "plain", "module.json");
  deliver("plain", {}, "1.1.0");
  ASSERT_TRUE(enable(*host, "plain").has_value());
  EXPECT_EQ(shown(*host, "plain").value("version", ""), "1.1.0");
  EXPECT_TRUE(fs::exists(before));
}

TEST_F(ModuleHostTest, RefusesAPackageWhoseFieldsChangeWithoutSayingHowOldContentsAreRead) {
  FixturePackage package("plain");
  package.without_library();
  deliver(package);
  const auto host = open();
  ASSERT_TRUE(enable(*host, "plain").has_value());
  auto& type = package.manifest["record_types"]["note"];
  type["schema"]["properties"]["title"]["maxLength"] = 100;
  deliver(package);
  const auto refused = enable(*host, "plain");
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(base::text_of(refused.error()), HasSubstr("raise schema_version"));
  type["schema_version"] = 2;
  type["upcasts"] = {{"1", Json::array()}};
  deliver(package);
  EXPECT_TRUE(enable(*host, "plain").has_value());
}

TEST_F(ModuleHostTest, PrunesPackagesThatAreApprovedNoMore) {
  deliver("plain", {});
  const auto host = open();
  ASSERT_TRUE(enable(*host, "plain").has_value());
  const auto before = stored(*host, "plain", "");
  deliver("plain", {}, "1.1.0");
  ASSERT_TRUE(enable(*host, "plain").has_value());
  const auto now = stored(*host, "plain", "");
  for (const auto& folder : {before, now}) {
    fs::last_write_time(folder, fs::file_time_type::clock::now() - std::chrono::hours(2));
  }
  const auto pruned = prune_packages(*host, {kSystem, "", "", ""});
  ASSERT_TRUE(pruned.has_value()) << base::report_of(pruned.error());
  EXPECT_EQ(pruned->at("removed").size(), 1U);
  EXPECT_FALSE(fs::exists(before));
  EXPECT_TRUE(fs::exists(now));
  EXPECT_EQ(entries(*host, "module.prune"), 1);
}

TEST_F(ModuleHostTest, ListsWhatIsDeliveredWhatIsInForceAndWhatIsWrongWithABadManifest) {
  deliver("plain", {});
  deliver("spare", {});
  FixturePackage bad("bad");
  const auto packed = bad.without_library().pack();
  fs::create_directories(packages_ / "bad");
  const std::string text = R"({"id": "bad", "version": "first"})";
  ASSERT_TRUE(base::write_file(packages_ / "bad" / "module.json", text).has_value());
  ASSERT_TRUE(base::write_file(packages_ / "bad" / "MANIFEST",
                               base::to_hex(base::sha256(text)) + "  module.json\n")
                  .has_value());
  const auto host = open();
  ASSERT_TRUE(enable(*host, "plain").has_value());
  const auto items = host->query(list_modules(kSystem, packages_, {})).value().at("items");
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].value("state", ""), "refused");
  EXPECT_THAT(items[0].at("causes").dump(), HasSubstr("module.json:1"));
  EXPECT_EQ(items[1].value("state", ""), "enabled");
  EXPECT_EQ(items[2].value("state", ""), "available");
  EXPECT_EQ(host->query(show_module(kSystem, "absent", packages_)).error().code,
            Code::ModuleUnknown);
}

TEST_F(ModuleHostTest, EnablesAModuleOnlyAfterThoseItNeeds) {
  deliver("lower", {});
  deliver("upper", {"lower"});
  const auto host = open();
  const auto early = enable(*host, "upper");
  ASSERT_FALSE(early.has_value());
  EXPECT_EQ(early.error().code, Code::ModuleDependencyMissing);
  ASSERT_TRUE(enable(*host, "lower").has_value());
  ASSERT_TRUE(enable(*host, "upper").has_value());
  EXPECT_EQ(shown(*host, "upper").at("requires").at(0).value("id", ""), "lower");
}

TEST_F(ModuleHostTest, StartsWithoutTheSubtreeOfAModuleThatIsOut) {
  deliver("a_top", {"lower"});
  deliver("lower", {});
  deliver("other", {});
  {
    const auto host = open();
    for (const std::string id : {"lower", "a_top", "other"}) {
      ASSERT_TRUE(enable(*host, id).has_value()) << id;
    }
    ASSERT_TRUE(base::write_file(stored(*host, "lower", "module.json"), "{}").has_value());
  }
  const auto host = open();
  EXPECT_EQ(state(*host, "lower"), "refused");
  EXPECT_EQ(state(*host, "a_top"), "refused");
  EXPECT_THAT(shown(*host, "a_top").at("causes").dump(), HasSubstr("module.json differs"));
  EXPECT_EQ(state(*host, "other"), "enabled");
}

TEST_F(ModuleHostTest, DerivesForTheOthersAndLeavesAloneWhatAModuleThatIsOutIsOwed) {
  fs::create_directories(packages_);
  fs::copy(ZEREN_BINARY_DIR "/modules/dual_reports", packages_ / "dual_reports",
           fs::copy_options::recursive);
  const base::Period window{base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)};
  const auto derive = derive_obligations(kSystem, window);
  {
    const auto host = open();
    ASSERT_TRUE(enable(*host, "dual_reports").has_value());
    EXPECT_GT(run(*host, derive)->value("added", 0), 0);
    ASSERT_TRUE(base::write_file(stored(*host, "dual_reports", "README.md"), "x").has_value());
  }
  const auto host = open();
  ASSERT_EQ(state(*host, "dual_reports"), "refused");
  const auto derived = run(*host, derive);
  ASSERT_TRUE(derived.has_value()) << base::report_of(derived.error());
  EXPECT_EQ(*derived, (Json{{"added", 0}, {"missing_recipients", Json::array()}, {"moved", 0},
                            {"superseded", 0}, {"undeclared_years", Json::array()}}));
}

TEST_F(ModuleHostTest, RefusesAPackageThatWouldCloseACircle) {
  deliver("lower", {});
  deliver("upper", {"lower"});
  const auto host = open();
  ASSERT_TRUE(enable(*host, "lower").has_value());
  ASSERT_TRUE(enable(*host, "upper").has_value());
  deliver("lower", {"upper"}, "2.0.0");
  const auto closing = enable(*host, "lower");
  ASSERT_FALSE(closing.has_value());
  EXPECT_EQ(closing.error().code, Code::ModuleDependencyCircular);
  EXPECT_EQ(shown(*host, "lower").value("version", ""), "1.0.0");
}

/// The module that ends its host as soon as it is started.
class QuarantineTest : public ModuleHostTest {
 protected:
  QuarantineTest() {
    deliver(package_.providing_nothing());
    deliver("plain", {});
  }
  void crash() {
    const auto enabling = [this] {
      const auto host = open();
      (void)enable(*host, "plain");
      (void)enable(*host, kCrashing);
    };
    EXPECT_EXIT(enabling(), testing::KilledBySignal(SIGABRT), "");
  }

  static constexpr auto kCrashing = "crashes_at_start";
  FixturePackage package_{kCrashing};
};

TEST_F(QuarantineTest, KeepsOutTheModuleThatTookTheHostAlongAndNoOther) {
  crash();
  const auto host = open();
  EXPECT_EQ(state(*host, kCrashing), "quarantined");
  EXPECT_THAT(shown(*host, kCrashing).at("reason").value("en", ""), HasSubstr("zeren module release"));
  EXPECT_THAT(shown(*host, kCrashing).at("reason").value("zh-CN", ""), HasSubstr("请查明原因"));
  const auto left_out = host->query(list_records(kSystem, {})).value().at("left_out");
  EXPECT_EQ(left_out.at(0).value("module", ""), kCrashing) << "a list does not look complete when it is not";
  EXPECT_EQ(state(*host, "plain"), "enabled");
  EXPECT_EQ(entries(*host, "module.quarantine"), 1);
}

TEST_F(QuarantineTest, LastsOverFurtherStartsWithoutFurtherEntries) {
  crash();
  open();
  const auto host = open();
  EXPECT_EQ(state(*host, kCrashing), "quarantined");
  EXPECT_EQ(entries(*host, "module.quarantine"), 1);
}

TEST_F(QuarantineTest, EndsWhenTheAdministratorReleasesTheModuleWhichIsTriedAtOnce) {
  crash();
  const auto releasing = [this] { (void)release(*open(), kCrashing); };
  EXPECT_EXIT(releasing(), testing::KilledBySignal(SIGABRT), "");
  const auto host = open();  // it crashed again, and is quarantined again
  EXPECT_EQ(state(*host, kCrashing), "quarantined");
  EXPECT_EQ(entries(*host, "module.release"), 1);
  EXPECT_EQ(entries(*host, "module.quarantine"), 2);
}

TEST_F(QuarantineTest, IsReleasedWithAReasonAndByTheSystemAdministratorOnly) {
  crash();
  const auto host = open();
  EXPECT_EQ(run(*host, release_module(kSystem, kCrashing, "　 ")).error().code,
            Code::StepReasonMissing);
  access::Principal security = kSystem;
  security.id = "0190a000-0000-7000-8000-000000000001";
  security.administers = access::Administers::Security;
  EXPECT_EQ(run(*host, release_module(security, kCrashing, "x")).error().code, Code::Forbidden);
  EXPECT_EQ(release(*host, "absent").error().code, Code::ModuleNotEnabled);
  EXPECT_TRUE(release(*host, "plain").has_value());  // was not quarantined: nothing to do
  EXPECT_EQ(entries(*host, "module.release"), 2);  // what was forbidden, and what is not there
}

TEST_F(QuarantineTest, GivesWayToAPackageThatMendsTheModuleAndNotToTheSameOne) {
  crash();
  const auto host = open();
  EXPECT_EQ(enable(*host, kCrashing).error().code, Code::ModuleQuarantined);
  package_.without_library().manifest["version"] = "1.0.1";
  deliver(package_);
  ASSERT_TRUE(enable(*host, kCrashing).has_value());
  EXPECT_EQ(state(*host, kCrashing), "enabled");
}

TEST_F(QuarantineTest, ComesToNobodyWhenTheHostEndsWell) {
  FixturePackage package("well_behaved");
  deliver(package);
  { ASSERT_TRUE(enable(*open(), "well_behaved").has_value()); }
  EXPECT_FALSE(fs::exists(data_ / "in-flight"));
  const auto host = open();
  EXPECT_EQ(state(*host, "well_behaved"), "enabled");
  EXPECT_EQ(entries(*host, "module.quarantine"), 0);
}

}  // namespace
}  // namespace zeren::app
