// Tells a module's did_step of the steps of its records.
#include "app/consumer.hpp"
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
  explicit ModuleConsumer(const EnabledModule& module)
      : id_(module.id), name_("module:" + module.id), module_(module.module) {}

  const std::string& name() const override { return name_; }

  Result<std::optional<Json>> prepare(Snapshot& snapshot, const OutboxEvent& event) const override {
    const auto module = snapshot.modules().find(id_);
    if (!module || event.data.value("module", "") != id_) return std::optional<Json>{};
    auto step = step_of(snapshot, event.data);
    if (!step || !*step) return step;
    return std::optional(with_parameters(std::move(**step), **module, snapshot));
  }

  Attempt send(const OutboxEvent&, const Json& message) override {
    const auto told = module_->did_step(message);
    if (told) return {};
    return {Attempt::Outcome::Failed, base::text_of(told.error())};
  }

 private:
  std::string id_;
  std::string name_;
  std::shared_ptr<modules::Module> module_;  // shared with the sets of modules in force
};

}  // namespace

std::vector<std::shared_ptr<Consumer>> module_consumers(const Snapshot& snapshot) {
  std::vector<std::shared_ptr<Consumer>> consumers;
  for (const auto& [id, module] : snapshot.modules().all()) {
    if (module.module->stalled()) continue;
    consumers.push_back(std::make_shared<ModuleConsumer>(module));
  }
  return consumers;
}

}  // namespace zeren::app
