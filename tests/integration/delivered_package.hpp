// A module of the test's own, brought to a served deployment as an operator would: delivered, approved, derived for.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "integration/served_deployment.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::integration {

/// Delivers the package, approves it for what stands below qinglan, and derives what it asks for in 2026.
inline void introduce(const ServedDeployment& served, modules::FixturePackage& package) {
  const auto verified = package.pack();
  const auto id = verified.manifest().id();
  std::filesystem::copy(verified.dir(), served.packages() / id, std::filesystem::copy_options::recursive);
  const auto system = served.sign_in("system");
  const auto enabled = system.post("/api/v1/modules/" + id + "/enable", {{"issuer", "qinglan"}});
  EXPECT_EQ(enabled.status, 200) << enabled.body;
  const auto derived = system.post("/api/v1/obligations/derivations", {{"from", "2026-01-01"}, {"to", "2027-01-01"}});
  EXPECT_EQ(derived.status, 200) << derived.body;
}

}  // namespace zeren::integration
