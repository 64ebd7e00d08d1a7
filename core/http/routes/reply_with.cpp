#include "http/routes/reply_with.hpp"

#include <utility>

#include "app/commands/record_commands.hpp"

namespace zeren::http {

base::Result<Reply> reply_with(base::Result<base::Json> body) {
  if (!body) return base::pass(std::move(body));
  return Reply{std::move(*body), 200, {}};
}

base::Result<Reply> versioned(base::Result<base::Json> body, int status) {
  if (!body) return base::pass(std::move(body));
  Reply reply{std::move(*body), status, {}};
  reply.headers["etag"] = "\"" + std::to_string(reply.body.at("version").get<std::int64_t>()) + "\"";
  return reply;
}

}  // namespace zeren::http
