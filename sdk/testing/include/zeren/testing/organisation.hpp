// A small organisation for tests: units, posts, and who held them from when to when.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeren/step.hpp"
#include "zeren/testing/clock.hpp"

namespace zeren::testing {

/// From `from` on, and before `to`.
struct Period {
  Date from = std::chrono::year{1949} / 10 / 1;
  Date to = std::chrono::year{9999} / 12 / 31;
  bool contains(Date day) const { return from <= day && day < to; }
};

struct Post {
  std::string code;
  std::string unit;
  std::string title;
  std::string post_class;  ///< as "post_classes" of a role in module.json names it
};

struct Holder {
  std::string person;
  std::string mode;  ///< formal, in_charge, acting or concurrent
};

/// Every question names its day. What is added later overrules what was added before.
class Organisation final {
 public:
  /// Nothing in it.
  Organisation() = default;

  /// A city committee, its commission for discipline inspection and a finance bureau, each with a principal and
  /// a clerk: enough for most institutions to begin with.
  static Organisation qinglan() {
    Organisation small;
    small.unit({"qinglan", "中共青澜市委员会", "青澜市委", "city", "party_committee"})
        .unit({"qinglan-cdi", "中共青澜市纪律检查委员会", "青澜市纪委", "city",
               "discipline_commission"})
        .unit({"qinglan-finance", "青澜市财政局党组", "青澜市财政局", "city", "party_group"});
    for (const std::string unit : {"qinglan", "qinglan-cdi", "qinglan-finance"}) {
      small.post({unit + "-principal", unit, "主要负责人", "PRINCIPAL"})
          .post({unit + "-clerk", unit, "承办人", "STAFF"})
          .appoint({unit + "-p1", "formal"}, unit + "-principal")
          .appoint({unit + "-c1", "formal"}, unit + "-clerk");
    }
    return small;
  }

  Organisation& unit(Unit unit, Period standing = {}) {
    units_.push_back({std::move(unit), standing});
    return *this;
  }
  Organisation& post(Post post, Period standing = {}) {
    posts_.push_back({std::move(post), standing});
    return *this;
  }
  Organisation& appoint(Holder holder, std::string post, Period held = {}) {
    appointments_.push_back({{std::move(holder), std::move(post)}, held});
    return *this;
  }

  /// The unit as it was on `day`; nullopt when it did not stand.
  std::optional<Unit> unit_on(std::string_view code, Date day) const {
    std::optional<Unit> found;
    for (const auto& [unit, standing] : units_) {
      if (unit.code == code && standing.contains(day)) found = unit;
    }
    return found;
  }

  /// Posts of the unit that stood on `day`.
  std::vector<Post> posts_on(std::string_view unit, Date day) const {
    std::vector<Post> found;
    for (const auto& [post, standing] : posts_) {
      if (post.unit == unit && standing.contains(day)) found.push_back(post);
    }
    return found;
  }

  /// Who held the post on `day`, in the order of their appointment.
  std::vector<Holder> holders_on(std::string_view post, Date day) const {
    std::vector<Holder> found;
    for (const auto& [appointment, held] : appointments_) {
      if (appointment.second == post && held.contains(day)) found.push_back(appointment.first);
    }
    return found;
  }

 private:
  std::vector<std::pair<Unit, Period>> units_;
  std::vector<std::pair<Post, Period>> posts_;
  std::vector<std::pair<std::pair<Holder, std::string>, Period>> appointments_;
};

}  // namespace zeren::testing
