#include "records/light_columns.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

std::int32_t number_of(base::Date day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

Light light_on(const LightCourse& course, std::int32_t day) {
  if (day >= course.red_from) return Light::Red;
  return day >= course.yellow_from ? Light::Yellow : course.before;
}

}  // namespace

LightCourse LightCourse::of(const Progress& progress, int warn_days) {
  constexpr base::Date kLongBefore{std::chrono::days{-1'000'000}};
  // Long before its date nothing is due: what shows then is what it shows until it is.
  LightCourse course{light_of(progress, kLongBefore, warn_days)};
  const bool in_time = progress.delivered_on && *progress.delivered_on <= progress.due;
  if (progress.fulfilled || !progress.asked || in_time || progress.before_cut_over) return course;
  course.red_from = number_of(progress.due) + 1;
  course.yellow_from = number_of(progress.due) - warn_days;
  return course;
}

Light LightCourse::on(base::Date day) const { return light_on(*this, number_of(day)); }

LightColumns::Id LightColumns::packed(const std::string& id) {
  Id text{};
  base::invariant(id.size() <= text.size(), "ids of obligations are 128 bits in hexadecimal");
  std::memcpy(text.data(), id.data(), id.size());
  return text;
}

std::size_t LightColumns::hash(const Id& id) {
  return std::hash<std::string_view>{}({id.data(), id.size()});
}

LightColumns::LightColumns(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.position < b.position; });
  ids_.reserve(rows.size());
  columns_.reserve(rows.size());
  for (const auto& row : rows) {
    ids_.push_back(packed(row.id));
    columns_.push_back({row.position, row.group, row.course});
  }
  index();
}

void LightColumns::index() {
  sorted_ = columns_.size();
  table_ = org::PositionTable(sorted_);
  for (std::uint32_t i = 0; i < sorted_; ++i) {
    table_.insert(hash(ids_[i]), i, [](auto) { return false; });
  }
  late_.clear();
}

std::uint32_t LightColumns::find(const std::string& id) const {
  if (const auto late = late_.find(id); late != late_.end()) return late->second;
  const auto text = packed(id);
  return table_.find(hash(text), [&](std::uint32_t at) { return ids_[at] == text; });
}

void LightColumns::put(const Row& row) {
  const auto at = find(row.id);
  const bool known = at != org::PositionTable::kNone && columns_[at].group != kGone;
  if (known && columns_[at].position == row.position) {
    columns_[at] = {row.position, row.group, row.course};
    return;
  }
  if (known) remove(row.id);
  late_[row.id] = static_cast<std::uint32_t>(columns_.size());
  ids_.push_back(packed(row.id));
  columns_.push_back({row.position, row.group, row.course});
}

void LightColumns::remove(const std::string& id) {
  const auto at = find(id);
  if (at == org::PositionTable::kNone || columns_[at].group == kGone) return;
  columns_[at].group = kGone;
  ++gone_;
}

void LightColumns::settle() {
  std::vector<std::uint32_t> order;
  order.reserve(size());
  for (std::uint32_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].group != kGone) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return columns_[a].position < columns_[b].position;
  });
  std::vector<Id> ids;
  std::vector<Cell> cells;
  ids.reserve(order.size());
  cells.reserve(order.size());
  for (const auto at : order) {
    ids.push_back(ids_[at]);
    cells.push_back(columns_[at]);
  }
  ids_ = std::move(ids);
  columns_ = std::move(cells);
  gone_ = 0;
  index();
}

LightCounts LightColumns::count(const org::Interval& range, base::Date day, const std::vector<bool>& wanted) {
  if (sorted_ != columns_.size()) settle();
  const auto before = [](const Cell& cell, std::uint32_t position) { return cell.position < position; };
  const auto first = std::lower_bound(columns_.begin(), columns_.end(), range.first, before);
  const auto last = std::lower_bound(first, columns_.end(), range.last, before);
  LightCounts counts{};
  const auto today = number_of(day);
  for (auto cell = first; cell != last; ++cell) {
    if (cell->group >= wanted.size() || !wanted[cell->group]) continue;
    ++counts[static_cast<std::size_t>(light_on(cell->course, today))];
  }
  return counts;
}

void LightColumns::discount(const std::string& id, const org::Interval& range, base::Date day,
                            const std::vector<bool>& wanted, LightCounts& counts) const {
  const auto at = find(id);
  if (at == org::PositionTable::kNone) return;
  const auto& cell = columns_[at];
  const bool counted = range.contains(cell.position) && cell.group < wanted.size() && wanted[cell.group];
  if (counted) --counts[static_cast<std::size_t>(cell.course.on(day))];
}

}  // namespace zeren::records
