// Every way in which a library can be refused, with its code and what the reader is told to do.
#include "modules/plugin_loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/modules/fixture_package.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using ::testing::AllOf;
using ::testing::HasSubstr;

class PluginLoaderTest : public ::testing::Test {
 protected:
  static base::Error refusal(FixturePackage& package) {
    const auto loaded = PluginLoader::load(package.pack());
    if (loaded) {
      ADD_FAILURE() << "it was loaded";
      return {Code::Several, {}, {}, {}};
    }
    return loaded.error();
  }
  static base::Error refusal(const std::string& fixture) {
    FixturePackage package(fixture);
    return refusal(package);
  }
};

TEST_F(PluginLoaderTest, LoadsAPluginWrittenInC) {
  FixturePackage package("well_behaved");
  const auto loaded = PluginLoader::load(package.pack());
  EXPECT_TRUE(loaded.has_value()) << base::text_of(loaded.error());
}

TEST_F(PluginLoaderTest, RefusesALibraryWithoutEntry) {
  const auto error = refusal("no_entry");
  EXPECT_EQ(error.code, Code::LibraryNoEntry);
  EXPECT_THAT(base::text_of(error),
              AllOf(HasSubstr("libno_entry.so"), HasSubstr("zeren_add_institution()")));
}

TEST_F(PluginLoaderTest, RefusesAnotherProgramsPlugin) {
  const auto error = refusal("bad_magic");
  EXPECT_EQ(error.code, Code::LibraryBadMagic);
  EXPECT_THAT(base::text_of(error), HasSubstr("libbad_magic.so is not a Zeren plugin"));
}

TEST_F(PluginLoaderTest, RefusesAnEntryOfAnotherSize) {
  const auto error = refusal("wrong_size");
  EXPECT_EQ(error.code, Code::LibraryWrongSize);
  EXPECT_THAT(base::text_of(error), AllOf(HasSubstr("zeren_entry has 24 bytes"),
                                          HasSubstr("expects 32"), HasSubstr("SDK")));
}

TEST_F(PluginLoaderTest, RefusesPluginBuiltForNewerAbi) {
  const auto error = refusal("abi_from_future");
  EXPECT_EQ(error.code, Code::AbiMismatch);
  EXPECT_THAT(base::text_of(error), AllOf(HasSubstr("needs ABI 9.0, host offers 1.0"),
                                          HasSubstr("install a newer Zeren")));
}

TEST_F(PluginLoaderTest, RefusesPluginBuiltForAnOlderMajorVersion) {
  const auto error = refusal("abi_from_past");
  EXPECT_EQ(error.code, Code::AbiMismatch);
  EXPECT_THAT(base::text_of(error), AllOf(HasSubstr("needs ABI 0.9, host offers 1.0"),
                                          HasSubstr("built with the SDK of this Zeren")));
}

TEST_F(PluginLoaderTest, RefusesALaterMinorVersion) {
  const auto error = refusal("abi_newer_minor");
  EXPECT_EQ(error.code, Code::AbiMismatch);
  EXPECT_THAT(base::text_of(error), HasSubstr("needs ABI 1.1, host offers 1.0"));
}

TEST_F(PluginLoaderTest, RefusesByTheManifestBeforeItOpensTheLibrary) {
  FixturePackage package("no_entry");  // opening it would be refused with another code
  package.manifest["abi"] = {{"major", 2}, {"minor", 0}};
  const auto error = refusal(package);
  EXPECT_EQ(error.code, Code::AbiMismatch);
  EXPECT_THAT(base::text_of(error), HasSubstr("needs ABI 2.0, host offers 1.0"));
}

