#include "cli/gateway.hpp"

#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/file.hpp"
#include "base/system_reason.hpp"
#include "http/content_disposition.hpp"
#include "http/socket_client.hpp"

namespace zeren::cli {
namespace {

using base::Code;
using base::Json;
using base::Result;

constexpr int kWhole = 200;

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
  return base::fail(Code::TextNotUtf8, {{"what", "the request"}, {"what.zh-CN", "输入内容"}});
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

// What a successful answer says.
Result<Json> body_of(const http::Response& response) {
  constexpr int kFirstError = 400;
  auto body = base::parse_json(response.body, "answer");
  if (body && response.status >= kFirstError) return tl::unexpected<base::Error>(to_error(*body));
  return body;
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

Result<Json> Gateway::list(const std::string& target) {
  const std::string separator = target.find('?') == std::string::npos ? "?" : "&";
  auto all = get(target + separator + "limit=200");
  while (all && all->contains("next") && all->at("next").is_string()) {
    auto page = get(target + separator + "limit=200&cursor=" + all->at("next").get<std::string>());
    if (!page) return page;
    for (auto& item : page->at("items")) all->at("items").push_back(std::move(item));
    all->at("next") = std::move(page->at("next"));
  }
  return all;
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

Result<Json> Gateway::upload(const std::string& target, const std::filesystem::path& file,
                             const std::string& name) {
  auto request = request_for("POST", target, nullptr);
  request.headers["idempotency-key"] = base::IdGenerator(*clock_, *entropy_).next();
  request.headers["content-disposition"] = http::as_attachment(name);
  if (auto signed_in = sign(request); !signed_in) return base::pass(std::move(signed_in));
  auto answer = host_ ? upload_here(std::move(request), file) : http::send_file(socket_, request, file);
  if (!answer) return base::pass(std::move(answer));
  return body_of(*answer);
}

Result<http::Response> Gateway::upload_here(http::Request request, const std::filesystem::path& file) {
  constexpr std::size_t kPiece = 1 << 16;
  const http::Router router(*host_);
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return base::fail(Code::FileUnreadable, base::with_reason({{"file", file.string()}}, errno));
  }
  auto upload = router.receive(request);
  if (!upload) return router.refusal(request, upload.error());
  std::string piece(kPiece, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(kPiece)) || in.gcount() > 0) {
    const auto taken = (*upload)->take({piece.data(), static_cast<std::size_t>(in.gcount())});
    if (!taken) return router.refusal(request, taken.error());
  }
  request.upload = std::move(*upload);
  return router.handle(request);
}

Result<void> Gateway::download(const std::string& target, const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) {
    return base::fail(Code::ConfigInvalid, {{"what", file.string()},
                                            {"remedy", "it is there already; choose another --out"},
                                            {"remedy.zh-CN", "该文件已存在，请用 --out 另指定文件"}});
  }
  auto request = request_for("GET", target, nullptr);
  if (auto signed_in = sign(request); !signed_in) return signed_in;
  auto part = file;
  part += ".part";
  const auto fetched = fetch(request, part);
  std::error_code failure;
  const bool whole = fetched && fetched->status == kWhole;
  if (whole) std::filesystem::rename(part, file, failure);
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  if (!fetched) return base::pass(fetched);
  if (!whole) return base::pass(body_of(*fetched));
  if (!failure) return {};
  return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, failure));
}

Result<http::Response> Gateway::fetch(const http::Request& request, const std::filesystem::path& file) {
  if (!host_) return http::fetch_file(socket_, request, file);
  auto response = http::Router(*host_).handle(request);
  if (!response.download) {
    if (response.status != kWhole) return response;
    if (auto kept = base::write_file(file, response.body); !kept) return base::pass(std::move(kept));
    return response;
  }
  std::ofstream out(file, std::ios::binary);
  for (std::int64_t got = 0; got < response.download->size();) {
    const auto piece = response.download->next();
    if (!piece) return base::pass(piece);
    out << *piece;
    got += static_cast<std::int64_t>(piece->size());
  }
  if (out.flush()) return response;
  return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, errno));
}

Result<void> Gateway::sign(http::Request& request) const {
  request.headers["accept-language"] = language_;
  if (host_) {
    request.source = "local";
    request.os_user = static_cast<std::int64_t>(::getuid());
  }
  if (!std::filesystem::exists(token_file_)) return {};
  const auto token = base::read_file(token_file_);
  if (!token) return base::pass(token);
  request.headers["authorization"] = "Bearer " + *token;
  return {};
}

Result<Json> Gateway::call(http::Request request) {
  if (auto signed_in = sign(request); !signed_in) return base::pass(std::move(signed_in));
  if (host_) return body_of(http::Router(*host_).handle(request));
  auto answer = http::send(socket_, request);
  if (!answer) return base::pass(std::move(answer));
  return body_of(*answer);
}

}  // namespace zeren::cli
