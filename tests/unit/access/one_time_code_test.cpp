#include "access/one_time_code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/fixed_world.hpp"

namespace zeren::access {
namespace {

// RFC 6238, appendix B: the ASCII digits 1 to 0 twice, in base32; the last six of its eight digits.
constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

base::Instant after_epoch(std::int64_t since_1970) { return base::from_millis(since_1970 * 1000); }

TEST(OneTimeCode, IsThatOfTheSpecification) {
  EXPECT_EQ(code_of_step(kSecret, 59 / 30), "287082");
  EXPECT_EQ(code_of_step(kSecret, 1111111109 / 30), "081804");
  EXPECT_EQ(code_of_step(kSecret, 1111111111 / 30), "050471");
  EXPECT_EQ(code_of_step(kSecret, 1234567890 / 30), "005924");
  EXPECT_EQ(code_of_step(kSecret, 2000000000 / 30), "279037");
  EXPECT_EQ(code_of_step(kSecret, 20000000000 / 30), "353130");
}

TEST(OneTimeCode, IsTakenOneStepEarlyOrLateAndNoFurther) {
  const auto code = code_of_step(kSecret, 100);
  for (const auto at : {99 * 30, 100 * 30, 100 * 30 + 29, 101 * 30 + 29}) {
    EXPECT_EQ(step_of_code(kSecret, code, after_epoch(at)), 100) << at;
  }
  EXPECT_EQ(step_of_code(kSecret, code, after_epoch(98 * 30 + 29)), std::nullopt);
  EXPECT_EQ(step_of_code(kSecret, code, after_epoch(102 * 30)), std::nullopt);
}

TEST(OneTimeCode, RefusesWhatIsNoCode) {
  for (const auto* wrong : {"", "28708", "2870820", "abcdef", "000000"}) {
    EXPECT_EQ(step_of_code(kSecret, wrong, after_epoch(59)), std::nullopt) << wrong;
  }
  EXPECT_EQ(step_of_code("not base32!", "", after_epoch(59)), std::nullopt);
  EXPECT_EQ(step_of_code("", "", after_epoch(59)), std::nullopt);
}

TEST(OneTimeCode, SecretsAre160BitsThatAnAppCanRead) {
  fixtures::SeededEntropy entropy;
  const auto secret = make_code_secret(entropy);
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_EQ(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
  EXPECT_NE(make_code_secret(entropy), secret);
  EXPECT_EQ(otpauth_uri("finance.clerk", secret),
            "otpauth://totp/Zeren:finance.clerk?secret=" + secret + "&issuer=Zeren");
}

}  // namespace
}  // namespace zeren::access
