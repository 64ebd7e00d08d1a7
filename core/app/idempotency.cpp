#include "app/idempotency.hpp"

namespace zeren::app {

using base::Code;
using base::Json;
using base::Result;
using store::Value;

Result<std::optional<Json>> earlier_answer(store::Session& session, const std::string& account,
                                           const std::string& key,
                                           const std::string& request_digest) {
  if (key.empty()) return std::optional<Json>{};
  const auto row = session.first(
      "SELECT request_digest, answer FROM idempotency WHERE account = :1 AND key = :2",
      std::vector<Value>{account, key});
  if (!row) return base::pass(row);
  if (!*row) return std::optional<Json>{};
  if ((*row)->text(0) != request_digest) return base::fail(Code::IdempotencyKeyReused);
  auto answer = base::parse_json((*row)->text(1));
  if (!answer) return base::pass(std::move(answer));
  return std::optional<Json>(std::move(*answer));
}

void remember_answer(store::ChangeSet& change, const std::string& account, const std::string& key,
                     const std::string& request_digest, base::Instant now) {
  if (key.empty()) return;
  change.rows.push_back({store::RowWrite::Kind::Insert,
                         "idempotency",
                         {{"account", account}, {"key", key}},
                         {{"request_digest", request_digest},
                          {"answer", change.answer.dump()},
                          {"at", base::to_millis(now)}}});
}

}  // namespace zeren::app
