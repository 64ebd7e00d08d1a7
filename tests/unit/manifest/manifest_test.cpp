#include "manifest/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/manifest/manifest_text.hpp"

namespace zeren::manifest {
namespace {

using base::Code;
using base::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ShippedManifestTest : public ::testing::Test {
 protected:
  ShippedManifestTest() : read_(Manifest::read(ZEREN_SOURCE_DIR "/plugins/dual_reports")) {}
  void SetUp() override { ASSERT_TRUE(read_.has_value()) << base::report_of(read_.error()); }

  base::Result<Manifest> read_;
};

TEST_F(ShippedManifestTest, TellsWhatTheModuleIs) {
  EXPECT_EQ(read_->id(), "dual_reports");
  EXPECT_EQ(read_->version(), "0.2.0");
  EXPECT_EQ(read_->name(Language::English), "Annual dual reports");
  EXPECT_EQ(read_->name(Language::Chinese), "年度双报告");
  EXPECT_EQ(read_->library(), "libdual_reports.so");
  EXPECT_EQ(read_->abi(), (Abi{1, 0}));
  EXPECT_THAT(read_->provides(), ElementsAre("zeren.steps/1", "zeren.compute/1"));
  EXPECT_THAT(read_->required_interfaces(), ElementsAre("zeren.log/1"));
  EXPECT_THAT(read_->required_modules(), ElementsAre());
}

TEST_F(ShippedManifestTest, GivesSectionsAsTheyAreWritten) {
  EXPECT_TRUE(read_->section("roles").contains("drafter"));
  EXPECT_EQ(read_->section("parameters")["due"]["order"], "earlier");
  EXPECT_TRUE(read_->section("no_such_section").empty());
}

TEST_F(ShippedManifestTest, CarriesOutLikeAsAMergePatch) {
  const auto& type = read_->section("record_types")["supervision_report"];
  EXPECT_EQ(type["title"]["en"], "Report on supervisory responsibility");
  EXPECT_EQ(type["steps"], read_->section("record_types")["principal_report"]["steps"]);
  EXPECT_FALSE(type.contains("like"));
}

TEST_F(ShippedManifestTest, KnowsTheLineOfEveryValue) {
  EXPECT_EQ(read_->where("/id").line, 5);
  EXPECT_EQ(read_->where("/record_types/supervision_report/steps/submit").line,
            read_->where("/record_types/supervision_report").line);
}

TEST(ManifestTest, AllowsAModuleWithoutCode) {
  const auto manifest = ManifestText()
                            .erase("", "library")
                            .erase("", "abi")
                            .erase("", "provides")
                            .erase("", "computations")
                            .erase("/documents", "statistics")
                            .parse();
  ASSERT_TRUE(manifest.has_value()) << base::report_of(manifest.error());
  EXPECT_EQ(manifest->library(), std::nullopt);
  EXPECT_EQ(manifest->abi(), (Abi{0, 0}));
  EXPECT_TRUE(manifest->provides().empty());
}

TEST(ManifestTest, NamesTheModuleAndEveryFaultWithItsLine) {
  const auto manifest = ManifestText().set("/version", "one").set("/abi/major", 0).parse();
  ASSERT_FALSE(manifest.has_value());
  EXPECT_EQ(manifest.error().code, Code::ManifestInvalid);
  EXPECT_EQ(manifest.error().args.at("module"), "dual_reports");
  ASSERT_EQ(manifest.error().causes.size(), 2U);
  for (const auto& cause : manifest.error().causes) {
    EXPECT_EQ(cause.where.file, "module.json");
    EXPECT_GT(cause.where.line, 1);
  }
}

TEST(ManifestTest, PassesOnWhatIsNotJson) {
  const auto manifest = Manifest::parse("{\n  \"id\": dual_reports\n}", "module.json");
  ASSERT_FALSE(manifest.has_value());
  EXPECT_EQ(manifest.error().code, Code::JsonSyntax);
  EXPECT_EQ(manifest.error().where.line, 2);
}

TEST(ManifestTest, RefusesJsonThatIsNotAnObject) {
  const auto manifest = Manifest::parse("[1]", "module.json");
  ASSERT_FALSE(manifest.has_value());
  EXPECT_EQ(manifest.error().code, Code::ManifestInvalid);
  EXPECT_EQ(manifest.error().args.at("module"), "module.json");
}

TEST(ManifestTest, SaysWhichFileIsMissing) {
  const auto manifest = Manifest::read("/nonexistent/module");
  ASSERT_FALSE(manifest.has_value());
  EXPECT_EQ(manifest.error().code, Code::FileUnreadable);
  EXPECT_THAT(base::text_of(manifest.error()), HasSubstr("/nonexistent/module/module.json"));
}

}  // namespace
}  // namespace zeren::manifest
