#include "dual_reports.hpp"

#include <string>
#include <utility>

#include "i18n.hpp"
#include "statistics.hpp"

namespace {

/// 关于2025年度履行党风廉政建设主体责任情况的报告. The title is part of an official document, so it
/// is Chinese in every language of the screen.
std::string customary_title(const zeren::StepRequest& step) {
  const std::string year(step.period().substr(0, 4));
  const char* duty = step.record_type() == "supervision_report" ? "监督责任" : "主体责任";
  return "关于" + year + "年度履行党风廉政建设" + duty + "情况的报告";
}

}  // namespace

zeren::Result<void> DualReports::start() {
  auto texts = zeren::Catalogue::parse(i18n::kEn, i18n::kZhCn);
  if (!texts) return tl::unexpected(texts.error());
  texts_ = *std::move(texts);
  return {};
}

zeren::Result<zeren::Verdict> DualReports::will_step(const zeren::StepRequest& step) {
  if (step.step() != "submit") return zeren::Verdict::pass();
  const auto found = step.integer_field("problems_found").value_or(0);
  const auto rectified = step.integer_field("problems_rectified").value_or(0);
  if (rectified > found) {
    const auto why =
        texts_.text("rectified_exceeds_found",
                    {{"rectified", std::to_string(rectified)}, {"found", std::to_string(found)}});
    return zeren::Verdict::veto(why, "problems_rectified");
  }
  if (!step.text_field("title").value_or("").empty()) return zeren::Verdict::pass();
  return zeren::Verdict::patch({{"title", customary_title(step)}});
}

zeren::Result<zeren::Table> DualReports::compute(std::string_view name,
                                                 const zeren::Json& request) {
  if (name != "statistics") return Institution::compute(name, request);
  const auto obligations = zeren::obligations_of(request);
  if (!obligations) return tl::unexpected(obligations.error());
  return statistics(*obligations, texts_);
}

ZEREN_INSTITUTION(DualReports);
