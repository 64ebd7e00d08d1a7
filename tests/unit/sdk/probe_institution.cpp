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

  zeren::Result<zeren::Answer> did_step(const zeren::StepRequest& step) override {
    host().log(zeren::LogLevel::Info, step.step());
    if (step.record_type() != "answers") return zeren::Answer::none();
    return zeren::Answer().comment(step.record_id(), "看过了");
  }

  zeren::Result<zeren::Answer> did_event(const zeren::EventNotice& event) override {
    if (event.name() == "probe.fails") return zeren::fail("cannot listen");
    if (event.name() == "probe.throws") throw std::runtime_error("thrown while listening");
    const auto unit = event.unit().code;
    return zeren::Answer()
        .notify(unit, {"Held", "已召开"}, event.record_id(), event.today())
        .emit("probe.heard", event.record_id())
        .emit_about("probe.heard", unit)
        .draft("R1", unit, event.period(), {{"topic", event.fields().value("topic", "")}});
  }
};

}  // namespace

ZEREN_INSTITUTION(Probe);
