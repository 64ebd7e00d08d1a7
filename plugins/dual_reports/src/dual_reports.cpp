#include "dual_reports.hpp"

#include <string>
#include <utility>

#include "figures.hpp"
#include "i18n.hpp"
#include "statistics.hpp"

namespace {

using zeren::StepRequest;
using zeren::Verdict;

bool is_report(std::string_view type) {
  return type == "principal_report" || type == "supervision_report" || type == "year_end_report";
}

/// What the title of the type says. Titles are part of an official document, so they are Chinese in every language
/// of the screen.
std::string_view duty_of(std::string_view type) {
  if (type == "supervision_report") return "履行党风廉政建设监督责任";
  return type == "year_end_report" ? "落实党风廉政建设责任制" : "履行党风廉政建设主体责任";
}

/// 关于2025年度履行党风廉政建设主体责任情况的报告.
std::string customary_title(const StepRequest& step) {
  const std::string year(step.period().substr(0, 4));
  return "关于" + year + "年度" + std::string(duty_of(step.record_type())) + "情况的报告";
}

bool is_blank(const StepRequest& step, std::string_view field) {
  return step.text_field(field).value_or("").empty();
}

}  // namespace

zeren::Result<void> DualReports::start() {
  auto texts = zeren::Catalogue::parse(i18n::kEn, i18n::kZhCn);
  if (!texts) return tl::unexpected(texts.error());
  texts_ = *std::move(texts);
  return {};
}

zeren::Result<Verdict> DualReports::will_step(const StepRequest& step) {
  if (step.record_type() == "feedback" && step.step() == "issue") return titled_feedback(step);
  if (!is_report(step.record_type())) return Verdict::pass();
  if (step.step() == "collected") return Verdict::patch(figures_of(step, texts_));
  if (step.step() == "submit") return submission(step);
  if (step.step() == "meeting_approve") {
    return Verdict::patch({{"approved_meeting", std::string(step.reason())}});
  }
  if (step.step() == "approve") return approval(step);
  return Verdict::pass();
}

Verdict DualReports::submission(const StepRequest& step) const {
  if (auto why = fault_of(step)) return *std::move(why);
  auto fields = figures_of(step, texts_);
  if (is_blank(step, "title")) fields.emplace("title", customary_title(step));
  return Verdict::patch(std::move(fields));
}

std::optional<Verdict> DualReports::fault_of(const StepRequest& step) const {
  const auto found = step.integer_field("problems_found").value_or(0);
  const auto rectified = step.integer_field("problems_rectified").value_or(0);
  if (rectified > found) {
    return Verdict::veto(texts_.text("rectified_exceeds_found", {{"rectified", std::to_string(rectified)},
                                                                 {"found", std::to_string(found)}}),
                         "problems_rectified");
  }
  for (const auto& chapter : step.parameter("chapters")) {
    const auto field = chapter.get<std::string>();
    if (is_blank(step, field)) return Verdict::veto(texts_.text("lacks_" + field), field);
  }
  const auto from = step.text_field("covers_from").value_or("");
  const auto to = step.text_field("covers_to").value_or("");
  const auto year = std::string(step.period().substr(0, 4));
  for (const auto& [field, day] : {std::pair{"covers_from", from}, std::pair{"covers_to", to}}) {
    if (!day.empty() && !day.starts_with(year)) {
      return Verdict::veto(texts_.text("covers_another_year", {{"day", day}, {"year", year}}), field);
    }
  }
  // Dates as they are written stand in the order of time.
  if (from.empty() || to.empty() || from <= to) return std::nullopt;
  return Verdict::veto(texts_.text("covers_backwards", {{"from", from}, {"to", to}}), "covers_to");
}

Verdict DualReports::approval(const StepRequest& step) const {
  const bool asked = step.parameter("meeting_asked") == zeren::Json(true);
  if (!asked || !is_blank(step, "approved_meeting")) return Verdict::pass();
  return Verdict::veto(texts_.text("meeting_asked"), "approved_meeting");
}

Verdict DualReports::titled_feedback(const StepRequest& step) {
  if (!is_blank(step, "title")) return Verdict::pass();
  return Verdict::patch({{"title", "关于报告审核情况的反馈意见"}});
}

zeren::Result<zeren::Table> DualReports::compute(std::string_view name,
                                                 const zeren::Json& request) {
  if (name != "statistics" && name != "by_unit") return Institution::compute(name, request);
  const auto obligations = zeren::obligations_of(request);
  if (!obligations) return tl::unexpected(obligations.error());
  if (name == "by_unit") return by_unit(*obligations, texts_);
  return statistics(*obligations, request.value("as_of", ""), texts_);
}

ZEREN_INSTITUTION(DualReports);
