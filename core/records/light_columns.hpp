// The lights of all obligations in columns, in the order of a hierarchy's labels: a subtree is one stretch of them,
// and counting it reads neighbouring cells instead of the database. A light changes with the day by itself, so what is
// kept is the days on which it does.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "org/hierarchy.hpp"
#include "org/position_table.hpp"
#include "records/light.hpp"

namespace zeren::records {

/// How a light goes on by itself: as `before`, then yellow, then red.
struct LightCourse {
  Light before = Light::Grey;
  std::int32_t yellow_from = INT32_MAX;  ///< days since the epoch
  std::int32_t red_from = INT32_MAX;

  /// What light_of() says on every day. Any thread.
  static LightCourse of(const Progress& progress, int warn_days);
  Light on(base::Date day) const;
  bool operator==(const LightCourse&) const = default;
};

/// How many of each light, in the order of Light.
using LightCounts = std::array<std::uint32_t, 6>;

/// One thread at a time.
class LightColumns final {
 public:
  struct Row {
    std::string id;               ///< of the obligation; 32 characters at most
    std::uint32_t position = 0;   ///< its owner's label in the hierarchy
    std::uint16_t group = 0;      ///< what is counted or left out as a whole: its module
    LightCourse course;
  };

  /// Takes all rows at once; ids are unique.
  explicit LightColumns(std::vector<Row> rows = {});

  /// Adds the row, or puts it in the place of the one with its id.
  void put(const Row& row);
  /// Does nothing when there is none.
  void remove(const std::string& id);

  std::size_t size() const { return columns_.size() - gone_; }

  /// The lights of what the units of `range` owe on `day`, of the groups that are wanted. Reads the stretch, and puts
  /// what came since the last count in its place first.
  LightCounts count(const org::Interval& range, base::Date day, const std::vector<bool>& wanted);

  /// Takes the obligation out of `counts`, where count() has counted it with the same arguments.
  void discount(const std::string& id, const org::Interval& range, base::Date day, const std::vector<bool>& wanted,
                LightCounts& counts) const;

 private:
  using Id = std::array<char, 32>;  // NULs at its end
  struct Cell {
    std::uint32_t position = 0;
    std::uint16_t group = 0;
    LightCourse course;
  };
  // Of a row that is there no more.
  static constexpr std::uint16_t kGone = UINT16_MAX;

  static Id packed(const std::string& id);
  static std::size_t hash(const Id& id);
  std::uint32_t find(const std::string& id) const;
  void settle();
  void index();

  std::vector<Id> ids_;
  std::vector<Cell> columns_;  // up to sorted_ in the order of positions
  std::size_t sorted_ = 0;
  std::size_t gone_ = 0;
  org::PositionTable table_;                             // of ids up to sorted_
  std::unordered_map<std::string, std::uint32_t> late_;  // of those behind
};

}  // namespace zeren::records
