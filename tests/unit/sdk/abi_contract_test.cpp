// Each function that crosses the boundary says what its signature cannot: on which thread, who owns what for how
// long, how long it may take, and how it fails.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <string>

#include "base/file.hpp"

namespace {

/// The comment before each `(*name)(` of a header, by name.
std::map<std::string, std::string> contracts_in(const std::string& text) {
  static const std::regex kFunction(R"(/\*([^*]|\*[^/])*\*/\s*[a-z_0-9 *]+\(\*([a-z_]+)\)\()");
  std::map<std::string, std::string> contracts;
  for (std::sregex_iterator it(text.begin(), text.end(), kFunction), end; it != end; ++it) {
    contracts[(*it)[2]] = it->str();
  }
  return contracts;
}

std::map<std::string, std::string> contracts_of(const std::string& header) {
  return contracts_in(
      zeren::base::read_file(std::string(ZEREN_SOURCE_DIR "/sdk/include/zeren/") + header)
          .value_or(""));
}

// What to look for. Headers are few and read by people; this only keeps a new function from saying nothing.
const std::map<std::string, std::regex> kClauses = {
    {"its thread", std::regex(R"(\[(plugin-thread|any thread)\])")},
    {"its budget, or whether it blocks", std::regex("budget|block")},
    {"how it fails", std::regex("fail|NULL")},
    {"who owns what, for how long", std::regex("[Oo]wn|borrow|copies|lives|Frees")},
};

class AbiContractTest : public ::testing::TestWithParam<std::pair<const char*, std::size_t>> {};

TEST_P(AbiContractTest, SaysOfEachFunctionWhatItsSignatureCannot) {
  const auto contracts = contracts_of(GetParam().first);
  EXPECT_EQ(contracts.size(), GetParam().second);
  for (const auto& [name, contract] : contracts) {
    for (const auto& [clause, pattern] : kClauses) {
      EXPECT_TRUE(std::regex_search(contract, pattern)) << name << " does not say " << clause;
    }
  }
}

// How many functions each header declares; iface() stands twice in plugin.h.
INSTANTIATE_TEST_SUITE_P(Headers, AbiContractTest,
                         ::testing::Values(std::pair{"plugin.h", std::size_t{7}},
                                           std::pair{"log.h", std::size_t{1}},
                                           std::pair{"steps.h", std::size_t{2}},
                                           std::pair{"events.h", std::size_t{1}},
                                           std::pair{"compute.h", std::size_t{1}}));

TEST(AbiContractScanTest, FindsAFunctionThatSaysNothing) {
  const auto contracts = contracts_in("/* Does it. */\n  int32_t (*act)(void* self);\n");
  ASSERT_EQ(contracts.size(), 1U);
  EXPECT_FALSE(std::regex_search(contracts.at("act"), kClauses.at("its thread")));
}

}  // namespace
