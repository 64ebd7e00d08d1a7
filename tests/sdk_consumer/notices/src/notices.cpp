// The smallest institution with a say: every notice needs a title.
#include <utility>

#include "i18n.hpp"
#include "zeren/catalogue.hpp"
#include "zeren/institution.hpp"

class Notices final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override {
    auto texts = zeren::Catalogue::parse(i18n::kEn, i18n::kZhCn);
    if (!texts) return tl::unexpected(texts.error());
    texts_ = *std::move(texts);
    return {};
  }

  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override {
    if (step.text_field("title")) return zeren::Verdict::pass();
    return zeren::Verdict::veto(texts_.text("title_missing"), "title");
  }

 private:
  zeren::Catalogue texts_;
};

ZEREN_INSTITUTION(Notices);
