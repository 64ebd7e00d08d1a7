// What a host does with modules that are in each other's way, were tampered with, or took a host
// along.
#include <csignal>
#include <cstdlib>

#include "app/queries/ledger_queries.hpp"
#include "unit/app/module_host.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Json;
using modules::FixturePackage;
using testing::HasSubstr;

class ModuleHostTest : public ModuleHost {};

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
    EXPECT_EQ(host->query(verify_module(system_, "well_behaved", host->store())).error().code,
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
  const auto pruned = prune_packages(*host, {system_, "", "", ""});
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
  const auto items = host->query(list_modules(system_, packages_, {})).value().at("items");
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].value("state", ""), "refused");
  EXPECT_THAT(items[0].at("causes").dump(), HasSubstr("module.json:1"));
  EXPECT_EQ(items[1].value("state", ""), "enabled");
  EXPECT_EQ(items[2].value("state", ""), "available");
  EXPECT_EQ(host->query(show_module(system_, "absent", packages_)).error().code,
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
  const auto derive = derive_obligations(system_, window);
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

class DisabledModuleTest : public ModuleHost {
 protected:
  DisabledModuleTest() {
    fs::create_directories(packages_);
    fs::copy(ZEREN_BINARY_DIR "/modules/dual_reports", packages_ / "dual_reports",
             fs::copy_options::recursive);
    host_ = open();
    EXPECT_TRUE(enable(*host_, "dual_reports").has_value());
    EXPECT_TRUE(run(*host_, derive_obligations(system_, window_)).has_value());
  }
  base::Result<Json> disable(const std::string& id, const std::string& reason = "制度调整") {
    return run(*host_, disable_module(system_, id, reason));
  }
  std::int64_t open_obligations() {
    const auto count = host_->query([](Snapshot& snapshot) -> base::Result<Json> {
      return Json((*snapshot.session.first("SELECT COUNT(*) FROM obligation WHERE state = 'open'"))->integer(0));
    });
    return count->get<std::int64_t>();
  }

  const base::Period window_{base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)};
  std::unique_ptr<Host> host_;
};

TEST_F(DisabledModuleTest, OwesNothingAndComesBackAsItWas) {
  const auto before = open_obligations();
  ASSERT_GT(before, 0);
  ASSERT_TRUE(disable("dual_reports").has_value());
  EXPECT_EQ(state(*host_, "dual_reports"), "disabled");
  EXPECT_EQ(entries(*host_, "module.disable"), 1);
  EXPECT_EQ(host_->query(summarise_obligations(system_, {}))->at("items").size(), 0U);
  host_.reset();
  host_ = open();
  EXPECT_EQ(state(*host_, "dual_reports"), "disabled");
  ASSERT_TRUE(run(*host_, derive_obligations(system_, window_)).has_value());
  EXPECT_EQ(open_obligations(), 0);
  // Neither issuer nor first day is asked for again.
  const Enablement again{"dual_reports", "", {}};
  ASSERT_TRUE(run(*host_, enable_module(system_, again, {packages_, host_->store()})).has_value());
  EXPECT_EQ(state(*host_, "dual_reports"), "enabled");
  ASSERT_TRUE(run(*host_, derive_obligations(system_, window_)).has_value());
  EXPECT_EQ(open_obligations(), before);
}

TEST_F(DisabledModuleTest, IsDisabledWithAReasonOnceAndOnlyWhenNobodyNeedsIt) {
  EXPECT_EQ(disable("dual_reports", " ").error().code, Code::StepReasonMissing);
  EXPECT_EQ(disable("absent").error().code, Code::ModuleNotEnabled);
  deliver("lower", {});
  deliver("upper", {"lower"});
  ASSERT_TRUE(enable(*host_, "lower").has_value());
  ASSERT_TRUE(enable(*host_, "upper").has_value());
  const auto needed = disable("lower");
  ASSERT_FALSE(needed.has_value());
  EXPECT_THAT(base::text_of(needed.error()), HasSubstr("upper needs the module lower"));
  EXPECT_THAT(base::text_of(needed.error()), HasSubstr("disable upper first"));
  EXPECT_TRUE(disable("upper").has_value());
  EXPECT_TRUE(disable("lower").has_value());
  EXPECT_EQ(disable("lower").error().code, Code::ModuleNotEnabled);
}

TEST_F(DisabledModuleTest, AllowsAnEarlierPackageThatStillReadsTheRecords) {
  deliver("plain", {}, "1.1.0");
  ASSERT_TRUE(enable(*host_, "plain").has_value());
  deliver("plain", {}, "1.0.0");
  EXPECT_EQ(enable(*host_, "plain").error().code, Code::ManifestSchema);
  ASSERT_TRUE(disable("plain").has_value());
  ASSERT_TRUE(enable(*host_, "plain").has_value());
  EXPECT_EQ(shown(*host_, "plain").value("version", ""), "1.0.0");
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

/// The module that ends its host as soon as it is started, unless ZEREN_FIXTURE_CALM is set.
class QuarantineTest : public ModuleHostTest {
 protected:
  QuarantineTest() {
    deliver(package_.providing_nothing());
    deliver("plain", {});
  }
  // It behaves while it is tried and approved, and ends the host that is opened next.
  void crash() {
    ::setenv("ZEREN_FIXTURE_CALM", "1", 1);
    {
      const auto host = open();
      EXPECT_TRUE(enable(*host, "plain").has_value());
      EXPECT_TRUE(enable(*host, kCrashing).has_value());
    }
    ::unsetenv("ZEREN_FIXTURE_CALM");
    EXPECT_EXIT((void)open(), testing::KilledBySignal(SIGABRT), "");
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
  const auto left_out = host->query(list_records(system_, {}, {})).value().at("left_out");
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
  EXPECT_EQ(run(*host, release_module(system_, kCrashing, "　 ")).error().code,
            Code::StepReasonMissing);
  access::Principal security = system_;
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
