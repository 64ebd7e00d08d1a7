// The part of the task list that module.json cannot declare: that the ten items are all there and can be carried out,
// that a suspension was granted, that each round of an order has its answer, what a principal's summary counts, and
// what is told when something is overdue. Dates, recipients and steps are data.
#pragma once

#include <string_view>

#include "zeren/catalogue.hpp"
#include "zeren/institution.hpp"

class TaskList final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override;

  /// Vetoes what does not hold together and fills in dates, rows and figures; passes steps of other record types.
  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override;

  /// Tells of meetings and of education that were recorded, by the kind of activity.
  zeren::Result<zeren::Answer> did_step(const zeren::StepRequest& step) override;

  /// On `obligation.overdue`: tells of late items and unanswered orders, and suggests accountability once an order is
  /// overdue for the `overdue_orders`th time. Whether anything follows is for people to decide.
  zeren::Result<zeren::Answer> did_event(const zeren::EventNotice& event) override;

  /// `by_unit`: what each unit owes by its list, what is done, and what is late.
  zeren::Result<zeren::Table> compute(std::string_view name, const zeren::Json& request) override;

 private:
  zeren::Verdict about_list(const zeren::StepRequest& step) const;
  zeren::Verdict about_submission(const zeren::StepRequest& step) const;
  zeren::Verdict about_item(const zeren::StepRequest& step) const;
  zeren::Verdict about_suspension(const zeren::StepRequest& step) const;
  zeren::Verdict about_order(const zeren::StepRequest& step) const;
  zeren::Verdict about_rectification(const zeren::StepRequest& step) const;
  zeren::Verdict about_summary(const zeren::StepRequest& step) const;

  zeren::Catalogue texts_;
};
