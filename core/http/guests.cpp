#include "http/guests.hpp"

namespace zeren::http {

std::optional<Guests::Seat> Guests::admit(const std::string& source) {
  const std::lock_guard lock(mutex_);
  const auto known = by_source_.find(source);
  const auto here = known == by_source_.end() ? 0 : known->second;
  if (all_ >= limits_.all || here >= limits_.one_source) return std::nullopt;
  ++all_;
  by_source_[source] = here + 1;
  return std::optional<Seat>(std::in_place, *this, source);
}

void Guests::leave(const std::string& source) {
  const std::lock_guard lock(mutex_);
  --all_;
  const auto known = by_source_.find(source);
  if (--known->second == 0) by_source_.erase(known);
}

}  // namespace zeren::http
