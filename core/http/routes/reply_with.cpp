#include "http/routes/reply_with.hpp"

#include <utility>

namespace zeren::http {

base::Result<Reply> reply_with(base::Result<base::Json> body) {
  if (!body) return base::pass(std::move(body));
  return Reply{std::move(*body), 200, {}};
}

}  // namespace zeren::http
