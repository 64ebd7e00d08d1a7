// What is believed now, by its code.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "org/history.hpp"
#include "org/position_table.hpp"

namespace zeren::org {

/// Looks into the history it was made from, which must outlive it in its place. Immutable; any thread.
template <class T>
class CodeIndex final {
 public:
  explicit CodeIndex(const History<T>& history)
      : all_(history.all()), positions_(history.all().size()) {
    // Of several, which imports refuse, the last counts.
    for (auto i = static_cast<std::uint32_t>(all_.size()); i-- > 0;) {
      if (all_[i].known_to) continue;
      const std::string_view code = all_[i].value.code;
      positions_.insert(hash(code), i, [&](std::uint32_t at) { return all_[at].value.code == code; });
    }
  }

  /// Null when nothing is called so.
  const T* find(std::string_view code) const {
    const auto at =
        positions_.find(hash(code), [&](std::uint32_t each) { return all_[each].value.code == code; });
    return at == PositionTable::kNone ? nullptr : &all_[at].value;
  }

 private:
  static std::size_t hash(std::string_view code) { return std::hash<std::string_view>{}(code); }

  std::span<const Revision<T>> all_;
  PositionTable positions_;
};

}  // namespace zeren::org
