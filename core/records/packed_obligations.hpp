// Millions of derived obligations in little memory: what many have in common is kept once.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "records/obligation.hpp"

namespace zeren::records {

/// Filled by add(), put in order by sort(), read from then on. One thread until it is sorted, any after.
class PackedObligations final {
 public:
  /// Ids have at most 32 characters and no NUL, as obligation_id() makes them.
  void add(const Obligation& obligation);

  /// By id; of equal ones that of the rule that came first is first.
  void sort();

  std::size_t size() const { return rows_.size(); }

  /// Those whose ids are in [from, to), in order; an empty `to` is the end.
  std::vector<Obligation> between(const std::string& from, const std::string& to) const;

 private:
  static constexpr std::size_t kIdLength = 32;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  using IdText = std::array<char, kIdLength>;  // NULs at its end

  /// What all obligations of a rule have in common in one period.
  struct Head {
    std::string module;
    std::string rule;
    std::string record_type;
    std::string period;
    std::int64_t rule_version = 0;
    bool operator==(const Head&) const = default;
  };
  /// What few have.
  struct Rare {
    org::UnitId counterpart;
    org::PostId post;
    org::AppointmentId appointment;
    std::optional<Provenance> moved;
    bool superseded = false;
    bool operator==(const Rare&) const = default;
  };
  /// Recipients: their keys and channels, and how many units each; the units lie in units_, one after another.
  struct Shape {
    std::vector<Recipients> keys;  // without units
    std::vector<std::uint32_t> counts;
    bool operator==(const Shape&) const = default;
  };
  struct Row {
    IdText id{};
    org::UnitId owner;
    base::Date due;
    std::uint32_t head = 0;
    std::int32_t occurrence = 0;
    std::uint32_t shape = 0;
    std::uint32_t first_unit = 0;
    std::uint32_t rare = 0;
  };

  static IdText packed(const std::string& id);
  static bool before(const Row& row, const IdText& id) { return row.id < id; }
  std::uint32_t units_of(const std::vector<Recipients>& recipients);
  std::uint32_t rare_of(const Obligation& obligation);
  Obligation unpacked(const Row& row) const;
  std::vector<Recipients> recipients_of(const Row& row) const;

  std::vector<Row> rows_;
  std::vector<Head> heads_;
  std::vector<Shape> shapes_;
  std::vector<org::UnitId> units_;
  std::vector<Rare> rares_;
  std::vector<Recipients> last_;  // as added last, and where its units begin: dates of one owner share them
  std::uint32_t last_first_ = 0;
};

}  // namespace zeren::records
