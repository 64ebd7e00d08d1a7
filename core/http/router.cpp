#include "http/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "access/token.hpp"
#include "base/digest.hpp"
#include "base/messages.hpp"
#include "base/plain_text.hpp"
#include "http/body_members.hpp"
#include "http/cookie.hpp"
#include "http/error_body.hpp"
#include "http/query_parameters.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

constexpr std::string_view kBearer = "bearer ";

// All that a session may do whose password an administrator gave.
constexpr std::array<std::string_view, 3> kBeforeOwnPassword = {
    "GET /api/v1/me", "PUT /api/v1/me/password", "DELETE /api/v1/sessions/current"};

Result<void> check_own_password(const access::Principal& principal, const std::string& use) {
  const bool allowed = !principal.must_change_password ||
                       std::ranges::find(kBeforeOwnPassword, use) != kBeforeOwnPassword.end();
  if (allowed) return {};
  return base::fail(Code::PasswordChangeDue);
}

bool matches(const Route& route, const Target& target, std::vector<std::string>& captures) {
  if (route.path.size() != target.segments.size()) return false;
  captures.clear();
  for (std::size_t i = 0; i < route.path.size(); ++i) {
    if (route.path[i] == "*") {
      captures.push_back(target.segments[i]);
    } else if (route.path[i] != target.segments[i]) {
      return false;
    }
  }
  return true;
}

