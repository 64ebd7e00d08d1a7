// Where things stand in a vector, by a key that they hold themselves: four bytes for each slot and no node, no
// copy of the key. For vectors that do not change any more.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace zeren::org {

/// Open addressing, never more than three quarters full. Any thread once filled.
class PositionTable final {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  PositionTable() = default;
  /// For at most `count` positions.
  explicit PositionTable(std::size_t count) : slots_(std::bit_ceil(count + count / 3 + 1), kNone) {}

  /// The position for which `is_it` is true, or kNone. `hash` is that of the key asked for.
  template <class IsIt>
  std::uint32_t find(std::size_t hash, IsIt is_it) const {
    return slots_.empty() ? kNone : slots_[slot_of(hash, is_it)];
  }

  /// The position that stands for the key already, or `position`, which then does.
  template <class IsIt>
  std::uint32_t insert(std::size_t hash, std::uint32_t position, IsIt is_it) {
    auto& slot = slots_[slot_of(hash, is_it)];
    if (slot == kNone) slot = position;
    return slot;
  }

 private:
  template <class IsIt>
  std::size_t slot_of(std::size_t hash, IsIt is_it) const {
    const auto mask = slots_.size() - 1;
    auto slot = hash & mask;
    while (slots_[slot] != kNone && !is_it(slots_[slot])) slot = (slot + 1) & mask;
    return slot;
  }

  std::vector<std::uint32_t> slots_;
};

}  // namespace zeren::org
