#include "app/event_delivery.hpp"

#include <spdlog/spdlog.h>

#include <optional>

#include "app/hook_request.hpp"
#include "base/messages.hpp"
#include "records/record.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::Value;

constexpr std::int64_t kBatch = 100;

Result<std::int64_t> cursor_of(store::Session& session, const std::string& consumer) {
  const auto row = session.first("SELECT seq FROM outbox_cursor WHERE consumer = :1",
                                 std::vector<Value>{consumer});
  if (!row) return base::pass(row);
  return *row ? (*row)->integer(0) : -1;
}

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

Result<bool> tell(const Snapshot& snapshot, const EnabledModule& module, const store::Row& event) {
  const auto data = base::parse_json(event.text(1));
  if (!data) return base::pass(data);
  if (data->value("module", "") != module.id) return false;
  const auto request = step_of(snapshot, *data);
  if (!request) return base::pass(request);
  if (!*request) return false;
  const auto told = module.module->did_step(with_parameters(**request, module, snapshot));
  if (!told) return base::pass(told);
  return true;
}

store::ChangeSet moved(const std::string& consumer, std::int64_t from, std::int64_t to) {
  store::ChangeSet change;
  if (from == to) return change;
  const auto kind = from < 0 ? store::RowWrite::Kind::Insert : store::RowWrite::Kind::Update;
  change.rows.push_back({kind, "outbox_cursor", {{"consumer", consumer}}, {{"seq", to}}});
  return change;
}

}  // namespace

Result<Told> tell_module(const Snapshot& snapshot, const EnabledModule& module) {
  const auto consumer = "module:" + module.id;
  const auto from = cursor_of(snapshot.session, consumer);
  if (!from) return base::pass(from);
  const auto events = snapshot.session.query(
      "SELECT seq, data FROM outbox WHERE seq > :1 ORDER BY seq LIMIT :2",
      std::vector<Value>{*from, kBatch});
  if (!events) return base::pass(events);
  Told told;
  auto reached = *from;
  for (const auto& event : *events) {
    const auto heard = tell(snapshot, module, event);
    if (!heard) {
      spdlog::warn("event {} waits for {}: {}", event.integer(0), module.id,
                   base::text_of(heard.error()));
      break;
    }
    told.delivered += *heard ? 1 : 0;
    reached = event.integer(0);
  }
  told.cursor = moved(consumer, *from, reached);
  return told;
}

}  // namespace zeren::app
