#include "manifest/package_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::manifest {
namespace {

using ::testing::HasSubstr;

const std::string kHex(64, '0');

TEST(PackageListTest, ReadsWhatSha256sumWrites) {
  const auto list =
      parse_package_list(kHex + "  README.md\n" + kHex + "  i18n/en.json\n", "MANIFEST");
  ASSERT_TRUE(list.has_value()) << base::text_of(list.error());
  EXPECT_EQ(list->size(), 2U);
  EXPECT_EQ(list->at("i18n/en.json"), base::Digest{});
}

struct ListFault {
  const char* name;
  std::string text;
  int line;
  const char* reason;
};

void PrintTo(const ListFault& fault, std::ostream* out) { *out << fault.name; }

class PackageListFaultTest : public ::testing::TestWithParam<ListFault> {};

TEST_P(PackageListFaultTest, IsRefusedWithItsLine) {
  const auto list = parse_package_list(GetParam().text, "MANIFEST");
  ASSERT_FALSE(list.has_value());
  EXPECT_EQ(list.error().code, base::Code::ManifestSchema);
  EXPECT_EQ(list.error().where.line, GetParam().line);
  EXPECT_THAT(base::text_of(list.error()), HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    All, PackageListFaultTest,
    ::testing::Values(ListFault{"NoDigest", "README.md\n", 1, "<sha256>"},
                      ListFault{"OneSpace", kHex + " README.md\n", 1, "<sha256>"},
                      ListFault{"UpperCaseDigest", std::string(64, 'A') + "  a\n", 1, "lower-case"},
                      ListFault{"NoLineEnd", kHex + "  a", 1, "does not end"},
                      ListFault{"CarriageReturn", kHex + "  a\r\n", 1, "not a path"},
                      ListFault{"OutOfThePackage", kHex + "  ../a\n", 1, "not a path"},
                      ListFault{"Absolute", kHex + "  /etc/passwd\n", 1, "not a path"},
                      ListFault{"EmptyPart", kHex + "  a//b\n", 1, "not a path"},
                      ListFault{"TrailingSlash", kHex + "  a/\n", 1, "not a path"},
                      ListFault{"Hidden", kHex + "  a/.b\n", 1, "not a path"},
                      ListFault{"Itself", kHex + "  MANIFEST\n", 1, "not a path"},
                      ListFault{"Twice", kHex + "  a\n" + kHex + "  a\n", 2, "each once"},
                      ListFault{"Unsorted", kHex + "  b\n" + kHex + "  a\n", 2, "sorted"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace zeren::manifest
