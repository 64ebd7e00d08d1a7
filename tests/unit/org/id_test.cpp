// Ids in sixteen bytes: whatever text was put in comes out, and they are ordered as texts are.
#include "org/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <unordered_set>

#include "base/json.hpp"

namespace zeren::org {
namespace {

const std::string kUuid = "0190a000-0000-7000-8000-00000000000f";

std::vector<std::string> any_texts(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::string> texts = {"", "a", kUuid, std::string(16, 'z'), std::string(17, 'z'), "市委", "八个汉字以上的组织名称",
                                    "0190A000-0000-7000-8000-00000000000F", "0190a000-0000-7000-c000-000000000000",
                                    std::string("a\0b", 3), "0190a00000000-7000-8000-00000000000f"};
  for (int i = 0; i < 200; ++i) {
    std::string text(random() % 40, '\0');
    for (auto& character : text) character = static_cast<char>(random() % 256);
    texts.push_back(text);
    auto uuid = kUuid;
    uuid[random() % 8] = "0123456789abcdef"[random() % 16];
    texts.push_back(uuid);
    texts.push_back(text.substr(0, random() % 9));
  }
  return texts;
}

TEST(Id, GivesBackAnyTextAsItWas) {
  for (const auto& text : any_texts(1)) {
    const UnitId id{text};
    EXPECT_EQ(id.value.text(), text);
    const auto copy = id;
    EXPECT_EQ(copy.value.text(), text);
    EXPECT_EQ(copy, id);
    EXPECT_EQ(id.value.empty(), text.empty());
  }
}

TEST(Id, IsOrderedAndEqualAsItsTextIs) {
  const auto texts = any_texts(2);
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      EXPECT_EQ(UnitId{a} < UnitId{b}, a < b) << a << " and " << b;
      EXPECT_EQ(UnitId{a} == UnitId{b}, a == b) << a << " and " << b;
    }
  }
}

TEST(Id, HasOneHashForOneText) {
  for (const auto& text : any_texts(3)) EXPECT_EQ(UnitId{text}.value.hash(), UnitId{text}.value.hash());
  std::unordered_set<UnitId> ids;
  const auto texts = any_texts(4);
  for (const auto& text : texts) ids.insert({text});
  EXPECT_EQ(ids.size(), std::unordered_set<std::string>(texts.begin(), texts.end()).size());
}

TEST(Id, TakesSixteenBytes) { EXPECT_EQ(sizeof(UnitId), 16U); }

TEST(Id, MovesAndAssignsItsText) {
  const std::string longer = "an id that nobody makes but somebody may ask for";
  UnitId id{longer};
  auto moved = std::move(id);
  EXPECT_EQ(moved.value.text(), longer);
  moved = UnitId{kUuid};
  EXPECT_EQ(moved.value.text(), kUuid);
  UnitId again{longer};
  moved = again;
  again = UnitId{};
  EXPECT_EQ(moved.value.text(), longer);
}

TEST(Id, IsItsTextInJsonAndInMessages) {
  const UnitId id{kUuid};
  EXPECT_EQ((base::Json{{"unit", id.value}}).dump(), R"({"unit":")" + kUuid + "\"}");
  EXPECT_EQ("unit/" + id.value, "unit/" + kUuid);
}

}  // namespace
}  // namespace zeren::org
