#include "integration/official.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace zeren::integration {
namespace {

std::string fresh_key() {
  const auto clock = base::system_clock();
  const auto entropy = base::system_entropy();
  return base::IdGenerator(*clock, *entropy).next();
}

}  // namespace

http::Request request_of(const std::string& method, const std::string& target,
                         const base::Json& body) {
  http::Request request;
  request.method = method;
  request.target = target;
  if (!body.is_null()) {
    request.headers["content-type"] = "application/json";
    request.body = body.dump();
  }
  return request;
}

Answer ask(const HttpClient& client, const Contract& contract, const http::Request& request) {
  const auto response = client.send(request);
  if (!response) return {};
  EXPECT_EQ(contract.fault_of(request.method, request.target, *response), "");
  auto body = base::parse_json(response->body, "answer");
  return {response->status, body ? std::move(*body) : base::Json(), response->headers,
          response->body};
}

Official Official::sign_in(const HttpClient& client, const Contract& contract,
                           const std::string& account, const std::string& password) {
  const auto answer = ask(
      client, contract,
      request_of("POST", "/api/v1/sessions", {{"account", account}, {"password", password}}));
  EXPECT_EQ(answer.status, 201) << account << ": " << answer.body;
  return {client, contract, answer.body.value("token", "")};
}

Answer Official::get(const std::string& target, const std::string& language) const {
  return send(request_of("GET", target), {{}, "", language});
}

Answer Official::post(const std::string& target, const base::Json& body, const With& with) const {
  auto told = with;
  if (!told.key) told.key = fresh_key();
  return send(request_of("POST", target, body), told);
}

Answer Official::put(const std::string& target, const base::Json& body, const With& with) const {
  return send(request_of("PUT", target, body), with);
}

Answer Official::remove(const std::string& target) const {
  return send(request_of("DELETE", target), {});
}

Answer Official::send(http::Request request, const With& with) const {
  request.headers["authorization"] = "Bearer " + token_;
  request.headers["accept-language"] = with.language;
  if (with.key && !with.key->empty()) request.headers["idempotency-key"] = *with.key;
  if (with.version) request.headers["if-match"] = "\"" + std::to_string(*with.version) + "\"";
  return ask(client_, *contract_, request);
}

}  // namespace zeren::integration
