// Identifiers that cannot be mixed up: a PersonId does not convert to a UnitId, nor a string to
// either.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace zeren::org {

template <class Tag>
struct Id {
  std::string value;
  auto operator<=>(const Id&) const = default;
};

using UnitId = Id<struct UnitTag>;
using RelationId = Id<struct RelationTag>;
using PersonId = Id<struct PersonTag>;
using PostId = Id<struct PostTag>;
using AppointmentId = Id<struct AppointmentTag>;
using PortfolioId = Id<struct PortfolioTag>;

}  // namespace zeren::org

template <class Tag>
struct std::hash<zeren::org::Id<Tag>> {
  std::size_t operator()(const zeren::org::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
