// An institution that does on request what institutions must not: the record type says what.
#include <stdexcept>
#include <string>

#include "zeren/institution.hpp"

namespace {

class Probe final : public zeren::Institution {
 public:
  using Institution::Institution;

  zeren::Result<void> start() override {
    host().log(zeren::LogLevel::Info, "started");
    return {};
  }

  zeren::Result<zeren::Verdict> will_step(const zeren::StepRequest& step) override {
    const std::string wish(step.record_type());
    if (wish == "throws") throw std::runtime_error("thrown by the institution");
    if (wish == "throws_a_number") throw 7;
    if (wish == "fails") return zeren::fail("cannot judge this");
    if (wish == "vetoes") return zeren::Verdict::veto({"no", "不行"}, "title");
    if (wish == "patches") return zeren::Verdict::patch({{"title", "t"}, {"count", 3}});
    if (wish == "breaks_utf8") return zeren::Verdict::patch({{"title", "\xff"}});
    return zeren::Verdict::pass();
  }

  zeren::Result<void> did_step(const zeren::StepRequest& step) override {
    host().log(zeren::LogLevel::Info, step.step());
    return {};
  }
};

}  // namespace

ZEREN_INSTITUTION(Probe);
