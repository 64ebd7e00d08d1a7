// What module.json cannot declare: a check between a field and a parameter, a field filled in, and
// a table.
#include <cstdint>
#include <string>
#include <utility>

#include "i18n.hpp"
#include "zeren/catalogue.hpp"
#include "zeren/institution.hpp"

namespace {

/// Characters, not bytes: UTF-8 continues a character with 10xxxxxx.
std::int64_t length_of(const std::string& text) {
  std::int64_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U ? 0 : 1;
  return count;
}

}  // namespace

class MyInstitution final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override {
    auto texts = zeren::Catalogue::parse(i18n::kEn, i18n::kZhCn);
    if (!texts) return tl::unexpected(texts.error());
    texts_ = *std::move(texts);
    return {};
  }

  /// On `issue`: vetoes a title that is too short, and fills in the day.
  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override {
    if (step.step() != "issue") return zeren::Verdict::pass();
    const auto least = step.parameter("min_title");
    const std::int64_t needed = least.is_number_integer() ? least.get<std::int64_t>() : 1;
    if (length_of(step.text_field("title").value_or("")) < needed) {
      return zeren::Verdict::veto(
          texts_.text("title_too_short", {{"least", std::to_string(needed)}}), "title");
    }
    return zeren::Verdict::patch({{"issued_on", std::string(step.today())}});
  }

  /// Told at least once: whatever is done here must come to the same when it is done again. What is answered
  /// is carried out once; docs/write-a-plugin/events.md says what may be.
  zeren::Result<zeren::Answer> did_step(const zeren::StepRequest& step) override {
    host().log(zeren::LogLevel::Info, "told of " + std::string(step.step()));
    return zeren::Answer::none();
  }

  /// `owed`: how many are owed, and how many of them are late.
  zeren::Result<zeren::Table> compute(std::string_view name, const zeren::Json& request) override {
    if (name != "owed") return Institution::compute(name, request);
    const auto obligations = zeren::obligations_of(request);
    if (!obligations) return tl::unexpected(obligations.error());
    std::int64_t late = 0;
    for (const auto& one : *obligations)
      late += one.light == "red" || one.light == "purple" ? 1 : 0;
    zeren::Table table(texts_.text("owed"));
    table.column("owed", texts_.text("column_owed")).column("late", texts_.text("column_late"));
    table.row({{"owed", obligations->size()}, {"late", late}});
    return table;
  }

 private:
  zeren::Catalogue texts_;
};

ZEREN_INSTITUTION(MyInstitution);
