#include "app/delivery.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <map>
#include <set>

#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

constexpr std::int64_t kNewEvents = 100;
constexpr std::int64_t kWaitingEvents = 1000;

/// An event that waits, or that is new when `parked` is false.
struct Letter {
  OutboxEvent event;
  std::int64_t attempts = 0;
  std::int64_t next_at = 0;
  bool parked = false;
  std::optional<Json> message = std::nullopt;  ///< none: it does not concern the consumer
};

/// All that a round needs to know, read at one moment.
struct Post {
  std::optional<std::int64_t> cursor;
  std::int64_t reached = 0;
  std::vector<Letter> letters;  ///< by place
};

Result<std::optional<std::int64_t>> cursor_of(store::Session& session, const std::string& consumer) {
  const auto row =
      session.first("SELECT seq FROM outbox_cursor WHERE consumer = :1", std::vector<Value>{consumer});
  if (!row) return base::pass(row);
  return *row ? std::optional((*row)->integer(0)) : std::nullopt;
}

Result<void> read_waiting(store::Session& session, const std::string& consumer, Post& post) {
  const auto rows = session.query(
      "SELECT seq, attempts, next_at FROM delivery WHERE consumer = :1 AND state = 'waiting'"
      " ORDER BY seq LIMIT :2",
      std::vector<Value>{consumer, kWaitingEvents});
  if (!rows) return base::pass(rows);
  std::vector<std::int64_t> places;
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> known;
  for (const auto& row : *rows) {
    places.push_back(row.integer(0));
    known[row.integer(0)] = {row.integer(1), row.integer(2)};
  }
  auto events = events_at(session, places);
  if (!events) return base::pass(std::move(events));
  for (auto& event : *events) {
    const auto [attempts, next_at] = known.at(event.seq);
    post.letters.push_back({std::move(event), attempts, next_at, true});
  }
  return {};
}

Result<Post> open_post(Snapshot& snapshot, const Consumer& consumer) {
  Post post;
  auto cursor = cursor_of(snapshot.session, consumer.name());
  if (!cursor) return base::pass(std::move(cursor));
  post.cursor = *cursor;
  post.reached = cursor->value_or(0);
  if (auto read = read_waiting(snapshot.session, consumer.name(), post); !read) return base::pass(read);
  auto fresh = events_from(snapshot.session, post.reached, kNewEvents);
  if (!fresh) return base::pass(std::move(fresh));
  for (auto& event : *fresh) {
    post.reached = event.seq;
    post.letters.push_back({std::move(event)});
  }
  for (auto& letter : post.letters) {
    auto message = consumer.prepare(snapshot, letter.event);
    if (!message) return base::pass(std::move(message));
    letter.message = std::move(*message);
  }
  return post;
}

/// What a round writes down.
class Ledger {
 public:
  Ledger(const Consumer& consumer, const RetryRule& retry, base::Instant now)
      : consumer_(consumer), retry_(retry), now_(now) {}

  void move_cursor(const Post& post) {
    if (post.cursor == post.reached) return;
    write(post.cursor ? RowWrite::Kind::Update : RowWrite::Kind::Insert, "outbox_cursor",
          {{"consumer", consumer_.name()}}, {{"seq", post.reached}});
  }

  void taken(const Letter& letter) {
    if (letter.parked) write(RowWrite::Kind::Remove, "delivery", key_of(letter), {});
  }

  void failed(const Letter& letter, const Attempt& attempt) {
    const auto attempts = letter.attempts + 1;
    const auto pause = std::max(retry_.pause_after(attempts), attempt.wait.value_or(std::chrono::seconds(0)));
    const bool dead = attempts >= retry_.attempts || attempt.outcome == Attempt::Outcome::Refused;
    park(letter, dead ? "dead" : "waiting", attempts, base::to_millis(now_ + pause), attempt.reason);
    spdlog::warn("event {} waits for {} after {} attempts: {}", letter.event.seq, consumer_.name(), attempts,
                 attempt.reason);
    if (dead) set_aside(letter, attempt);
  }

  // Behind another of its subject, or behind a consumer that asked to be left alone.
  void behind(const Letter& letter) {
    if (!letter.parked) park(letter, "waiting", 0, 0, "");
  }

  ChangeSet finish() && { return std::move(change_); }

 private:
  store::Columns key_of(const Letter& letter) const {
    return {{"consumer", consumer_.name()}, {"seq", letter.event.seq}};
  }

  void write(RowWrite::Kind kind, const char* table, store::Columns key, store::Columns values) {
    change_.rows.push_back({kind, table, std::move(key), std::move(values)});
  }

