// A released header never changes but for its comments. What moved, abi_1_0.c names; here the text
// itself is frozen, types and parameters included.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "zeren/plugin.h"

extern "C" const zeren_entry zeren_entry_from_c;

namespace {

/// The header's tokens: no comments, one space for any run of blanks.
std::string declarations_of(const std::string& header) {
  const auto text =
      zeren::base::read_file(std::string(ZEREN_SOURCE_DIR "/sdk/include/zeren/") + header);
  if (!text) return {};
  std::string bare;
  for (std::size_t at = 0; at < text->size();) {
    const auto open = text->find("/*", at);
    bare += text->substr(at, open - at);
    if (open == std::string::npos) break;
    at = text->find("*/", open) + 2;
  }
  return std::regex_replace(bare, std::regex("\\s+"), " ");
}

// A new digest here means a new ABI version and a decision record.
const std::map<std::string, std::string> kReleased = {
    {"plugin.h", "ddd8c80384866c443f20989506a68b13900f9f121f84f8f2c1ae4533f06e8356"},
    {"log.h", "2d673b918d1d466f056964e63adbef724d8e537a330a351e515cb6892477f206"},
    {"steps.h", "9400adf0b8b259189bf33e8541235d699b5e2507d8bc3a07a9883ed3750a3482"},
    {"events.h", "2515a2c068dc7a1cda411b692c0a25900d259462a1d954e578745985ac2666a7"},
    {"compute.h", "245cebbb824ce95dabe2047d6e40d87330d712e104c2b7ab9ec9ba4666fc9037"},
};

TEST(AbiFreezeTest, KeepsEveryReleasedHeader) {
  for (const auto& [header, digest] : kReleased) {
    const auto declarations = declarations_of(header);
    ASSERT_FALSE(declarations.empty()) << header;
    EXPECT_EQ(zeren::base::to_hex(zeren::base::sha256(declarations)), digest) << header;
  }
}

TEST(AbiFreezeTest, NoticesAChangedParameterAndIgnoresComments) {
  const std::string before = declarations_of("log.h");
  EXPECT_EQ(before.find("Writes one line"), std::string::npos);
  EXPECT_NE(before.find("zeren_str message"), std::string::npos);
}

TEST(AbiFreezeTest, KeepsTheMagicBytesInBothLanguages) {
  EXPECT_EQ(std::string_view(zeren_entry_from_c.magic, 8), "ZERENPLG");
  EXPECT_EQ(std::string_view(zeren_plugin_entry.magic, 8), "ZERENPLG");
}

}  // namespace
