// Modules in the operator's hands: what is in force, whether it is what was approved, and what to
// do about a module that took the server along.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "base/file.hpp"
#include "base/json.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::integration {
namespace {

namespace fs = std::filesystem;
using base::Json;
using testing::HasSubstr;
using testing::Not;

class ModuleCommandsTest : public testing::Test {
 protected:
  ModuleCommandsTest() {
    fs::copy(ZEREN_BINARY_DIR "/modules", packages_, fs::copy_options::recursive);
    const auto made = zeren(data_, {"setup", "--demo", "--config", ZEREN_SOURCE_DIR "/config", "--deployment",
                                 fixtures::kSmallCityDeployment,
                                    "--modules", packages_.string()});
    EXPECT_EQ(made.status, 0) << made.err;
  }

  Outcome module(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "module");
    return zeren(data_, std::move(arguments));
  }
  Json shown(const std::string& id) const {
    const auto done = module({"show", id});
    EXPECT_EQ(done.status, 0) << done.err;
    return base::parse_json(done.out, "output").value_or(Json::object());
  }
  void deliver(modules::FixturePackage& package) const {
    const auto verified = package.pack();
    fs::copy(verified.dir(), packages_ / verified.manifest().id(), fs::copy_options::recursive);
  }

  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  fs::path packages_ = folder_ / "packages";
};

TEST_F(ModuleCommandsTest, ShowWhatIsInForceAndWhereItWasApproved) {
  EXPECT_THAT(module({"list"}).out, HasSubstr("dual_reports"));
  const auto module = shown("dual_reports");
  EXPECT_EQ(module.value("state", ""), "enabled");
  EXPECT_EQ(module.at("approved").at("issuer").value("code", ""), "qinglan");
}

TEST_F(ModuleCommandsTest, FindTheFileInWhichAByteChanged) {
  const auto verified = module({"verify", "dual_reports"});
  ASSERT_EQ(verified.status, 0) << verified.err;
  const auto folder = base::parse_json(verified.out, "output").value().value("folder", "");
  const auto file = fs::path(folder) / "i18n" / "zh-CN.json";
  ASSERT_TRUE(base::write_file(file, base::read_file(file).value() + " ").has_value());
  const auto changed = module({"verify", "dual_reports"});
  EXPECT_NE(changed.status, 0);
  EXPECT_THAT(changed.err, HasSubstr("zh-CN.json"));
  EXPECT_THAT(module({"list"}).out, HasSubstr("refused"));
  const auto serving =
      module({"enable", "dual_reports", "--issuer", "qinglan", "--from", year() + "-01-01"});
  EXPECT_EQ(serving.status, 0) << serving.err;
  EXPECT_EQ(module({"verify", "dual_reports"}).status, 0);
}

TEST_F(ModuleCommandsTest, NameAModuleThatThereIsNot) {
  for (const std::string command : {"show", "verify"}) {
    EXPECT_NE(module({command, "no_such_module"}).status, 0) << command;
  }
  EXPECT_NE(module({"release", "no_such_module", "--reason", "x"}).status, 0);
  EXPECT_EQ(module({"prune"}).status, 0);
}

TEST_F(ModuleCommandsTest, ApproveNothingWhenAPackageTakesTheServerAlongWhileItIsTried) {
  modules::FixturePackage package("crashes_at_start");
  deliver(package.providing_nothing());
  {
    ServerProcess server(data_);
    EXPECT_NE(module({"enable", "crashes_at_start", "--issuer", "qinglan"}).status, 0);
    constexpr int kAborted = 128 + SIGABRT;
    EXPECT_EQ(server.end(SIGTERM), kAborted);
  }
  ServerProcess server(data_);
  EXPECT_EQ(shown("crashes_at_start").value("state", ""), "available");
  EXPECT_EQ(shown("dual_reports").value("state", ""), "enabled");
  EXPECT_EQ(server.end(), 0);
}

TEST_F(ModuleCommandsTest, DisableAModuleAndEnableItAgainAsItWas) {
  EXPECT_NE(module({"disable", "no_such_module", "--reason", "x"}).status, 0);
  const auto disabled = module({"disable", "dual_reports", "--reason", "制度调整"});
  ASSERT_EQ(disabled.status, 0) << disabled.err;
  EXPECT_EQ(shown("dual_reports").value("state", ""), "disabled");
  const auto enabled = module({"enable", "dual_reports"});
  ASSERT_EQ(enabled.status, 0) << enabled.err;
  EXPECT_EQ(shown("dual_reports").value("state", ""), "enabled");
  EXPECT_EQ(shown("dual_reports").at("approved").value("enabled_from", ""), year() + "-01-01");
  expect_sound(data_);
}

TEST_F(ModuleCommandsTest, BringAServerBackThatAModuleTookAlong) {
  modules::FixturePackage package("crashes_at_start");
  deliver(package.providing_nothing());
  ::setenv("ZEREN_FIXTURE_CALM", "1", 1);
  const auto enabling = module({"enable", "crashes_at_start", "--issuer", "qinglan"});
  ::unsetenv("ZEREN_FIXTURE_CALM");
  ASSERT_EQ(enabling.status, 0) << enabling.err;
  EXPECT_NE(zeren(data_, {"serve", "--listen", "127.0.0.1:0"}).status, 0);  // gone before it could answer
  ServerProcess server(data_);  // serves again, without the module
  EXPECT_EQ(shown("crashes_at_start").value("state", ""), "quarantined");
  EXPECT_EQ(shown("dual_reports").value("state", ""), "enabled");
  package.without_library().manifest["version"] = "1.0.1";
  fs::remove_all(packages_ / "crashes_at_start");
  deliver(package);
  const auto mended =
      module({"enable", "crashes_at_start", "--issuer", "qinglan", "--from", year() + "-01-01"});
  EXPECT_EQ(mended.status, 0) << mended.err;
  EXPECT_EQ(shown("crashes_at_start").value("state", ""), "enabled");
  EXPECT_EQ(server.end(), 0);
  EXPECT_FALSE(fs::exists(data_ / "in-flight"));
  expect_sound(data_);
}

TEST_F(ModuleCommandsTest, QuarantineNobodyAfterACleanEndOrAKillBetweenCalls) {
  {
    ServerProcess server(data_);
    EXPECT_EQ(server.end(), 0);
  }
  {
    ServerProcess server(data_);
    server.end(SIGKILL);
  }
  EXPECT_THAT(module({"list"}).out, Not(HasSubstr("quarantined")));
}

}  // namespace
}  // namespace zeren::integration
