// Lights in columns are those of a scan that looks at every obligation, whatever came, went or moved in between.
#include "records/light_columns.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace zeren::records {
namespace {

constexpr std::uint32_t kUnits = 40;
constexpr std::uint16_t kGroups = 3;
const auto kDay = base::make_date(2026, 3, 1);

class Dice final {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  bool once_in(std::uint32_t n) { return below(n) == 0; }
  base::Date day() { return kDay + std::chrono::days(static_cast<int>(below(80)) - 40); }

  Progress progress() {
    Progress progress{day(), once_in(6), once_in(2), std::nullopt, false};
    if (once_in(3)) progress.delivered_on = day();
    progress.fulfilled = progress.delivered_on && once_in(2);
    progress.asked = !once_in(5);
    return progress;
  }

 private:
  std::mt19937 random_;
};

TEST(LightCourse, ShowsOnEveryDayWhatTheProgressSays) {
  Dice dice(7);
  for (int i = 0; i < 3000; ++i) {
    const auto progress = dice.progress();
    const auto warn = static_cast<int>(dice.below(15));
    const auto course = LightCourse::of(progress, warn);
    const auto day = dice.day();
    EXPECT_EQ(name_of(course.on(day)), name_of(light_of(progress, day, warn)));
  }
}

class LightColumnsProperty : public testing::TestWithParam<std::uint32_t> {
 protected:
  LightColumns::Row any_row() {
    return {"id" + std::to_string(dice_.below(120)), dice_.below(kUnits),
            static_cast<std::uint16_t>(dice_.below(kGroups)),
            LightCourse::of(dice_.progress(), static_cast<int>(dice_.below(10)))};
  }

  LightCounts scan(const org::Interval& range, base::Date day, const std::vector<bool>& wanted) const {
    LightCounts counts{};
    for (const auto& [id, row] : rows_) {
      if (!range.contains(row.position) || !wanted[row.group]) continue;
      ++counts[static_cast<std::size_t>(row.course.on(day))];
    }
    return counts;
  }

  void expect_alike(LightColumns& columns) {
    const auto first = dice_.below(kUnits);
    const org::Interval range{first, first + dice_.below(kUnits - first + 1)};
    const std::vector<bool> wanted = {dice_.once_in(2), true, dice_.once_in(2)};
    const auto day = dice_.day();
    auto counts = columns.count(range, day, wanted);
    EXPECT_EQ(counts, scan(range, day, wanted));
    if (rows_.empty()) return;
    const auto out = rows_.begin()->second;
    columns.discount(out.id, range, day, wanted, counts);
    rows_.erase(out.id);
    EXPECT_EQ(counts, scan(range, day, wanted));
    rows_.emplace(out.id, out);
    EXPECT_EQ(columns.size(), rows_.size());
  }

  Dice dice_{GetParam()};
  std::map<std::string, LightColumns::Row> rows_;
};

TEST_P(LightColumnsProperty, CountsAreThoseOfAScan) {
  for (int i = 0; i < 60; ++i) {
    const auto row = any_row();
    rows_.insert_or_assign(row.id, row);
  }
  std::vector<LightColumns::Row> all;
  for (const auto& [id, row] : rows_) all.push_back(row);
  LightColumns columns(all);
  expect_alike(columns);
  for (int i = 0; i < 400; ++i) {
    const auto row = any_row();
    if (dice_.once_in(4)) {
      columns.remove(row.id);
      rows_.erase(row.id);
    } else {
      columns.put(row);
      rows_.insert_or_assign(row.id, row);
    }
    if (dice_.once_in(3)) expect_alike(columns);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LightColumnsProperty, testing::Range(1U, 21U));

}  // namespace
}  // namespace zeren::records
