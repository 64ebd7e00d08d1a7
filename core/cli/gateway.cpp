#include "cli/gateway.hpp"

#include <unistd.h>

#include "base/file.hpp"
#include "http/socket_client.hpp"

namespace zeren::cli {
namespace {

using base::Code;
using base::Json;
using base::Result;

constexpr int kFirstError = 400;

base::Error to_error(const Json& problem) {
  base::Error error{Code::ServerRefused, {{"text", problem.value("detail", problem.dump())}}, {}, {}};
  for (const auto& fault : problem.value("errors", Json::array())) {
    error.causes.push_back({Code::ServerRefused, {{"text", fault.value("detail", "")}}, {}, {}});
  }
  return error;
}

// What the terminal passes on need not be UTF-8; a request is.
bool is_utf8(const Json& body) {
  try {
    return !body.dump().empty();
  } catch (const Json::type_error&) {
    return false;
  }
}

tl::unexpected<base::Error> not_utf8() {
  return base::fail(Code::TextNotUtf8, {{"what", "the request"}});
}

http::Request request_for(std::string method, std::string target, const Json& body) {
  http::Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  if (!body.is_null()) {
    request.body = body.dump();
    request.headers["content-type"] = "application/json";
  }
  return request;
}

}  // namespace

Result<Gateway> Gateway::open(const std::filesystem::path& folder, std::filesystem::path token_file,
                              std::string language) {
  Gateway gateway;
  gateway.clock_ = base::system_clock();
  gateway.entropy_ = base::system_entropy();
  gateway.token_file_ = std::move(token_file);
  gateway.language_ = std::move(language);
  auto data = app::DataFolder::open(folder);
  if (!data && data.error().code == Code::DataFolderInUse) {
    gateway.socket_ = app::DataPaths{folder}.socket();
    return gateway;
  }
  if (!data) return base::pass(std::move(data));
  auto host = app::Host::open(std::move(*data), *gateway.clock_, *gateway.entropy_);
  if (!host) return base::pass(std::move(host));
  gateway.host_ = std::move(*host);
  return gateway;
}

Result<Json> Gateway::get(const std::string& target) {
  return call(request_for("GET", target, nullptr));
}

Result<Json> Gateway::post(const std::string& target, const Json& body,
                           std::optional<std::int64_t> version) {
  if (!is_utf8(body)) return not_utf8();
  auto request = request_for("POST", target, body);
  request.headers["idempotency-key"] = base::IdGenerator(*clock_, *entropy_).next();
  if (version) request.headers["if-match"] = "\"" + std::to_string(*version) + "\"";
  return call(std::move(request));
}

Result<Json> Gateway::put(const std::string& target, const Json& body,
                          std::optional<std::int64_t> version) {
  if (!is_utf8(body)) return not_utf8();
  auto request = request_for("PUT", target, body);
  if (version) request.headers["if-match"] = "\"" + std::to_string(*version) + "\"";
  return call(std::move(request));
}

Result<Json> Gateway::remove(const std::string& target) {
  return call(request_for("DELETE", target, nullptr));
}

Result<std::string> Gateway::download(const std::string& target) {
  auto response = send(request_for("GET", target, nullptr));
  if (!response) return base::pass(std::move(response));
  if (response->status < kFirstError) return std::move(response->body);
  const auto problem = base::parse_json(response->body, "answer");
  if (!problem) return base::pass(problem);
  return tl::unexpected<base::Error>(to_error(*problem));
}

Result<Json> Gateway::call(http::Request request) {
  const auto response = send(std::move(request));
  if (!response) return base::pass(response);
  auto body = base::parse_json(response->body, "answer");
  if (!body) return body;
  if (response->status >= kFirstError) return tl::unexpected<base::Error>(to_error(*body));
  return body;
}

Result<http::Response> Gateway::send(http::Request request) {
  request.headers["accept-language"] = language_;
  if (std::filesystem::exists(token_file_)) {
    const auto token = base::read_file(token_file_);
    if (!token) return base::pass(token);
    request.headers["authorization"] = "Bearer " + *token;
  }
  if (!host_) return http::send(socket_, request);
  request.source = "local";
  request.os_user = static_cast<std::int64_t>(::getuid());
  return http::Router(*host_).handle(request);
}

}  // namespace zeren::cli
