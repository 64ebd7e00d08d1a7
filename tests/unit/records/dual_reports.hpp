// The module tests/fixtures/modules/dual_reports in the demonstration organisation, without its code.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "fixtures/small_city_world.hpp"
#include "manifest/manifest.hpp"
#include "records/actor.hpp"
#include "records/obligation.hpp"
#include "records/record_type.hpp"
#include "records/task_plans.hpp"
#include "rules/roles.hpp"
#include "rules/rule_book.hpp"

namespace zeren::fixtures {

inline constexpr base::Period kYear2026{base::Date{std::chrono::year{2026} / 1 / 1},
                                        base::Date{std::chrono::year{2027} / 1 / 1}};

class DualReports : public SmallCityWorld {
 public:
  const records::RecordType& type(const std::string& key = "principal_report") const {
    return types_.at(key);
  }

  rules::RuleBook book(std::vector<rules::Layer> layers = {}) const {
    return {"dual_reports", *rules::read_parameters(manifest_.section("parameters")),
            std::move(layers)};
  }

  /// A layer on the due date: January `day` for `unit_code` and all below.
  rules::Layer due(const std::string& unit_code, int day, std::int64_t version = 1) const {
    return {unit(unit_code), "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=" + std::to_string(day), "doc",
            base::make_date(2020, 1, 1), version};
  }

  /// What falls due in `window` under `layers`, by both rules, as introduced by the unit `issuer`.
  std::vector<records::Obligation> derived(std::vector<rules::Layer> layers = {},
                                           const base::Period& window = kYear2026,
                                           const std::string& issuer = "qinglan") const {
    std::vector<records::Obligation> all;
    const auto in_force = book(std::move(layers));
    for (const auto& rule : rules_) {
      const auto some =
          *records::derive(rule, in_force, organisation(), calendar_, unit(issuer), window);
      all.insert(all.end(), some.obligations.begin(), some.obligations.end());
    }
    return all;
  }

  /// The one that `owner` owes in 2026.
  records::Obligation owed_by(const std::string& owner) const {
    for (const auto& obligation : derived()) {
      if (obligation.owner == unit(owner)) return obligation;
    }
    ADD_FAILURE() << owner << " owes nothing";
    return {};
  }

  /// The type with `patch` merged into what the module declares.
  records::RecordType type_with(const base::Json& patch) const {
    auto section = manifest_.section("record_types");
    section["principal_report"].merge_patch(patch);
    return records::read_record_types("dual_reports", section, manifest_.section("roles"))
        ->at("principal_report");
  }

  /// The holder of a post; the account is called like the post.
  records::Actor actor(const std::string& post) const {
    const auto person = holder(post);
    records::Actor who{post, roles_.held_by(organisation(), person, {kToday}), person, {}};
    for (const auto* held : organisation().appointments_of(person, {kToday})) {
      const auto* known = organisation().post(held->post);
      who.posts.push_back({known->id, known->unit, held->mode, known->title});
    }
    return who;
  }

  /// The post as one a task may go to.
  records::Assignee assignee(const std::string& post) const {
    const auto* known = organisation().post_by_code(post);
    const auto who = actor(post);
    return {known->id, known->unit, known->title, who.person, post, who.roles};
  }

  const std::vector<records::ObligationRule>& rules() const { return rules_; }
  const rules::Calendar& calendar() const { return calendar_; }

 private:
  rules::Calendar calendar_ =
      *rules::Calendar::read(std::string(ZEREN_SOURCE_DIR) + "/config/calendars");
  manifest::Manifest manifest_ =
      *manifest::Manifest::read(std::string(ZEREN_SOURCE_DIR) + "/tests/fixtures/modules/dual_reports");
  records::RecordTypes types_ =
      *records::read_record_types("dual_reports", manifest_.section("record_types"),
                                  manifest_.section("roles"));
  std::vector<records::ObligationRule> rules_ =
      *records::read_obligation_rules("dual_reports", manifest_.section("obligations"));
  rules::RoleBook roles_ = rules::RoleBook::from_manifest(manifest_.section("roles"));
};

}  // namespace zeren::fixtures
