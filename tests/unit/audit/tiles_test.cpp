#include "audit/tiles.hpp"

#include <gtest/gtest.h>

#include <set>

#include "audit/tile_path.hpp"
#include "audit/tile_writer.hpp"
#include "base/file.hpp"
#include "unit/audit/audited_store.hpp"

namespace zeren::audit {
namespace {

using base::Code;
using fixtures::AuditedStore;
using Paths = std::set<std::string>;

Paths files_in(const std::filesystem::path& folder) {
  Paths files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
    if (item.is_regular_file()) files.insert(std::filesystem::relative(item, folder).string());
  }
  return files;
}

class TileWriterTest : public testing::Test {
 protected:
  void write(int leaves) {
    TileWriter writer(folder_.path());
    for (int i = 0; i < leaves; ++i) ASSERT_TRUE(writer.append("leaf " + std::to_string(i)));
    ASSERT_TRUE(writer.finish());
    ASSERT_TRUE(writer.remove_superseded());
  }

  std::string read(const std::string& path) { return *base::read_file(folder_ / path); }

  fixtures::TempFolder folder_;
};

TEST_F(TileWriterTest, WritesExactlyTheFilesOfEachSize) {
  const std::map<int, Paths> expected = {
      {1, {"tile/0/000.p/1", "tile/entries/000.p/1"}},
      {255, {"tile/0/000.p/255", "tile/entries/000.p/255"}},
      {256, {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}},
      {257,
       {"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/1"}}};
  for (const auto& [leaves, files] : expected) {
    std::filesystem::remove_all(folder_ / "tile");
    write(leaves);
    EXPECT_EQ(files_in(folder_.path()), files) << leaves;
  }
}

TEST_F(TileWriterTest, TilesHoldHashesAndBundlesHoldLeaves) {
  write(2);
  const auto first = leaf_hash("leaf 0");
  const auto second = leaf_hash("leaf 1");
  std::string hashes(first.begin(), first.end());
  hashes.append(second.begin(), second.end());
  EXPECT_EQ(read("tile/0/000.p/2"), hashes);
  EXPECT_EQ(read("tile/entries/000.p/2"), std::string("\0\6leaf 0\0\6leaf 1", 16));
}

TEST_F(TileWriterTest, FullTilesReplacePartialOnes) {
  write(255);
  write(256);
  EXPECT_EQ(files_in(folder_.path()), (Paths{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "tile/0/000.p"));
}

TEST_F(TileWriterTest, ALevelOfItsOwnBeginsAtEachPowerOfTheWidth) {
  write(65'537);
  const auto files = files_in(folder_.path());
  EXPECT_EQ(files.size(), 257U + 257U + 2U);
  EXPECT_TRUE(files.contains("tile/0/255"));
  EXPECT_TRUE(files.contains("tile/0/256.p/1"));
  EXPECT_TRUE(files.contains("tile/1/000"));
  EXPECT_TRUE(files.contains("tile/2/000.p/1"));
  EXPECT_TRUE(files.contains("tile/entries/256.p/1"));
  std::vector<Digest> leaves;
  for (int i = 0; i < 65'536; ++i) leaves.push_back(leaf_hash("leaf " + std::to_string(i)));
  const auto top = tree_root(leaves);
  EXPECT_EQ(read("tile/2/000.p/1"), std::string(top.begin(), top.end()));
}

class ExportTest : public testing::Test {
 protected:
  base::Result<Checkpoint> run() {
    return export_tiles(store_.session(), store_.key().verifier(), out_);
  }

  AuditedStore store_;
  std::filesystem::path out_ = store_.folder() / "export";
};

TEST_F(ExportTest, HoldsTheSignedCheckpointAndNothingBeyondIt) {
  store_.append(3);
  ASSERT_TRUE(store_.publish());
  store_.append(2);
  const auto exported = run();
  ASSERT_TRUE(exported);
  EXPECT_EQ(exported->size, 3);
  EXPECT_EQ(*base::read_file(out_ / "checkpoint"), *base::read_file(store_.paths().checkpoint));
  EXPECT_EQ(files_in(out_), (Paths{"checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"}));
}

TEST_F(ExportTest, AnEmptyLogIsACheckpoint) {
  ASSERT_TRUE(store_.publish());
  ASSERT_TRUE(run());
  EXPECT_EQ(files_in(out_), Paths{"checkpoint"});
}

TEST_F(ExportTest, NothingIsExportedBeforeTheFirstSignature) {
  store_.append(3);
  EXPECT_EQ(run().error().code, Code::NoteUnsigned);
  EXPECT_FALSE(std::filesystem::exists(out_));
}

TEST_F(ExportTest, GoesOnFromAnEarlierExportOfTheSameLog) {
  store_.append(3);
  ASSERT_TRUE(store_.publish());
  ASSERT_TRUE(run());
  store_.append(2);
  ASSERT_TRUE(store_.publish());
  const auto exported = run();
  ASSERT_TRUE(exported);
  EXPECT_EQ(exported->size, 5);
}

TEST_F(ExportTest, LeavesTheExportOfAnotherLogAlone) {
  AuditedStore other;
  other.append(5);
  ASSERT_TRUE(other.publish());
  ASSERT_TRUE(export_tiles(other.session(), other.key().verifier(), out_));
  const auto before = *base::read_file(out_ / "checkpoint");
  store_.append(3);
  ASSERT_TRUE(store_.publish());
  const auto refused = run();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::ConfigInvalid);
  EXPECT_EQ(*base::read_file(out_ / "checkpoint"), before);
  EXPECT_EQ(files_in(out_), (Paths{"checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5"}));
}

TEST_F(ExportTest, LeavesAnExportAloneThatIsAheadOfTheLogOrContradictsIt) {
  store_.append(3);
  ASSERT_TRUE(store_.publish());
  for (const std::int64_t size : {2, 9}) {  // signed by the log's own key, as after a restored backup
    const auto text = to_text({fixtures::kOrigin, size, leaf_hash("elsewhere")});
    const auto note = to_string(Note{text, {store_.key().sign(text)}});
    std::filesystem::create_directories(out_);
    ASSERT_TRUE(base::write_file(out_ / "checkpoint", note));
    const auto refused = run();
    ASSERT_FALSE(refused) << size;
    EXPECT_EQ(refused.error().code, Code::ConfigInvalid) << size;
    EXPECT_EQ(files_in(out_), Paths{"checkpoint"}) << size;
  }
}

TEST_F(ExportTest, WritesNothingIntoAFolderThatHoldsSomethingElse) {
  store_.append(3);
  ASSERT_TRUE(store_.publish());
  for (const std::string name : {"minutes.txt", "checkpoint"}) {
    std::filesystem::remove_all(out_);
    std::filesystem::create_directories(out_);
    ASSERT_TRUE(base::write_file(out_ / name, "not an export"));
    const auto refused = run();
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, Code::ConfigInvalid) << name;
    EXPECT_EQ(files_in(out_), Paths{name});
  }
}

TEST_F(ExportTest, RefusesTreesThatTheCheckpointDoesNotDescribe) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  store_.tamper(
      "UPDATE audit_leaf SET hash = (SELECT hash FROM audit_leaf WHERE idx = 1) WHERE idx = 2");
  const auto refused = run();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().args.at("what"), "audit_checkpoint[size=5].root");
  EXPECT_FALSE(std::filesystem::exists(out_));
}

TEST_F(ExportTest, LeavesTheEarlierCheckpointStandingWhenALeafIsNotThatOfItsHash) {
  store_.append(5);
  ASSERT_TRUE(store_.publish());
  ASSERT_TRUE(run());
  const auto before = *base::read_file(out_ / "checkpoint");
  store_.append(2);
  ASSERT_TRUE(store_.publish());
  store_.tamper("UPDATE audit_entry SET leaf = replace(leaf, 'test', 'tost') WHERE idx = 4");
  const auto refused = run();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().args.at("what"), "audit_entry[idx=4].leaf");
  EXPECT_EQ(*base::read_file(out_ / "checkpoint"), before);
}

}  // namespace
}  // namespace zeren::audit
