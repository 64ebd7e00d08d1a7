#include "bench/village_country.hpp"

#include <algorithm>
#include <cstdio>

namespace zeren::bench {
namespace {

using base::Result;
using store::Value;

constexpr std::size_t kLowestWithTeam = 2;  // counties
constexpr std::uint32_t kMembers = 7;
// Numbers of their own, so that no two things share an id.
constexpr std::uint32_t kRelations = 10'000'000;
constexpr std::uint32_t kPosts = 20'000'000;
constexpr std::uint32_t kPersons = 30'000'000;
constexpr std::uint32_t kAppointments = 40'000'000;

const std::string kSince = "2010-01-01";
const std::string kForever = base::to_string(base::kForever);

}  // namespace

VillageCountry::VillageCountry(std::uint32_t share) {
  starts_.push_back(0);
  for (const auto& tier : kTiers) starts_.push_back(starts_.back() + std::max(1U, tier.count / share));
}

std::string VillageCountry::id_of(std::uint32_t number) {
  std::array<char, 37> text{};
  // The random part spreads as a real one does; the time orders them as they were made.
  const auto random = number * 0x9E3779B97F4A7C15ULL;
  std::snprintf(text.data(), text.size(), "0190a%03x-%04x-7%03x-8%03x-%012llx", number >> 20U, (number >> 4U) & 0xFFFFU,
                (number & 0xFU) << 8U, static_cast<unsigned>(random & 0xFFFU),
                static_cast<unsigned long long>(random >> 16U));
  return text.data();
}

std::size_t VillageCountry::tier_of(std::uint32_t division) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), division);
  return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

std::uint32_t VillageCountry::above(std::uint32_t division) const {
  const auto tier = tier_of(division);
  if (tier == 0) return division;
  const std::uint64_t place = division - starts_[tier];
  const std::uint64_t here = starts_[tier + 1] - starts_[tier];
  const std::uint64_t there = starts_[tier] - starts_[tier - 1];
  return static_cast<std::uint32_t>(starts_[tier - 1] + place * there / here);
}

Result<void> VillageCountry::write(store::Session& session, std::int64_t entry) const {
  if (auto done = write_units(session, entry); !done) return done;
  if (auto done = write_relations(session, entry); !done) return done;
  for (std::uint32_t i = 0; i < starts_[kLowestWithTeam + 1]; ++i) {
    if (auto done = write_team(session, i, entry); !done) return done;
  }
  // Beside an organisation that is there already, its version tells nothing new.
  return session.execute(
      "INSERT INTO epoch (name, version, entry) SELECT 'org', 1, :1"
      " WHERE NOT EXISTS (SELECT 1 FROM epoch WHERE name = 'org')",
      std::array<Value, 1>{entry});
}

Result<void> VillageCountry::write_units(store::Session& session, std::int64_t entry) const {
  for (std::uint32_t i = 0; i < units(); ++i) {
    const auto division = i / 2;
    const bool committee = i % 2 == 0;
    const auto number = std::to_string(100'000'000'000ULL + division);
    const std::array<Value, 8> row = {
        id_of(i), (committee ? "c" : "j") + number,
        (committee ? "中国共产党第" + number + "号委员会" : "中国共产党第" + number + "号纪律检查委员会"),
        std::string(kTiers.at(tier_of(division)).level),
        std::string(committee ? "party_committee" : "discipline_commission"), kSince, kForever, entry};
    auto done = session.execute(
        "INSERT INTO unit (id, rev, code, name, short_name, level, kind, valid_from, valid_to, known_from, entry)"
        " VALUES (:1, 1, :2, :3, '', :4, :5, :6, :7, 1767225600000, :8)",
        row);
    if (!done) return done;
  }
  return {};
}

Result<void> VillageCountry::write_relations(store::Session& session, std::int64_t entry) const {
  auto number = kRelations;
  const auto write = [&](const std::string& from, const std::string& to, const char* kind) {
    return session.execute(
        "INSERT INTO relation (id, rev, from_unit, to_unit, kind, valid_from, valid_to, known_from, entry)"
        " VALUES (:1, 1, :2, :3, :4, :5, :6, 1767225600000, :7)",
        std::array<Value, 7>{id_of(number++), from, to, std::string(kind), kSince, kForever, entry});
  };
  for (std::uint32_t i = 0; i < divisions(); ++i) {
    if (auto done = write(commission(i), committee(i), "same_level"); !done) return done;
    const auto superior = above(i);
    if (superior == i) continue;
    if (auto done = write(committee(i), committee(superior), "party_superior"); !done) return done;
    if (auto done = write(commission(i), commission(superior), "discipline_superior"); !done) return done;
  }
  return {};
}

Result<void> VillageCountry::write_team(store::Session& session, std::uint32_t division,
                                        std::int64_t entry) const {
  for (std::uint32_t i = 0; i < kMembers; ++i) {
    const auto n = division * kMembers + i;
    const auto text = std::to_string(n);
    auto done = session.execute(
        "INSERT INTO post (id, rev, code, unit, title, class, valid_from, valid_to, known_from, entry)"
        " VALUES (:1, 1, :2, :3, '委员', :4, :5, :6, 1767225600000, :7)",
        std::array<Value, 7>{id_of(kPosts + n), "post" + text, committee(division),
                             std::string(i == 0 ? "PRINCIPAL" : "MEMBER"), kSince, kForever, entry});
    if (!done) return done;
    done = session.execute(
        "INSERT INTO person (id, rev, code, name, known_from, entry)"
        " VALUES (:1, 1, :2, '某人', 1767225600000, :3)",
        std::array<Value, 3>{id_of(kPersons + n), "p" + text, entry});
    if (!done) return done;
    const auto since = std::to_string(2015 + n % 10) + "-01-01";
    done = session.execute(
        "INSERT INTO appointment (id, rev, person, post, mode, doc_no, valid_from, valid_to, known_from, entry)"
        " VALUES (:1, 1, :2, :3, 'formal', '', :4, :5, 1767225600000, :6)",
        std::array<Value, 6>{id_of(kAppointments + n), id_of(kPersons + n), id_of(kPosts + n), since, kForever,
                             entry});
    if (!done) return done;
  }
  return {};
}

}  // namespace zeren::bench
