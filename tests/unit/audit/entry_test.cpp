#include "audit/entry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/digest.hpp"
#include "fixtures/fixed_world.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using base::Json;

class EntryTest : public testing::Test {
 protected:
  base::Result<Draft> make(const store::Act& act, const Json& rows = Json::array()) {
    return make_entry(act, rows, "0190", clock_.now(), entropy_);
  }

  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
};

store::Act submission() {
  store::Act act;
  act.action = "record.submit";
  act.unit = "u-1";
  act.account = "a-1";
  act.objects = {{"record", "r-1", 3}};
  act.module = "dual_reports";
  act.module_version = "1.0.0";
  act.module_digest = "ZGln";
  act.rule = "annual";
  act.rule_version = 2;
  act.request = "q-1";
  return act;
}

TEST_F(EntryTest, TheLeafIsCanonicalAndHoldsWhatIsPublic) {
  const auto draft = make(submission());
  ASSERT_TRUE(draft);
  EXPECT_EQ(
      draft->leaf,
      R"({"act":"record.submit","id":"0190","obj":[{"i":"r-1","t":"record","ver":3}],)"
      R"("org":"u-1","out":"ok","plg":{"h":"ZGln","i":"dual_reports","v":"1.0.0"},)"
      R"("req":"q-1","rule":{"i":"annual","v":2},"sub":"a-1","t":"2026-01-01T00:00:00.000Z","v":1})");
}

TEST_F(EntryTest, TheLeafLeavesOutWhatTheActDoesNotSay) {
  store::Act act;
  act.action = "scheduler.run";
  act.account = "system:scheduler";
  EXPECT_EQ(make(act)->leaf,
            R"({"act":"scheduler.run","id":"0190","out":"ok","sub":"system:scheduler",)"
            R"("t":"2026-01-01T00:00:00.000Z","v":1})");
}

TEST_F(EntryTest, ValuesAppearAsCommitmentsOnly) {
  auto act = submission();
  act.committed["reason"] = "张三请假";
  const auto draft = make(act, Json::parse(R"([["record",{"id":"r-1"},{"state":"submitted"}]])"));
  ASSERT_TRUE(draft);
  ASSERT_EQ(draft->values.size(), 2U);
  EXPECT_EQ(draft->leaf.find("张三"), std::string::npos);
  const auto commitments = Json::parse(draft->leaf).at("c");
  ASSERT_EQ(commitments.size(), 2U);
  for (const auto& value : draft->values) {
    EXPECT_EQ(commitments.at(value.name), *commitment(value.salt, value.name, value.value));
    EXPECT_EQ(base::from_base64url(value.salt)->size(), 16U);
  }
  EXPECT_EQ(draft->values[1].name, kRowsName);
  EXPECT_EQ(draft->values[1].value, R"([["record",{"id":"r-1"},{"state":"submitted"}]])");
}

TEST_F(EntryTest, ACommitmentIsTheHashOfSaltNameAndValue) {
  const auto expected =
      base::to_base64url(base::sha256(R"(["AAAAAAAAAAAAAAAAAAAAAA","reason",{"a":1}])"));
  EXPECT_EQ(*commitment("AAAAAAAAAAAAAAAAAAAAAA", "reason", R"({"a":1})"), expected);
  EXPECT_NE(*commitment("AAAAAAAAAAAAAAAAAAAAAB", "reason", R"({"a":1})"), expected);
  EXPECT_NE(*commitment("AAAAAAAAAAAAAAAAAAAAAA", "reasom", R"({"a":1})"), expected);
}

TEST_F(EntryTest, EqualValuesCannotBeRecognised) {
  auto act = submission();
  act.committed["reason"] = "same";
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) seen.insert(Json::parse(make(act)->leaf).at("c").at("reason"));
  EXPECT_EQ(seen.size(), 20U);
}

TEST_F(EntryTest, RefusesValuesWithoutCanonicalForm) {
  auto act = submission();
  act.committed["score"] = 1.5;
  EXPECT_EQ(make(act).error().code, Code::JsonNumberRange);
  act.committed["score"] = "\xFF";
  EXPECT_EQ(make(act).error().code, Code::TextNotUtf8);
}

TEST_F(EntryTest, RefusesALeafThatNoBundleCouldCarry) {
  auto act = submission();
  act.objects.resize(2000, {"record", std::string(36, 'x'), 1});
  const auto refused = make(act);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::RequestTooLarge);
}

}  // namespace
}  // namespace zeren::audit
