#include <gtest/gtest.h>

#include "zeren/testing/fake_host.hpp"
#include "zeren/testing/step_builder.hpp"

namespace {

using zeren::testing::FakeHost;
using zeren::testing::StepBuilder;

TEST(Notices, NeedATitle) {
  FakeHost host(zeren_plugin_entry);
  ASSERT_TRUE(host.started().has_value());
  EXPECT_TRUE(host.will_step(StepBuilder("draft").of("notice").build())->contains("veto"));
  EXPECT_TRUE(
      host.will_step(StepBuilder("draft").of("notice").field("title", "t").build())->empty());
}

}  // namespace