TEST_F(PluginLoaderTest, RefusesAModuleThatNeedsAnInterfaceNobodyOffers) {
  FixturePackage package("well_behaved");
  package.manifest["requires"]["interfaces"] = {"zeren.telepathy/1"};
  const auto error = refusal(package);
  EXPECT_EQ(error.code, Code::PluginInterfaceMissing);
  EXPECT_THAT(base::text_of(error),
              AllOf(HasSubstr("zeren.telepathy/1"), HasSubstr("install a newer Zeren")));
}

TEST_F(PluginLoaderTest, RefusesAModuleThatProvidesWhatThisHostDoesNotKnow) {
  FixturePackage package("well_behaved");
  package.manifest["provides"].push_back("zeren.derive/7");
  const auto error = refusal(package);
  EXPECT_EQ(error.code, Code::PluginInterfaceMissing);
  EXPECT_THAT(base::text_of(error), HasSubstr("zeren.derive/7"));
}

TEST_F(PluginLoaderTest, RefusesALibraryWithoutAnInterfaceItsManifestPromises) {
  const auto error = refusal("lacks_interface");
  EXPECT_EQ(error.code, Code::PluginInterfaceMissing);
  EXPECT_THAT(base::text_of(error), AllOf(HasSubstr("zeren.steps/1"), HasSubstr("\"provides\"")));
}

TEST_F(PluginLoaderTest, RefusesAnInterfaceTableThatIsTooShort) {
  const auto error = refusal("small_table");
  EXPECT_EQ(error.code, Code::LibraryWrongSize);
  EXPECT_THAT(base::text_of(error), HasSubstr("zeren.steps/1 has 8 bytes"));
}

TEST_F(PluginLoaderTest, RefusesAnInstanceOfAnotherSize) {
  const auto error = refusal("small_plugin");
  EXPECT_EQ(error.code, Code::LibraryWrongSize);
  EXPECT_THAT(base::text_of(error), HasSubstr("zeren_plugin has 16 bytes"));
}

TEST_F(PluginLoaderTest, RefusesAnInstanceThatLacksAFunction) {
  const auto error = refusal("half_filled");
  EXPECT_EQ(error.code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(error), HasSubstr("left a function out"));
}

TEST_F(PluginLoaderTest, RefusesAnEntryThatLeadsNowhere) {
  const auto error = refusal("no_create");
  EXPECT_EQ(error.code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(error), HasSubstr("no create()"));
}

TEST_F(PluginLoaderTest, QuotesTheLinkerWhenALibraryCannotBeOpened) {
  const auto error = refusal("unresolved");
  EXPECT_EQ(error.code, Code::LibraryUnloadable);
  EXPECT_THAT(base::text_of(error), HasSubstr("nobody_defines_this"));
  EXPECT_THAT(error.args.at("reason.zh-CN"), testing::StartsWith("缺少符号 nobody_defines_this"));
}

TEST_F(PluginLoaderTest, PassesOnWhyAPluginDoesNotWantToBeCreated) {
  const auto error = refusal("refuses_to_create");
  EXPECT_EQ(error.code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(error),
              AllOf(HasSubstr("in create"), HasSubstr("no table of ranks for this year")));
}

TEST_F(PluginLoaderTest, NamesTheFunctionThatThrewWhileThePluginWasStarted) {
  for (const std::string call : {"create", "init", "start"}) {
    FixturePackage package("throws_in_" + call);
    const auto error = refusal(package.providing_nothing());
    EXPECT_EQ(error.code, Code::PluginFailed);
    EXPECT_THAT(base::text_of(error),
                AllOf(HasSubstr("in " + call + " "), HasSubstr("threw an exception")));
  }
}

TEST_F(PluginLoaderTest, NamesTheStatusOfAPluginThatDoesNotStart) {
  FixturePackage package("refuses_to_start");
  const auto error = refusal(package.providing_nothing());
  EXPECT_EQ(error.code, Code::PluginFailed);
  EXPECT_THAT(base::text_of(error), AllOf(HasSubstr("in start"), HasSubstr("status 42")));
}

}  // namespace
}  // namespace zeren::modules
