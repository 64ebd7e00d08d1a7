#include "audit/merkle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "audit/compact_range.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using Leaves = std::span<const Digest>;

/// The largest power of two below `size`, where RFC 6962 splits a tree of more than one leaf.
std::size_t split_of(std::size_t size) { return std::bit_floor(size - 1); }

/// RFC 6962 §2.1.2: SUBPROOF(size, leaves, whole). `whole` says that the verifier knows this
/// subtree's root.
void append_subproof(std::size_t size, Leaves leaves, bool whole, Proof& proof) {
  if (size == leaves.size()) {
    if (!whole) proof.push_back(tree_root(leaves));
    return;
  }
  const auto split = split_of(leaves.size());
  if (size <= split) {
    append_subproof(size, leaves.first(split), whole, proof);
    proof.push_back(tree_root(leaves.subspan(split)));
  } else {
    append_subproof(size - split, leaves.subspan(split), false, proof);
    proof.push_back(tree_root(leaves.first(split)));
  }
}

/// Walks from a node up to the root, RFC 9162 §2.1.3.2: `node` and `last` are positions at one
/// level.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  /// Whether the next sibling of the proof stands to the left. Then rises past every level at which
  /// the node is the only child.
  bool sibling_is_left() {
    if (node % 2 == 0 && node != last) return false;
    while (node % 2 == 0 && node != 0) rise();
    return true;
  }
  void rise() {
    node >>= 1;
    last >>= 1;
  }
};

}  // namespace

Digest leaf_hash(std::string_view leaf) {
  std::string bytes;
  bytes.reserve(leaf.size() + 1);
  bytes.push_back('\0');
  bytes.append(leaf);
  return base::sha256(bytes);
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<std::uint8_t, 1 + 2 * sizeof(Digest)> bytes{};
  bytes[0] = 1;
  std::ranges::copy(left, bytes.begin() + 1);
  std::ranges::copy(right, bytes.begin() + 1 + sizeof(Digest));
  return base::sha256(bytes);
}

Digest tree_root(Leaves leaves) {
  CompactRange range;
  for (const auto& leaf : leaves) range.append(leaf);
  return range.root();
}

Proof inclusion_proof(Leaves leaves, std::int64_t index) {
  base::invariant(index >= 0 && static_cast<std::size_t>(index) < leaves.size(),
                  "a proof is asked for a leaf of the tree");
  Proof proof;
  auto at = static_cast<std::size_t>(index);
  while (leaves.size() > 1) {
    const auto split = split_of(leaves.size());
    const bool left = at < split;
    proof.push_back(tree_root(left ? leaves.subspan(split) : leaves.first(split)));
    leaves = left ? leaves.first(split) : leaves.subspan(split);
    if (!left) at -= split;
  }
  std::ranges::reverse(proof);
  return proof;
}

bool verify_inclusion(const Digest& leaf, std::int64_t index, std::int64_t size,
                      std::span<const Digest> proof, const Digest& root) {
  if (index < 0 || index >= size) return false;
  Climb climb{static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(size) - 1};
  Digest hash = leaf;
  for (const auto& sibling : proof) {
    if (climb.last == 0) return false;
    hash = climb.sibling_is_left() ? node_hash(sibling, hash) : node_hash(hash, sibling);
    climb.rise();
  }
  return climb.last == 0 && hash == root;
}

Proof consistency_proof(Leaves leaves, std::int64_t old_size) {
  base::invariant(old_size >= 0 && static_cast<std::size_t>(old_size) <= leaves.size(),
                  "a proof is asked for a prefix of the tree");
  Proof proof;
  if (old_size > 0) append_subproof(static_cast<std::size_t>(old_size), leaves, true, proof);
  return proof;
}

// RFC 9162 §2.1.4.2.
bool verify_consistency(std::int64_t old_size, const Digest& old_root, std::int64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) {
  if (old_size < 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == tree_root({});
  const bool whole_subtree = std::has_single_bit(static_cast<std::uint64_t>(old_size));
  if (!whole_subtree && proof.empty()) return false;
  Climb climb{static_cast<std::uint64_t>(old_size) - 1, static_cast<std::uint64_t>(new_size) - 1};
  while (climb.node % 2 == 1) climb.rise();
  Digest old_hash = whole_subtree ? old_root : proof.front();
  Digest new_hash = old_hash;
  for (const auto& sibling : proof.subspan(whole_subtree ? 0 : 1)) {
    if (climb.last == 0) return false;
    if (climb.sibling_is_left()) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    climb.rise();
  }
  return climb.last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace zeren::audit
