#include <charconv>

#include "app/queries/event_queries.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Alive is who can read its database. Nothing else is said to strangers.
Result<Reply> get_health(app::Host& host, Exchange&) {
  auto last = host.query(app::last_event());
  if (!last) return base::pass(std::move(last));
  return Reply{Json{{"status", "ok"}}, 200, {}};
}

Result<Reply> get_metrics(app::Host& host, Exchange& exchange) {
  auto allowed = access::require(exchange.caller.principal, access::Duty::SeeSummaries);
  if (!allowed) return base::pass(std::move(allowed));
  const auto backlog = host.query(app::event_backlog());
  if (!backlog) return base::pass(backlog);
  const Gauges gauges{host.log_size(), backlog->at("outbox_waiting").get<std::int64_t>()};
  Reply reply{nullptr, 200, {{"content-type", "text/plain; version=0.0.4"}}};
  reply.text = exchange.metrics.text(gauges);
  return reply;
}

// https://html.spec.whatwg.org/multipage/server-sent-events.html
class EventFeed final : public Feed {
 public:
  EventFeed(app::Host& host, access::Principal principal, std::int64_t after)
      : host_(host), principal_(std::move(principal)), after_(after) {}

  std::optional<std::string> next() override {
    if (!host_.still_signed_in(principal_)) return std::nullopt;
    const auto heard = host_.query(app::events_after(principal_, after_));
    if (!heard) return std::nullopt;  // the database is gone
    after_ = heard->at("last").get<std::int64_t>();
    std::string text;
    for (const auto& item : heard->at("items")) {
      text.append("id: ").append(item.at("seq").dump()).append("\ndata: ");
      text.append(item.at("event").dump()).append("\n\n");
    }
    return text;
  }

 private:
  app::Host& host_;
  access::Principal principal_;
  std::int64_t after_;
};

// From `Last-Event-ID`, which a browser sends when it comes back; else from now on.
Result<std::int64_t> begin_of(app::Host& host, const Request& request) {
  const auto id = header(request.headers, "last-event-id");
  const auto last = host.query(app::last_event());
  if (!last) return base::pass(last);
  const auto newest = last->at("last").get<std::int64_t>();
  if (id.empty()) return newest;
  std::int64_t after = 0;
  const auto [end, failure] = std::from_chars(id.data(), id.data() + id.size(), after);
  const bool whole = failure == std::errc{} && end == id.data() + id.size() && after >= 0;
  if (!whole) return base::fail(Code::CursorInvalid);
  if (after <= newest) return after;
  // Heard before a backup was restored: whoever waits beyond the newest misses what comes.
  return base::fail(Code::RequestMalformed,
                    {{"reason", "Last-Event-ID is beyond the newest event; listen again without it"},
                     {"reason.zh-CN", "Last-Event-ID 大于最新事件的序号，请去掉后重新订阅"}});
}

Result<Reply> get_events(app::Host& host, Exchange& exchange) {
  const auto after = begin_of(host, exchange.request);
  if (!after) return base::pass(after);
  Reply reply{nullptr, 200, {{"content-type", "text/event-stream"}}};
  reply.feed = std::make_shared<EventFeed>(host, exchange.caller.principal, *after);
  return reply;
}

}  // namespace

std::vector<Route> watch_routes() {
  return {{"GET", {"healthz"}, Door::Open, get_health},
          {"GET", {"metrics"}, Door::Signed, get_metrics},
          {"GET", {"api", "v1", "events"}, Door::Signed, get_events}};
}

}  // namespace zeren::http
