// The part of the dual reports that module.json cannot declare: checks between fields, what a locality asks of a
// report, the customary titles, the figures of the material, and the tables. Due dates, recipients and steps are data.
#pragma once

#include <optional>
#include <string_view>

#include "zeren/catalogue.hpp"
#include "zeren/institution.hpp"

class DualReports final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override;

  /// Of a report, `submit` is vetoed where it contradicts itself or lacks a chapter that is asked for, and fills an
  /// empty title; `collected` and `submit` count the confirmed material; `meeting_approve` keeps its reason as the
  /// meeting; `approve` is vetoed where a meeting is asked for and none approved.
  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override;

  /// `statistics`: a row for each obligation rule and a total, of reports due, filed, late and returned, beside those
  /// of the year before where it is known. `by_unit`: a row for each unit.
  zeren::Result<zeren::Table> compute(std::string_view name, const zeren::Json& request) override;

 private:
  zeren::Verdict submission(const zeren::StepRequest& step) const;
  /// What keeps the report from being submitted; nullopt: nothing.
  std::optional<zeren::Verdict> fault_of(const zeren::StepRequest& step) const;
  zeren::Verdict approval(const zeren::StepRequest& step) const;
  static zeren::Verdict titled_feedback(const zeren::StepRequest& step);

  zeren::Catalogue texts_;
};
