// Tells a module of the steps of its records and of the events it listens to, and has its answers carried out.
#include "app/commands/reaction_commands.hpp"
#include "app/consumer.hpp"
#include "app/declared_reactions.hpp"
#include "app/event_notice.hpp"
#include "app/hook_request.hpp"
#include "base/messages.hpp"
#include "records/record.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Value;

// The step that made `version` of the record, or the act that was noted without one.
Result<std::optional<store::Row>> row_of(store::Session& session, const Json& data) {
  const std::string about =
      " s.account, s.capacity, s.reason, c.content, r.type, r.unit, r.period FROM ";
  const std::string joined =
      " s JOIN record r ON r.id = s.record"
      " JOIN record_content c ON c.record = s.record AND c.content_version = :1 WHERE ";
  const Value content_version = data.at("content_version").get<std::int64_t>();
  if (data.contains("noted")) {
    return session.first("SELECT s.act, s.state," + about + "act_noted" + joined + "s.id = :2",
                         std::vector<Value>{content_version, data.at("noted").get<std::string>()});
  }
  return session.first("SELECT s.step, s.to_state," + about + "step_taken" + joined +
                           "s.record = :2 AND s.version = :3",
                       std::vector<Value>{content_version, data.at("record").get<std::string>(),
                                          data.at("version").get<std::int64_t>()});
}

// What a module is told; nullopt for an event that was no step, such as an edit or a comment.
Result<std::optional<Json>> step_of(const Snapshot& snapshot, const Json& data) {
  if (!data.contains("version") || !data.contains("content_version")) return std::optional<Json>{};
  const auto record = data.at("record").get<std::string>();
  const auto row = row_of(snapshot.session, data);
  if (!row) return base::pass(row);
  if (!*row) return std::optional<Json>{};
  const auto& r = **row;
  auto content = base::parse_json(r.text(5));
  if (!content) return base::pass(std::move(content));
  const HookSubject subject{record, r.text(6), {r.text(7)}, r.text(8), r.text(1),
                            data.at("version").get<std::int64_t>(), std::move(*content)};
  const HookActor actor{r.text(2), r.text(3), {r.text(7)}};
  return std::optional(hook_request(snapshot, r.text(0), subject, actor, r.text(4)));
}

class ModuleConsumer final : public Consumer {
 public:
  ModuleConsumer(Host& host, const EnabledModule& module)
      : host_(host), id_(module.id), name_("module:" + module.id), module_(module.module) {}

  const std::string& name() const override { return name_; }

  // {"step": …} for did_step; or {"event": …} for did_event and {"declared": […]}.
  Result<std::optional<Json>> prepare(Snapshot& snapshot, const OutboxEvent& event) const override {
    const auto module = snapshot.modules().find(id_);
    if (!module) return std::optional<Json>{};
    if (event.data.value("module", "") == id_) {
      auto step = step_of(snapshot, event.data);
      if (!step) return step;
      if (*step) return std::optional(Json{{"step", with_parameters(std::move(**step), **module, snapshot)}});
    }
    const auto name = name_heard(**module, event);
    if (!name) return std::optional<Json>{};
    auto notice = event_notice(snapshot, **module, event, *name);
    if (!notice) return base::pass(std::move(notice));
    auto declared = declared_reactions(snapshot, **module, event, *name);
    if (!declared) return base::pass(std::move(declared));
    return std::optional(Json{{"event", std::move(*notice)}, {"declared", std::move(*declared)}});
  }

  Attempt send(const OutboxEvent& event, const Json& message) override {
    Attempt attempt;
    for (const auto& each : message.value("declared", Json::array())) {
      carry_out(event, each.at("place"), {each.at("command"), each.at("body")}, attempt);
    }
    const bool step = message.contains("step");
    const auto wishes = step ? module_->did_step(message.at("step")) : module_->did_event(message.at("event"));
    if (!wishes) return unheard(wishes.error());
    for (std::size_t i = 0; i < wishes->size(); ++i) {
      carry_out(event, "answer/" + std::to_string(i), (*wishes)[i], attempt);
    }
    return attempt;
  }

 private:
  // Nonsense stays nonsense however often it is asked for; whoever failed may do better.
  static Attempt unheard(const base::Error& why) {
    const bool nonsense = why.code == base::Code::PluginNonsense;
    return {nonsense ? Attempt::Outcome::Refused : Attempt::Outcome::Failed, base::text_of(why)};
  }

  // One that is refused keeps no other from being carried out; what may succeed later is worth another attempt.
  void carry_out(const OutboxEvent& event, const std::string& place, const modules::Wish& wish, Attempt& attempt) {
    const Reaction reaction{id_, place, {event.id, event.hops + 1}, wish};
    const auto done = host_.execute({module_principal(id_), "", "", ""}, react(reaction));
    if (done) return;
    const bool passing = is_passing(done.error().code);
    if (passing || attempt.outcome == Attempt::Outcome::Taken) {
      attempt.outcome = passing ? Attempt::Outcome::Failed : Attempt::Outcome::Refused;
    }
    attempt.reason += (attempt.reason.empty() ? "" : "; ") + place + ": " + base::text_of(done.error());
  }

  static bool is_passing(base::Code code) {
    const auto family = base::family_of(code);
    return code == base::Code::TryAgain || family == base::Family::Unavailable || family == base::Family::Stale || family == base::Family::Broken;
  }

  Host& host_;
  std::string id_;
  std::string name_;
  std::shared_ptr<modules::Module> module_;  // shared with the sets of modules in force
};

}  // namespace

std::vector<std::shared_ptr<Consumer>> module_consumers(Host& host, const Snapshot& snapshot) {
  std::vector<std::shared_ptr<Consumer>> consumers;
  for (const auto& [id, module] : snapshot.modules().all()) {
    if (module.module->stalled()) continue;
    consumers.push_back(std::make_shared<ModuleConsumer>(host, module));
  }
  return consumers;
}

}  // namespace zeren::app
