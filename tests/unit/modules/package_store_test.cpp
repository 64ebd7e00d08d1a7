// What was approved is kept whole and found by its digest, whatever happens to the folder it came from.
#include "modules/package_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/temp_folder.hpp"
#include "modules/module.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::modules {
namespace {

namespace fs = std::filesystem;
using base::Code;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PackageStoreTest : public ::testing::Test {
 protected:
  /// Adds the package and expects it to be taken.
  manifest::Package add(const manifest::Package& package) const {
    auto added = store_.add(package);
    if (!added) ADD_FAILURE() << base::report_of(added.error());
    return std::move(added).value();
  }
  static void overwrite(const fs::path& file, const std::string& text) {
    ASSERT_TRUE(base::write_file(file, text).has_value()) << file;
  }
  std::vector<std::string> entries() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root_)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  const fs::file_time_type just_now_ = fs::file_time_type::clock::now();
  const fs::file_time_type later_ = just_now_ + std::chrono::hours(1);
  fixtures::TempFolder folder_;
  fs::path root_ = folder_ / "store";
  PackageStore store_{root_};
  FixturePackage package_{"well_behaved"};
};

TEST_F(PackageStoreTest, KeepsAPackageUnderItsDigestReadOnly) {
  const auto stored = add(package_.pack());
  EXPECT_EQ(stored.dir(), root_ / base::to_hex(stored.digest()));
  EXPECT_THAT(entries(), ElementsAre(base::to_hex(stored.digest())));
  for (const auto* file : {"MANIFEST", "module.json", "libwell_behaved.so"}) {
    const auto rights = fs::status(stored.dir() / file).permissions();
    EXPECT_EQ(rights & (fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write),
              fs::perms::none)
        << file;
  }
}

TEST_F(PackageStoreTest, LoadsAPackageWhoseSourceIsGone) {
  const auto source = package_.pack();
  add(source);
  fs::remove_all(source.dir());
  const auto stored = store_.find(source.digest());
  ASSERT_TRUE(stored.has_value()) << base::report_of(stored.error());
  EXPECT_TRUE(Module::load(*stored, kAmple).has_value());
}

TEST_F(PackageStoreTest, DoesNotCareWhatBecomesOfTheSource) {
  const auto source = package_.pack();
  add(source);
  overwrite(source.dir() / "module.json", "{}");
  EXPECT_TRUE(store_.find(source.digest()).has_value());
}

TEST_F(PackageStoreTest, NamesTheFileInWhichAByteChanged) {
  const auto stored = add(package_.pack());
  auto library = base::read_file(stored.dir() / "libwell_behaved.so").value();
  library[library.size() / 2] ^= 1;
  overwrite(stored.dir() / "libwell_behaved.so", library);
  const auto found = store_.find(stored.digest());
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, Code::PackageFileModified);
  EXPECT_THAT(base::text_of(found.error()), HasSubstr("libwell_behaved.so"));
}

TEST_F(PackageStoreTest, RefusesAnotherPackageUnderTheSameName) {
  const auto stored = add(package_.pack());
  package_.manifest["version"] = "2.0.0";
  const auto other = package_.pack();
  fs::remove_all(stored.dir());
  fs::copy(other.dir(), stored.dir(), fs::copy_options::recursive);
  const auto found = store_.find(stored.digest());
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, Code::PackageFileModified);
  EXPECT_THAT(base::text_of(found.error()), HasSubstr("MANIFEST"));
}

TEST_F(PackageStoreTest, SaysThatItDoesNotHaveAPackage) {
  const auto found = store_.find(package_.pack().digest());
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, Code::PackageFileMissing);
}

TEST_F(PackageStoreTest, MendsAPackageThatIsAddedAgain) {
  const auto source = package_.pack();
  const auto stored = add(source);
  overwrite(stored.dir() / "module.json", "{}");
  ASSERT_FALSE(store_.find(source.digest()).has_value());
  add(source);
  EXPECT_TRUE(store_.find(source.digest()).has_value());
  EXPECT_EQ(entries().size(), 1U);
}

TEST_F(PackageStoreTest, StartsAnewWhereACopyWasInterrupted) {
  const auto source = package_.pack();
  const auto partial = root_ / (".incoming-" + base::to_hex(source.digest()));
  fs::create_directories(partial);
  overwrite(partial / "leftover", "half a file");
  add(source);
  EXPECT_THAT(entries(), ElementsAre(base::to_hex(source.digest())));
}

TEST_F(PackageStoreTest, RefusesAPackageThatChangedSinceItWasVerified) {
  const auto source = package_.pack();
  overwrite(source.dir() / "module.json", "{}");
  const auto added = store_.add(source);
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, Code::PackageFileModified);
  EXPECT_EQ(store_.find(source.digest()).error().code, Code::PackageFileMissing);
}

TEST_F(PackageStoreTest, KeepsEveryVersionUntilItIsPruned) {
  const auto first = add(package_.pack()).digest();
  package_.manifest["version"] = "1.1.0";
  const auto second = add(package_.pack()).digest();
  EXPECT_TRUE(store_.find(first).has_value());
  EXPECT_THAT(store_.prune({second}, just_now_ - std::chrono::hours(1)).value(), IsEmpty());
  const auto pruned = store_.prune({second}, later_);
  ASSERT_TRUE(pruned.has_value()) << base::text_of(pruned.error());
  EXPECT_THAT(*pruned, ElementsAre(base::to_hex(first)));
  EXPECT_FALSE(store_.find(first).has_value());
  EXPECT_TRUE(store_.find(second).has_value());
}

TEST_F(PackageStoreTest, PrunesWhatAnInterruptedCopyLeft) {
  EXPECT_THAT(store_.prune({}, later_).value(), IsEmpty());  // nothing was ever added
  const auto kept = add(package_.pack()).digest();
  fs::create_directories(root_ / ".incoming-0");
  EXPECT_THAT(store_.prune({kept}, later_).value(), IsEmpty());
  EXPECT_THAT(entries(), ElementsAre(base::to_hex(kept)));
}

TEST_F(PackageStoreTest, TakesAPackageThatIsAddedAgainForNew) {
  const auto source = package_.pack();
  const auto stored = add(source);
  fs::last_write_time(stored.dir(), just_now_ - std::chrono::hours(48));
  add(source);
  EXPECT_THAT(store_.prune({}, just_now_ - std::chrono::hours(1)).value(), IsEmpty());
  EXPECT_TRUE(store_.find(source.digest()).has_value());
}

}  // namespace
}  // namespace zeren::modules
