#include "base/plain_text.hpp"

#include <gtest/gtest.h>

namespace zeren::base {
namespace {

void expect_hidden(const Json& body, const std::string& what, const std::string& pointer,
                   const std::string& character) {
  const auto plain = check_plain_text(body);
  ASSERT_FALSE(plain.has_value()) << body;
  EXPECT_EQ(plain.error().code, Code::TextHidden);
  EXPECT_EQ(plain.error().args.at("what"), what);
  EXPECT_EQ(plain.error().where.pointer, pointer) << "told once, as the place";
  EXPECT_EQ(plain.error().args.at("character"), character);
}

TEST(PlainText, NamesThePlaceAndTheCharacter) {
  expect_hidden({{"content", {{"rows", {"a", "b\x1b"}}}}}, "the text", "/content/rows/1", "U+001B");
  expect_hidden({{"a", {{"b\u202E", 1}}}}, "the text", "/a", "U+202E");
  expect_hidden(std::string("\0", 1), "the body", "", "U+0000");
}

TEST(PlainText, TakesLinesTabsNumbersAndNothing) {
  EXPECT_TRUE(check_plain_text({{"a", "一\n\t二"}, {"b", 1}, {"c", nullptr}, {"d", Json::array()}}).has_value());
}

TEST(PlainText, OfMoreThanFourThousandCharactersIsRefusedWithItsPlaceAndTheLimit) {
  std::string longest;
  for (std::size_t i = 0; i < kLongestText; ++i) longest += "字";
  EXPECT_TRUE(check_lengths({{"reason", longest}, {"content", {{"text", longest + longest}}}}, "content"));
  const auto fits = check_lengths({{"parameters", {{"basis", longest + "字"}}}}, "content");
  ASSERT_FALSE(fits);
  EXPECT_EQ(fits.error().code, Code::TextTooLong);
  EXPECT_EQ(fits.error().where.pointer, "/parameters/basis");
  EXPECT_EQ(fits.error().args.at("what"), "parameters/basis");
  EXPECT_EQ(fits.error().args.at("max"), "4000");
}

}  // namespace
}  // namespace zeren::base
