// The part of the annual dual reports that module.json cannot declare: a check between two figures,
// the customary title, and the statistics table. Due dates, recipients and steps are data.
#pragma once

#include <string_view>

#include "zeren/catalogue.hpp"
#include "zeren/institution.hpp"

class DualReports final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override;

  /// On `submit`: vetoes more problems rectified than found; otherwise fills an empty title.
  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override;

  /// `statistics`: one row per obligation rule and a total, of reports due, filed, late and
  /// returned.
  zeren::Result<zeren::Table> compute(std::string_view name, const zeren::Json& request) override;

 private:
  zeren::Catalogue texts_;
};
