// Chance that falls the same way on every machine: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
// The distributions of the standard library differ from one implementation to the next.
#pragma once

#include <cstddef>
#include <cstdint>

namespace zeren::demo {

class Chance final {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}

  /// One of 0 … `count` - 1; `count` is at least 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

  /// Of `low` … `high`, both included.
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
  }

  /// True in `percent` of a hundred cases.
  bool in(int percent) { return between(1, 100) <= percent; }

  template <typename List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace zeren::demo
