#include "app/page.hpp"

#include <gtest/gtest.h>

namespace zeren::app {
namespace {

using base::Code;
using base::Json;

std::vector<Json> keys_of(const std::vector<int>& numbers) {
  std::vector<Json> keys;
  for (const int number : numbers) keys.push_back(Json::array({number}));
  return keys;
}

// All pages of `keys`, which `change` may change between two pages.
template <class Change>
std::vector<int> walk(std::vector<int> numbers, Order order, const Change& change) {
  std::vector<int> seen;
  Page page{2, ""};
  while (true) {
    const auto cut = cut_page(page, "numbers", keys_of(numbers), order).value();
    for (const auto at : cut.chosen) seen.push_back(numbers[at]);
    if (cut.next.is_null()) return seen;
    page.cursor = cut.next.get<std::string>();
    change(numbers);
  }
}

TEST(Page, GoesThroughAListInOrderAndEndsWithIt) {
  const auto nothing = [](std::vector<int>&) {};
  EXPECT_EQ(walk({5, 1, 4, 2, 3}, Order::Rising, nothing), (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(walk({5, 1, 4, 2}, Order::Falling, nothing), (std::vector<int>{5, 4, 2, 1}));
  EXPECT_EQ(walk({}, Order::Rising, nothing), std::vector<int>{});
}

TEST(Page, LosesAndDoublesNothingWhenItemsComeAndGoBetweenPages) {
  int next = 100;
  const auto come = [&](std::vector<int>& numbers) {
    numbers.insert(numbers.begin(), -next);  // before where the reader stands
    if (next < 103) numbers.push_back(next);  // and after
    ++next;
  };
  EXPECT_EQ(walk({1, 2, 3, 4, 5}, Order::Rising, come), (std::vector<int>{1, 2, 3, 4, 5, 100, 101, 102}));
  const auto go = [](std::vector<int>& numbers) { std::erase(numbers, 1); };
  EXPECT_EQ(walk({1, 2, 3, 4, 5}, Order::Rising, go), (std::vector<int>{1, 2, 3, 4, 5}));
}

TEST(Page, TakesOnlyCursorsThatItGaveForThisList) {
  const auto cursor = cursor_after("numbers", Json::array({2}));
  EXPECT_EQ(key_of_cursor("numbers", cursor).value(), Json::array({2}));
  EXPECT_EQ(key_of_cursor("others", cursor).error().code, Code::CursorInvalid);
  auto changed = cursor;
  changed.back() = changed.back() == '0' ? '1' : '0';
  for (const auto& garbage : {changed, std::string("x"), std::string("2"), cursor + "00", cursor.substr(1),
                              std::string(500, 'f')}) {
    EXPECT_EQ(key_of_cursor("numbers", garbage).error().code, Code::CursorInvalid) << garbage;
  }
  EXPECT_TRUE(key_of_cursor("numbers", "").value().is_null());
}

TEST(Page, ACursorOfAnotherShapeIsRefusedWhereTheKeyIsOneText) {
  EXPECT_EQ(text_of_cursor("names", cursor_after("names", Json::array({"b"}))).value(), "b");
  EXPECT_EQ(text_of_cursor("names", "").value(), "");
  for (const auto& key : {Json::array(), Json::array({1}), Json::array({"a", "b"}), Json::array({nullptr})}) {
    EXPECT_EQ(text_of_cursor("names", cursor_after("names", key)).error().code, Code::CursorInvalid) << key;
  }
}

}  // namespace
}  // namespace zeren::app
