// The revisions of a history by something that they name: the relations of a unit, the posts of a unit, the
// appointments of a person. All groups lie in one column, one after another.
#pragma once

#include <cstdint>
#include <functional>
#include <ranges>
#include <span>
#include <vector>

#include "org/history.hpp"
#include "org/position_table.hpp"

namespace zeren::org {

/// Looks into the history it was made from, which must outlive it in its place. Immutable; any thread.
template <class T, class Key>
class Grouping final {
 public:
  using KeyOf = const Key& (*)(const T&);

  Grouping() = default;
  Grouping(const History<T>& history, KeyOf key_of) : all_(history.all()), key_of_(key_of) {
    const auto groups = number_groups();
    members_.resize(all_.size());
    auto next = starts_;
    for (std::uint32_t i = 0; i < groups.size(); ++i) members_[next[groups[i]]++] = i;
  }

  /// The revisions that name `key`, as pointers, in the order of the history; empty when there is none.
  auto of(const Key& key) const {
    return members(key) | std::views::transform([all = all_](std::uint32_t at) { return &all[at]; });
  }

 private:
  // Gives each revision the number of its group, and fills starts_ and groups_.
  std::vector<std::uint32_t> number_groups() {
    std::vector<std::uint32_t> groups(all_.size());
    std::vector<std::uint32_t> firsts;  // by group: its first revision
    PositionTable known(all_.size());
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
      const auto& key = key_of_(all_[i].value);
      const auto next = static_cast<std::uint32_t>(firsts.size());
      groups[i] = known.insert(std::hash<Key>{}(key), next, [&](std::uint32_t group) {
        return key_of_(all_[firsts[group]].value) == key;
      });
      if (groups[i] == next) firsts.push_back(i);
    }
    starts_.assign(firsts.size() + 1, 0);
    for (const auto group : groups) ++starts_[group + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    groups_ = PositionTable(firsts.size());
    for (std::uint32_t group = 0; group < firsts.size(); ++group) {
      groups_.insert(std::hash<Key>{}(key_of_(all_[firsts[group]].value)), group, [](auto) { return false; });
    }
    return groups;
  }

  std::span<const std::uint32_t> members(const Key& key) const {
    const auto group = groups_.find(std::hash<Key>{}(key), [&](std::uint32_t each) {
      return key_of_(all_[members_[starts_[each]]].value) == key;
    });
    if (group == PositionTable::kNone) return {};
    return std::span(members_).subspan(starts_[group], starts_[group + 1] - starts_[group]);
  }

  std::span<const Revision<T>> all_;
  KeyOf key_of_ = nullptr;
  std::vector<std::uint32_t> members_;  // positions in all_, group by group
  std::vector<std::uint32_t> starts_;   // by group, and one more
  PositionTable groups_;
};

}  // namespace zeren::org
