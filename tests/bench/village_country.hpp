// A country down to its villages: as many divisions on each level as the published tables of administrative
// divisions count, a committee and a commission in each, and leadership teams from the counties up. Made by
// counting, so that every run measures the same.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "store/session.hpp"

namespace zeren::bench {

struct Tier {
  const char* level;
  std::uint32_t count;
};

/// Provinces, cities, counties, towns, villages: 665,276 in all.
inline constexpr std::array kTiers = {Tier{"province", 31}, Tier{"city", 342}, Tier{"county", 2'978},
                                      Tier{"township", 41'352}, Tier{"village", 620'573}};

class VillageCountry final {
 public:
  /// `share`: one division of so many stands, on every level.
  explicit VillageCountry(std::uint32_t share = 1);

  std::uint32_t divisions() const { return starts_.back(); }
  std::uint32_t units() const { return 2 * divisions(); }

  /// The id of a division's committee or commission, a UUIDv7.
  static std::string committee(std::uint32_t division) { return id_of(2 * division); }
  static std::string commission(std::uint32_t division) { return id_of(2 * division + 1); }

  /// The division above; that of a province is itself.
  std::uint32_t above(std::uint32_t division) const;
  /// 0 for a province, up to 4.
  std::size_t tier_of(std::uint32_t division) const;

  /// Writes the tables of the organisation, under an entry that is open. Blocks.
  base::Result<void> write(store::Session& session, std::int64_t entry) const;

 private:
  static std::string id_of(std::uint32_t number);
  base::Result<void> write_units(store::Session& session, std::int64_t entry) const;
  base::Result<void> write_relations(store::Session& session, std::int64_t entry) const;
  base::Result<void> write_team(store::Session& session, std::uint32_t division, std::int64_t entry) const;

  std::vector<std::uint32_t> starts_;  // by tier: its first division; at the end, how many there are
};

}  // namespace zeren::bench
