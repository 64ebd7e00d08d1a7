// Values with record time: every revision of every thing, as it was believed between two instants.
// What a correction ends stays here, so that "as known on" can be answered.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"

namespace zeren::org {

template <class T>
struct Revision {
  T value;
  std::int64_t rev = 1;
  base::Instant known_from;
  std::optional<base::Instant> known_to;  ///< absent while it is what we believe

  bool known_at(base::Instant known) const {
    return known_from <= known && (!known_to || known < *known_to);
  }
};

/// Immutable once built, so references into it live as long as it does. Any thread.
template <class T>
class History final {
 public:
  using IdOf = decltype(T::id);

  explicit History(std::vector<Revision<T>> revisions) : revisions_(std::move(revisions)) {
    std::sort(revisions_.begin(), revisions_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.value.id, a.rev) < std::tie(b.value.id, b.rev);
    });
    for (std::size_t i = 0; i < revisions_.size(); ++i) {
      const auto [range, first] = ranges_.try_emplace(revisions_[i].value.id, i, 0);
      ++range->second.second;
    }
  }

  /// Ordered by id, then revision.
  std::span<const Revision<T>> all() const { return revisions_; }

  /// The revisions of one thing, oldest first; empty when there is none.
  std::span<const Revision<T>> of(const IdOf& id) const {
    const auto range = ranges_.find(id);
    if (range == ranges_.end()) return {};
    return std::span{revisions_}.subspan(range->second.first, range->second.second);
  }

  /// What was believed of `id` at `known`; null when nothing was.
  const Revision<T>* at(const IdOf& id, base::Instant known) const {
    const auto revisions = of(id);
    const auto found = std::find_if(revisions.begin(), revisions.end(),
                                    [known](const auto& each) { return each.known_at(known); });
    return found == revisions.end() ? nullptr : &*found;
  }

  /// What is believed of `id` now; null when nothing is.
  const Revision<T>* latest(const IdOf& id) const { return at(id, base::Instant::max()); }

 private:
  std::vector<Revision<T>> revisions_;
  std::unordered_map<IdOf, std::pair<std::size_t, std::size_t>> ranges_;  // first, count
};

}  // namespace zeren::org
