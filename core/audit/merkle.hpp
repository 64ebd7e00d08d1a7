// The Merkle tree of RFC 6962 §2.1 (and RFC 9162 §2.1): hashes, proofs, and their checks. Pure
// functions over level-0 hashes in memory; compact_range.hpp appends without them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.hpp"

namespace zeren::audit {

using base::Digest;
using Proof = std::vector<Digest>;

/// SHA-256(0x00 || leaf). Any thread.
Digest leaf_hash(std::string_view leaf);

/// SHA-256(0x01 || left || right). Any thread.
Digest node_hash(const Digest& left, const Digest& right);

/// The root over these leaf hashes; SHA-256 of nothing when there are none.
Digest tree_root(std::span<const Digest> leaves);

/// The audit path of leaf `index`, nearest sibling first. `index` must be below leaves.size().
Proof inclusion_proof(std::span<const Digest> leaves, std::int64_t index);

/// Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with `root`.
/// False on any nonsense; reads outside data.
bool verify_inclusion(const Digest& leaf, std::int64_t index, std::int64_t size,
                      std::span<const Digest> proof, const Digest& root);

/// What shows that the tree of the first `old_size` leaves is a prefix of the whole. Empty when
/// `old_size` is 0 or all; `old_size` must not exceed leaves.size().
Proof consistency_proof(std::span<const Digest> leaves, std::int64_t old_size);

/// Whether `proof` shows that the tree (`old_size`, `old_root`) is a prefix of (`new_size`,
/// `new_root`). False on any nonsense; reads outside data.
bool verify_consistency(std::int64_t old_size, const Digest& old_root, std::int64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof);

}  // namespace zeren::audit
