#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/json.hpp"

namespace zeren::base {
namespace {

std::string canonical_of(std::string_view text) {
  const auto parsed = parse_json(text);
  EXPECT_TRUE(parsed.has_value());
  const auto out = canonical(*parsed);
  EXPECT_TRUE(out.has_value());
  return out.value_or("");
}

TEST(CanonicalJson, SortsKeysByUtf16CodeUnitsNotByBytes) {
  // The example of RFC 8785 §3.2.3, less its comments: the emoji's surrogates sort before U+FB33.
  EXPECT_EQ(canonical_of(R"({"€":1,"\r":2,"\ufb33":3,"1":4,"😀":5,"\u0080":6,"ö":7})"),
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\uFB33\":3}");
}

TEST(CanonicalJson, WritesNoSpacesAndEscapesAsTheRfcDoes) {
  EXPECT_EQ(canonical_of(R"( [ "\u000f\n\"\\\/", null, true, -5 ] )"),
            "[\"\\u000f\\n\\\"\\\\/\",null,true,-5]");
}

TEST(CanonicalJson, RefusesFractionsAndIntegersThatReadersDisagreeOn) {
  for (const Json& value : {Json(1.5), Json(9007199254740992), Json(-9007199254740992),
                            Json(std::numeric_limits<std::int64_t>::min())}) {
    const auto out = canonical(Json::array({value}));
    ASSERT_FALSE(out.has_value()) << value;
    EXPECT_EQ(out.error().code, Code::JsonNumberRange);
  }
  EXPECT_TRUE(canonical(Json(9007199254740991)).has_value());
}

TEST(CanonicalJson, RefusesTextThatIsNotUtf8) {
  const auto out = canonical(Json("\xff"));
  ASSERT_FALSE(out.has_value());
  EXPECT_EQ(out.error().code, Code::TextNotUtf8);
}

}  // namespace
}  // namespace zeren::base
