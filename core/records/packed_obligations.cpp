#include "records/packed_obligations.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

// The newest are the likeliest: obligations come rule by rule.
template <class T>
std::uint32_t place_of(std::vector<T>& all, T one) {
  const auto found = std::find(all.rbegin(), all.rend(), one);
  if (found != all.rend()) return static_cast<std::uint32_t>(std::distance(found, all.rend()) - 1);
  all.push_back(std::move(one));
  return static_cast<std::uint32_t>(all.size() - 1);
}

}  // namespace

PackedObligations::IdText PackedObligations::packed(const std::string& id) {
  base::invariant(id.size() <= kIdLength, "ids of obligations are 128 bits in hexadecimal");
  IdText text{};
  std::memcpy(text.data(), id.data(), id.size());
  return text;
}

void PackedObligations::add(const Obligation& o) {
  Shape shape;
  for (const auto& to : o.recipients) {
    shape.keys.push_back({to.key, {}, to.channel, to.profile, to.held, to.field});
    shape.counts.push_back(static_cast<std::uint32_t>(to.units.size()));
  }
  rows_.push_back({packed(o.id), o.owner, o.due,
                   place_of(heads_, {o.module, o.rule, o.record_type, o.period, o.rule_version}),
                   static_cast<std::int32_t>(o.occurrence), place_of(shapes_, std::move(shape)),
                   units_of(o.recipients), rare_of(o)});
}

std::uint32_t PackedObligations::units_of(const std::vector<Recipients>& recipients) {
  if (recipients == last_) return last_first_;
  last_ = recipients;
  last_first_ = static_cast<std::uint32_t>(units_.size());
  for (const auto& to : recipients) units_.insert(units_.end(), to.units.begin(), to.units.end());
  return last_first_;
}

std::uint32_t PackedObligations::rare_of(const Obligation& o) {
  Rare rare{o.counterpart, o.post, o.appointment, o.moved, o.superseded};
  if (rare == Rare{}) return kNone;
  rares_.push_back(std::move(rare));
  return static_cast<std::uint32_t>(rares_.size() - 1);
}

void PackedObligations::sort() {
  last_.clear();
  // Of one id derived by two rules, that of the first: heads are numbered as they come.
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return a.id != b.id ? a.id < b.id : a.head < b.head;
  });
}

std::vector<Obligation> PackedObligations::between(const std::string& from, const std::string& to) const {
  auto row = std::lower_bound(rows_.begin(), rows_.end(), packed(from), &PackedObligations::before);
  const auto end = to.empty() ? rows_.end()
                              : std::lower_bound(row, rows_.end(), packed(to), &PackedObligations::before);
  std::vector<Obligation> found;
  found.reserve(static_cast<std::size_t>(std::distance(row, end)));
  for (; row != end; ++row) found.push_back(unpacked(*row));
  return found;
}

std::vector<Recipients> PackedObligations::recipients_of(const Row& row) const {
  const auto& shape = shapes_[row.shape];
  auto recipients = shape.keys;
  auto unit = units_.begin() + row.first_unit;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    recipients[i].units.assign(unit, unit + shape.counts[i]);
    unit += shape.counts[i];
  }
  return recipients;
}

Obligation PackedObligations::unpacked(const Row& row) const {
  const auto& head = heads_[row.head];
  const auto rare = row.rare == kNone ? Rare{} : rares_[row.rare];
  const auto end = std::find(row.id.begin(), row.id.end(), '\0');
  return {std::string(row.id.begin(), end), head.module,      head.rule,        head.rule_version, head.record_type,
          row.owner,                        rare.counterpart, head.period,      row.occurrence,    row.due,
          recipients_of(row),               rare.superseded,  rare.post,        rare.appointment,  rare.moved};
}

}  // namespace zeren::records