// RFC 9110, 9.2.1: safe methods.
bool changes(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

Result<Json> body_of(const Request& request) {
  if (request.body.empty()) return Json();
  const auto type = header(request.headers, "content-type");
  const auto media = lower(type.substr(0, type.find_first_of("; ")));
  if (media != "application/json") {
    return base::fail(Code::RequestMalformed, {{"reason", "the body must be application/json"},
                                               {"reason.zh-CN", "请求内容应为 application/json"}});
  }
  return base::parse_json(request.body, "request");
}

// What an idempotency key stands for.
std::string digest_of(const Request& request, Upload* upload) {
  const auto body = upload == nullptr ? base::sha256(request.body) : upload->digest();
  return base::to_base64(
      base::sha256(request.method + "\n" + request.target + "\n" +
                   std::string(header(request.headers, "if-match")) + "\n" +
                   std::string(header(request.headers, "content-disposition")) + "\n" +
                   base::to_base64(body)));
}

void protect(Response& response) {
  response.headers.try_emplace("content-type", "application/json");
  response.headers["cache-control"] = "no-store";
  response.headers["x-content-type-options"] = "nosniff";
  // Only a document brings a policy of its own: one that allows its style sheet and nothing else.
  response.headers.try_emplace("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
}

tl::unexpected<base::Error> unreadable_path() {
  return base::fail(
      Code::RequestMalformed,
      {{"reason", "the path cannot be read: it needs percent-encoded UTF-8, and each parameter once"},
       {"reason.zh-CN", "路径无法读取：应为百分号编码的 UTF-8，每个参数只写一次"}});
}

}  // namespace

std::string name_of(const Route& route) {
  std::string name;
  for (const auto& segment : route.path) name.append("/").append(segment);
  return name;
}

Response Router::handle(const Request& request) const {
  const auto begun = std::chrono::steady_clock::now();
  std::string route = "none";
  const auto id = host_.ids().next();
  auto reply = guarded_answer(request, id, route);
  return answered(request, id, route, begun, std::move(reply));
}

Response Router::answered(const Request& request, const std::string& id, const std::string& route,
                          std::chrono::steady_clock::time_point begun, Result<Response> reply) const {
  const auto language = base::language_of(header(request.headers, "accept-language"));
  Response response;
  if (reply) {
    response = std::move(*reply);
  } else {
    response = problem(reply.error(), language, id);
    if (response.status >= 500) spdlog::error("{} {}", id, base::report_of(reply.error()));
  }
  protect(response);
  response.headers["x-request-id"] = id;
  metrics_->answered(request.method, route, response.status,
                     std::chrono::steady_clock::now() - begun);
  return response;
}

// The last place to catch what a library throws after all: a request never goes unanswered.
Result<Response> Router::guarded_answer(const Request& request, const std::string& id,
                                        std::string& route) const {
  try {
    auto reply = answer(request, id, route);
    if (!reply) return base::pass(std::move(reply));
    auto body = reply->text ? std::move(*reply->text) : reply->body.dump();
    return Response{reply->status, std::move(reply->headers), std::move(body), std::move(reply->feed),
                    std::move(reply->download)};
  } catch (const std::exception& failure) {
    return base::fail(Code::DatabaseFailed, {{"reason", failure.what()}});
  }
}

Result<Reply> Router::answer(const Request& request, const std::string& id,
                             std::string& name) const {
  const auto target = Target::parse(request.target);
  if (!target) return unreadable_path();
  Exchange exchange{request, *target, {}, {}, {}, *metrics_};
  const auto route = admit(request, id, exchange, name);
  if (!route) return base::pass(route);
  if (auto read = read_body(request, **route, exchange); !read) return base::pass(std::move(read));
  if (!exchange.caller.idempotency_key.empty()) {
    exchange.caller.request_digest = digest_of(request, exchange.upload.get());
  }
  return (*route)->handle(host_, exchange);
}

// All that can be said of a request by its head.
Result<const Route*> Router::admit(const Request& request, const std::string& id, Exchange& exchange,
                                   std::string& name) const {
  exchange.caller.request = id;
  auto route = find(request, exchange.target, exchange.captures);
  const bool open = route && (*route)->door == Door::Open;
  if (!open) {
    // Before anything else is said: who is not signed in learns nothing, not even which paths exist.
    auto principal = identify(request);
    if (!principal) return base::pass(std::move(principal));
    exchange.caller.principal = std::move(*principal);
  }
  if (!route) return route;
  name = name_of(**route);
  if (auto own = check_own_password(exchange.caller.principal, request.method + " " + name); !own) {
    return base::pass(std::move(own));
  }
  if (auto allowed = check_token(exchange.caller, **route, name); !allowed) {
    return base::pass(std::move(allowed));
  }
  if (auto known = check_parameters((*route)->method + " " + name, exchange.target); !known) {
    return base::pass(std::move(known));
  }
  if (open || request.method != "POST") return route;
  exchange.caller.idempotency_key = header(request.headers, "idempotency-key");
  if (exchange.caller.idempotency_key.empty()) return base::fail(Code::IdempotencyKeyMissing);
  return route;
}

Result<void> Router::read_body(const Request& request, const Route& route, Exchange& exchange) const {
  if (route.receive) {
    exchange.upload = request.upload;
    if (exchange.upload) return {};
    // From within the process a small one may come as it is.
    auto upload = route.receive(host_, exchange);
    if (!upload) return base::pass(std::move(upload));
    exchange.upload = std::move(*upload);
    return exchange.upload->take(request.body);
  }
  if (request.body.size() > route.max_body) {
    return base::fail(Code::RequestTooLarge, {{"limit", std::to_string(route.max_body)}});
  }
  auto body = body_of(request);
  if (!body) return base::pass(std::move(body));
  exchange.body = std::move(*body);
  if (auto known = check_members(request.method + " " + name_of(route), exchange.body); !known) {
    return base::pass(std::move(known));
  }
  if (route.texts != Texts::Plain) return {};
  if (auto plain = base::check_plain_text(exchange.body); !plain) return plain;
  return base::check_lengths(exchange.body, "content");  // the fields of a record: its schema bounds each
}

bool Router::takes_upload(const Request& request) const {
  const auto target = Target::parse(request.target);
  if (!target) return false;
  std::vector<std::string> captures;
  const auto route = find(request, *target, captures);
  return route && (*route)->receive;
}

Result<std::shared_ptr<Upload>> Router::receive(const Request& head) const {
  try {
    const auto target = Target::parse(head.target);
    if (!target) return unreadable_path();
    Exchange exchange{head, *target, {}, {}, {}, *metrics_};
    std::string name;
    const auto route = admit(head, host_.ids().next(), exchange, name);
    if (!route) return base::pass(route);
    return (*route)->receive(host_, exchange);
  } catch (const std::exception& failure) {
    return base::fail(Code::DatabaseFailed, {{"reason", failure.what()}});
  }
}

Response Router::refusal(const Request& head, const base::Error& why) const {
  const auto begun = std::chrono::steady_clock::now();
  return answered(head, host_.ids().next(), "refused", begun, base::Result<Response>(tl::unexpected(why)));
}

Result<void> Router::check_token(const app::Caller& caller, const Route& route,
                                 const std::string& name) const {
  auto allowed = access::check_route(caller.principal, route.method, name);
  const auto& token = caller.principal.token;
  if (allowed && route.door == Door::InPerson && !token.id.empty()) {
    allowed = base::fail(Code::TokenNotAllowed,
                         {{"token", token.name}, {"action", route.method + " " + name}});
  }
  if (!allowed) host_.enter_refusal(caller, {"token.use", {}}, allowed.error());
  return allowed;
}

Result<const Route*> Router::find(const Request& request, const Target& target,
                                  std::vector<std::string>& captures) const {
  // RFC 9110, 9.3.2: as GET, and the connection leaves the body out.
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::string allowed;
  for (const auto& route : routes_) {
    if (!matches(route, target, captures)) continue;
    if (route.method == method) return &route;
    allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  if (allowed.empty()) return base::fail(Code::RouteUnknown, {{"path", request.target}});
  return base::fail(Code::MethodNotAllowed, {{"path", request.target},
                                             {"method", request.method},
                                             {"allowed", allowed}});
}

std::size_t Router::body_limit(const Request& request) const {
  const bool shows_something = request.os_user || request.headers.contains("authorization") ||
                               request.headers.contains("cookie");
  const auto target = Target::parse(request.target);
  if (!shows_something || !target) return kMaxForm;
  std::vector<std::string> captures;
  const auto route = find(request, *target, captures);
  return route ? (*route)->max_body : kMaxForm;
}

Result<access::Principal> Router::identify(const Request& request) const {
  const auto authorization = header(request.headers, "authorization");
  if (lower(authorization.substr(0, kBearer.size())) == kBearer) {
    return host_.authenticate(authorization.substr(kBearer.size()), request.source);
  }
  if (const auto token = session_cookie(header(request.headers, "cookie")); !token.empty()) {
    auto principal = host_.authenticate(token, request.source);
    const bool forged =
        principal && changes(request) &&
        !base::same_secret(header(request.headers, "x-csrf-token"), principal->csrf);
    if (forged) {
      host_.count_refusal(request.source, Code::CsrfMissing);
      return base::fail(Code::CsrfMissing);
    }
    return principal;
  }
  if (request.os_user) return host_.authenticate_os_user(*request.os_user);
  host_.count_refusal(request.source, Code::NotSignedIn);
  return base::fail(Code::NotSignedIn);
}

}  // namespace zeren::http
