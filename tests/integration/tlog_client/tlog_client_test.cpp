// Anybody can check an export with a program that we did not write, and it finds what was changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "audit/tiles.hpp"
#include "base/file.hpp"
#include "unit/audit/audited_store.hpp"

namespace zeren::audit {
namespace {

using testing::HasSubstr;

struct Outcome {
  int status = -1;
  std::string output;
};

class TlogClientTest : public testing::Test {
 protected:
  void export_log_of(int entries) {
    store_.append(entries);
    ASSERT_TRUE(store_.publish());
    ASSERT_TRUE(export_tiles(store_.session(), store_.key().verifier(), folder_));
  }

  Outcome check() {
    const auto command =
        "'" ZEREN_TLOG_CLIENT "' '" + store_.key().vkey() + "' '" + folder_.string() + "' 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    Outcome outcome;
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), pipe) != nullptr) outcome.output += line.data();
    const int ended = ::pclose(pipe);
    if (WIFEXITED(ended)) outcome.status = WEXITSTATUS(ended);
    return outcome;
  }

  void expect_verified(int entries) {
    const auto outcome = check();
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_EQ(outcome.output, "verified " + std::to_string(entries) + " entries\n");
  }

  /// One flipped byte, `at` bytes into the file, is refused; then the file is put back.
  void expect_refused(const std::string& path, std::size_t at, const std::string& named) {
    const auto file = folder_ / path;
    const auto bytes = *base::read_file(file);
    auto changed = bytes;
    changed.at(at) = static_cast<char>(changed.at(at) ^ 1);
    ASSERT_TRUE(base::write_file(file, changed));
    const auto outcome = check();
    EXPECT_EQ(outcome.status, 1) << path << " byte " << at << ": " << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr(named)) << path << " byte " << at;
    ASSERT_TRUE(base::write_file(file, bytes));
  }

  fixtures::AuditedStore store_;
  std::filesystem::path folder_ = store_.folder() / "export";
};

TEST_F(TlogClientTest, VerifiesLogsAtEveryBorder) {
  int exported = 0;
  // One export over the other, as a served log grows.
  for (const int size : {1, 2, 255, 256, 257, 700}) {
    export_log_of(size - exported);
    exported = size;
    expect_verified(size);
  }
}

TEST_F(TlogClientTest, VerifiesAnEmptyLog) {
  export_log_of(0);
  expect_verified(0);
}

TEST_F(TlogClientTest, FindsAChangedByteInEveryKindOfFile) {
  export_log_of(700);
  expect_verified(700);
  expect_refused("tile/entries/000", 40, "entry 0 is not the one that was logged");
  expect_refused("tile/entries/002.p/188", 60, "entry 512 is not the one that was logged");
  expect_refused("tile/0/000", 31, "tile/0/000: not the hashes of the entries");
  expect_refused("tile/0/002.p/188", 188 * 32 - 1, "tile/0/002.p/188: ");
  expect_refused("tile/1/000.p/2", 0, "tile/1/000.p/2: ");
  expect_verified(700);
}

TEST_F(TlogClientTest, FindsAnEntryThatWasChangedTogetherWithItsTile) {
  export_log_of(700);
  auto bundle = *base::read_file(folder_ / "tile/entries/000");
  const auto length =
      static_cast<std::size_t>(bundle[0]) * 256 + static_cast<unsigned char>(bundle[1]);
  bundle[2 + length / 2] = 'X';
  const auto hash = leaf_hash(std::string_view(bundle).substr(2, length));
  auto tile = *base::read_file(folder_ / "tile/0/000");
  tile.replace(0, hash.size(), std::string(hash.begin(), hash.end()));
  ASSERT_TRUE(base::write_file(folder_ / "tile/entries/000", bundle));
  ASSERT_TRUE(base::write_file(folder_ / "tile/0/000", tile));
  EXPECT_EQ(check().status, 1);
}

TEST_F(TlogClientTest, FindsAChangedByteAnywhereInTheCheckpoint) {
  export_log_of(3);
  const auto size = base::read_file(folder_ / "checkpoint")->size();
  for (std::size_t at = 0; at < size; ++at) {
    // The last digit of the signature has two spare bits, and Go does not look at them.
    const bool spare = at == size - 3;
    if (!spare) expect_refused("checkpoint", at, "checkpoint: ");
  }
}

TEST_F(TlogClientTest, RefusesTheCheckpointOfAnotherLog) {
  export_log_of(3);
  fixtures::SeededEntropy entropy(9);
  const auto other = *SigningKey::create(store_.folder() / "other", fixtures::kOrigin, entropy);
  const Checkpoint checkpoint{fixtures::kOrigin, 3, store_.log().head().root};
  const auto text = to_text(checkpoint);
  ASSERT_TRUE(base::write_file(folder_ / "checkpoint", to_string(Note{text, {other.sign(text)}})));
  EXPECT_EQ(check().status, 1);
}

}  // namespace
}  // namespace zeren::audit