  void park(const Letter& letter, const std::string& state, std::int64_t attempts, std::int64_t next_at,
            const std::string& reason) {
    store::Columns values{
        {"state", state}, {"attempts", attempts}, {"next_at", next_at}, {"reason", reason}};
    if (!letter.parked) values.emplace_back("subject", letter.event.subject);
    write(letter.parked ? RowWrite::Kind::Update : RowWrite::Kind::Insert, "delivery", key_of(letter),
          std::move(values));
  }

  void set_aside(const Letter& letter, const Attempt& attempt) {
    change_.act.action = "delivery.set_aside";
    change_.act.objects.push_back({"event", letter.event.id, 0});
    change_.act.committed["consumer"] = consumer_.name();
    change_.act.committed["reason"] = attempt.reason;
  }

  const Consumer& consumer_;
  const RetryRule& retry_;
  base::Instant now_;
  ChangeSet change_;
};

struct Round {
  Delivered delivered;
  bool gone = false;
  std::string why_gone;
};

// Sends one letter, or leaves it behind what holds it up.
void tell(Consumer& consumer, const Letter& letter, base::Instant now, std::set<std::string>& held,
          Ledger& ledger, Round& round) {
  if (!letter.message) return ledger.taken(letter);
  const auto& subject = letter.event.subject;
  const bool early = letter.next_at > base::to_millis(now);
  if (early || round.gone || round.delivered.wait || held.contains(subject)) {
    held.insert(subject);
    return ledger.behind(letter);
  }
  const auto attempt = consumer.send(letter.event, *letter.message);
  if (attempt.outcome == Attempt::Outcome::Taken) {
    ++round.delivered.taken;
    return ledger.taken(letter);
  }
  if (attempt.outcome != Attempt::Outcome::Refused) held.insert(subject);
  round.delivered.wait = attempt.wait;
  round.gone = attempt.outcome == Attempt::Outcome::Gone;
  round.why_gone = attempt.reason;
  if (!round.gone) ledger.failed(letter, attempt);
}

}  // namespace

Result<Delivered> deliver(Host& host, Consumer& consumer, const RetryRule& retry) {
  Post post;
  const auto read = host.query([&](Snapshot& snapshot) -> Result<Json> {
    auto opened = open_post(snapshot, consumer);
    if (!opened) return base::pass(std::move(opened));
    post = std::move(*opened);
    return Json{};
  });
  if (!read) return base::pass(read);
  Ledger ledger(consumer, retry, host.clock().now());
  Round round;
  std::set<std::string> held;
  for (const auto& letter : post.letters) {
    tell(consumer, letter, host.clock().now(), held, ledger, round);
  }
  ledger.move_cursor(post);
  const auto change = std::move(ledger).finish();
  const auto kept = host.execute({access::system_principal("delivery"), "", "", ""},
                                 {"delivery.set_aside", [&](Snapshot&) -> Result<ChangeSet> { return change; }});
  if (!kept) return base::pass(kept);
  if (round.gone) {
    if (auto left = consumer.leave(round.why_gone); !left) return base::pass(std::move(left));
  }
  round.delivered.moved = round.delivered.taken > 0 || post.reached != post.cursor.value_or(0);
  return round.delivered;
}

Result<std::vector<bool>> have_news(Snapshot& snapshot, const std::vector<std::string>& names) {
  auto& session = snapshot.session;
  const auto newest = session.first("SELECT COALESCE(MAX(seq), 0) FROM outbox");
  if (!newest) return base::pass(newest);
  const auto cursors = session.query("SELECT consumer, seq FROM outbox_cursor");
  if (!cursors) return base::pass(cursors);
  const auto due = session.query(
      // Only the first of its subject can be told.
      "SELECT DISTINCT d.consumer FROM delivery d WHERE d.state = 'waiting' AND d.next_at <= :1 AND NOT EXISTS"
      " (SELECT 1 FROM delivery e WHERE e.consumer = d.consumer AND e.subject = d.subject"
      "  AND e.state = 'waiting' AND e.seq < d.seq)",
      std::vector<Value>{base::to_millis(snapshot.now)});
  if (!due) return base::pass(due);
  std::map<std::string, std::int64_t> reached;
  for (const auto& row : *cursors) reached[row.text(0)] = row.integer(1);
  std::set<std::string> waited;
  for (const auto& row : *due) waited.insert(row.text(0));
  std::vector<bool> news;
  news.reserve(names.size());
  for (const auto& name : names) {
    news.push_back(reached[name] < (**newest).integer(0) || waited.contains(name));
  }
  return news;
}

}  // namespace zeren::app
