#include "audit/merkle.hpp"

#include <gtest/gtest.h>

#include <string>

#include "audit/compact_range.hpp"

namespace zeren::audit {
namespace {

using Leaves = std::span<const Digest>;

constexpr std::int64_t kLargest = 600;

std::vector<Digest> make_leaves(std::int64_t count) {
  std::vector<Digest> leaves;
  for (std::int64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("leaf " + std::to_string(i)));
  return leaves;
}

// The definition of RFC 6962 §2.1, word for word.
Digest naive_root(Leaves leaves) {
  if (leaves.empty()) return base::sha256(std::string_view{});
  if (leaves.size() == 1) return leaves.front();
  std::size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  return node_hash(naive_root(leaves.first(split)), naive_root(leaves.subspan(split)));
}

// The published vectors of the Certificate Transparency implementations.
const std::vector<std::string>& known_leaves() {
  static const std::vector<std::string> kLeaves = {
      std::string(),
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  return kLeaves;
}

constexpr std::array kKnownRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(MerkleTest, RootsAreThoseOfThePublishedVectors) {
  std::vector<Digest> leaves;
  EXPECT_EQ(base::to_hex(tree_root(leaves)), kKnownRoots[0]);
  for (std::size_t i = 0; i < known_leaves().size(); ++i) {
    leaves.push_back(leaf_hash(known_leaves()[i]));
    EXPECT_EQ(base::to_hex(tree_root(leaves)), kKnownRoots[i + 1]) << "size " << i + 1;
  }
}

TEST(MerkleTest, RootsOfAllSizesAreThoseOfTheDefinition) {
  const auto leaves = make_leaves(kLargest);
  CompactRange range;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const auto expected = naive_root(Leaves(leaves).first(size));
    ASSERT_EQ(range.root(), expected) << "size " << size;
    ASSERT_EQ(tree_root(Leaves(leaves).first(size)), expected) << "size " << size;
    if (size < leaves.size()) range.append(leaves[size]);
  }
}

TEST(MerkleTest, InclusionProofsOfAllSizesHold) {
  const auto leaves = make_leaves(kLargest);
  for (std::int64_t size = 1; size <= kLargest; ++size) {
    const auto tree = Leaves(leaves).first(static_cast<std::size_t>(size));
    const auto root = naive_root(tree);
    const std::int64_t step = size <= 70 ? 1 : 97;
    for (std::int64_t index = size - 1; index >= 0; index -= step) {
      const auto proof = inclusion_proof(tree, index);
      ASSERT_TRUE(verify_inclusion(tree[static_cast<std::size_t>(index)], index, size, proof, root))
          << index << " of " << size;
    }
  }
}

TEST(MerkleTest, AnInclusionProofShowsNothingElse) {
  const auto leaves = make_leaves(21);
  const auto root = tree_root(leaves);
  const auto proof = inclusion_proof(leaves, 9);
  EXPECT_FALSE(verify_inclusion(leaves[10], 9, 21, proof, root));
  EXPECT_FALSE(verify_inclusion(leaves[9], 10, 21, proof, root));
  EXPECT_FALSE(verify_inclusion(leaves[9], 9, 5, proof, root));
  EXPECT_FALSE(verify_inclusion(leaves[9], -1, 21, proof, root));
  EXPECT_FALSE(verify_inclusion(leaves[9], 21, 21, proof, root));
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto altered = proof;
    altered[i][0] ^= 1;
    EXPECT_FALSE(verify_inclusion(leaves[9], 9, 21, altered, root));
    altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(verify_inclusion(leaves[9], 9, 21, altered, root));
  }
  auto longer = proof;
  longer.push_back(root);
  EXPECT_FALSE(verify_inclusion(leaves[9], 9, 21, longer, root));
}

TEST(MerkleTest, ConsistencyProofsOfAllSizesHold) {
  const auto leaves = make_leaves(kLargest);
  for (std::int64_t size = 1; size <= kLargest; ++size) {
    const auto tree = Leaves(leaves).first(static_cast<std::size_t>(size));
    const auto root = naive_root(tree);
    const std::int64_t step = size <= 70 ? 1 : 131;
    for (std::int64_t old = size; old >= 0; old -= step) {
      const auto old_root = naive_root(tree.first(static_cast<std::size_t>(old)));
      const auto proof = consistency_proof(tree, old);
      ASSERT_TRUE(verify_consistency(old, old_root, size, root, proof)) << old << " to " << size;
    }
  }
}

TEST(MerkleTest, AConsistencyProofShowsNothingElse) {
  const auto leaves = make_leaves(21);
  const auto root = tree_root(leaves);
  for (const std::int64_t old : {1, 6, 8, 13, 16, 20}) {
    const auto old_root = tree_root(Leaves(leaves).first(static_cast<std::size_t>(old)));
    const auto proof = consistency_proof(leaves, old);
    EXPECT_FALSE(verify_consistency(old, root, 21, root, proof));
    EXPECT_FALSE(verify_consistency(old, old_root, 21, old_root, proof));
    EXPECT_FALSE(verify_consistency(old + 1, old_root, 21, root, proof));
    EXPECT_FALSE(verify_consistency(22, old_root, 21, root, proof));
    EXPECT_FALSE(verify_consistency(-1, old_root, 21, root, proof));
    EXPECT_FALSE(verify_consistency(old, old_root, 21, root, {}));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      auto altered = proof;
      altered[i][31] ^= 1;
      EXPECT_FALSE(verify_consistency(old, old_root, 21, root, altered));
    }
    auto longer = proof;
    longer.push_back(root);
    EXPECT_FALSE(verify_consistency(old, old_root, 21, root, longer));
  }
}

TEST(MerkleTest, NothingIsConsistentWithAForgedEmptyTree) {
  const auto leaves = make_leaves(3);
  EXPECT_TRUE(verify_consistency(0, tree_root({}), 3, tree_root(leaves), {}));
  EXPECT_FALSE(verify_consistency(0, leaves[0], 3, tree_root(leaves), {}));
}

}  // namespace
}  // namespace zeren::audit
