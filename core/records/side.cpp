#include "records/side.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "org/succession.hpp"

namespace zeren::records {
namespace {

constexpr auto kWords = std::to_array<std::pair<std::string_view, Side::Kind>>({{"owner", Side::Owner},
                                                                                {"recipient", Side::Recipient},
                                                                                {"anywhere", Side::Anywhere},
                                                                                {"superior", Side::Superior},
                                                                                {"bearer", Side::Bearer}});

void put_in_order(std::vector<org::UnitId>& units) {
  std::ranges::sort(units);
  const auto twice = std::ranges::unique(units);
  units.erase(twice.begin(), twice.end());
}

}  // namespace

Side Side::called(const std::string& word) {
  const auto known = std::ranges::find(kWords, word, &std::pair<std::string_view, Kind>::first);
  if (known != kWords.end()) return known->second;
  Side side(Named);
  side.name = word;
  return side;
}

base::Result<NamedSides> read_sides(const base::Json& type) {
  NamedSides sides;
  const auto declared = type.value("sides", base::Json::object());  // items() keeps nothing alive
  for (const auto& [key, body] : declared.items()) {
    auto path = org::Path::parse(body.at("path").get<std::string>());
    if (!path) return base::pass(std::move(path));
    sides.emplace(key, NamedSide{body.at("title"), std::move(*path)});
  }
  return sides;
}

std::vector<org::UnitId> units_on(const NamedSide& side, const org::Organisation& organisation,
                                  const org::UnitId& owner, base::Date today) {
  std::vector<org::UnitId> units;
  for (const auto& stands : org::mapped_to(organisation, owner, {today})) {
    for (auto& unit : side.path.evaluate(organisation, stands, {today})) units.push_back(std::move(unit));
  }
  put_in_order(units);
  return units;
}

std::vector<org::UnitId> owners_beside(const NamedSide& side, const org::Organisation& organisation,
                                       const org::UnitId& unit, base::Date today) {
  std::vector<org::UnitId> owners;
  for (const auto& stands : side.path.inverse().evaluate(organisation, unit, {today})) {
    for (auto& owner : org::mapped_from(organisation, stands, {today})) owners.push_back(std::move(owner));
  }
  put_in_order(owners);
  return owners;
}

}  // namespace zeren::records
