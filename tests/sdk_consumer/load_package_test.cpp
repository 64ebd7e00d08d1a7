// Loads the package that consume.cmake built from the installed SDK, as the host would.
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "modules/module.hpp"

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

}  // namespace
}  // namespace zeren::modules
