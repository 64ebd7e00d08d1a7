// Values with record time: every revision of every thing, as it was believed between two instants.
// What a correction ends stays here, so that "as known on" can be answered.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/civil_time.hpp"
#include "org/position_table.hpp"

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

  explicit History(std::vector<Revision<T>> revisions)
      : revisions_(std::move(revisions)), firsts_(revisions_.size()) {
    const auto in_order = [](const auto& a, const auto& b) {
      return std::tie(a.value.id, a.rev) < std::tie(b.value.id, b.rev);
    };
    // The database gives them in order.
    if (!std::is_sorted(revisions_.begin(), revisions_.end(), in_order)) {
      std::sort(revisions_.begin(), revisions_.end(), in_order);
    }
    for (std::uint32_t i = 0; i < revisions_.size(); ++i) {
      const auto& id = revisions_[i].value.id;
      if (i == 0 || revisions_[i - 1].value.id != id) firsts_.insert(hash(id), i, [](auto) { return false; });
    }
  }

  /// Ordered by id, then revision.
  std::span<const Revision<T>> all() const { return revisions_; }

  /// The revisions of one thing, oldest first; empty when there is none.
  std::span<const Revision<T>> of(const IdOf& id) const {
    const auto first =
        firsts_.find(hash(id), [&](std::uint32_t at) { return revisions_[at].value.id == id; });
    if (first == PositionTable::kNone) return {};
    std::size_t last = first + 1;
    while (last < revisions_.size() && revisions_[last].value.id == id) ++last;
    return std::span{revisions_}.subspan(first, last - first);
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
  static std::size_t hash(const IdOf& id) { return std::hash<IdOf>{}(id); }

  std::vector<Revision<T>> revisions_;
  PositionTable firsts_;  // by id: its oldest revision
};

}  // namespace zeren::org
