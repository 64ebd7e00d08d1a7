#include "http/error_body.hpp"

#include "base/json.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Family;
using base::Json;

constexpr std::size_t kMaxCauses = 1000;

// What is broken inside concerns the operator, except where the reader must know which file it is.
bool is_internal(Code code) {
  if (code == Code::AttachmentCorrupt) return false;
  const auto family = base::family_of(code);
  return family == Family::Corrupt || family == Family::Broken;
}

Json fault(const base::Error& error, base::Language language) {
  Json json{{"code", std::string(base::name_of(error.code))},
            {"detail", base::text_of(error, language)}};
  if (!error.where.file.empty()) json["file"] = error.where.file;
  if (error.where.line > 0) json["line"] = error.where.line;
  if (!error.where.pointer.empty()) json["pointer"] = error.where.pointer;
  return json;
}

std::string title(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 416: return "Range Not Satisfiable";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
  }
}

int status_of_family(Family family) {
  switch (family) {
    case Family::Invalid: return 422;
    case Family::Refused: return 403;
    case Family::Missing: return 404;
    case Family::Stale: return 412;
    case Family::Conflict: return 409;
    case Family::Unidentified: return 401;
    case Family::Exhausted: return 429;
    case Family::Unavailable: return 503;
    case Family::Corrupt:
    case Family::Broken: break;
  }
  return 500;
}

}  // namespace

int status_of(Code code) {
  switch (code) {
    case Code::RequestMalformed:
    case Code::JsonSyntax:
    case Code::JsonDuplicateKey:
    case Code::JsonTooDeep:
    case Code::IdempotencyKeyMissing: return 400;
    case Code::MethodNotAllowed: return 405;
    case Code::AttachmentTooLarge:
    case Code::RequestTooLarge: return 413;
    case Code::RangeUnsatisfiable: return 416;
    case Code::PluginVetoed: return 422;
    case Code::VersionMissing: return 428;
    default: return status_of_family(base::family_of(code));
  }
}

Response problem(const base::Error& error, base::Language language, const std::string& request) {
  const int status = status_of(error.code);
  Json body{{"type", "urn:zeren:problem:" + std::string(base::name_of(error.code))},
            {"title", title(status)},
            {"status", status}};
  if (!request.empty()) body["instance"] = "urn:uuid:" + request;
  if (!is_internal(error.code)) {
    body.update(fault(error, language));
    auto errors = Json::array();
    for (const auto& cause : error.causes) {
      if (errors.size() < kMaxCauses) errors.push_back(fault(cause, language));
    }
    if (!errors.empty()) body["errors"] = std::move(errors);
  }
  Response response{status, {{"content-type", "application/problem+json"}}, body.dump()};
  if (status == 401) response.headers["www-authenticate"] = "Bearer realm=\"zeren\"";
  if (status == 405) response.headers["allow"] = error.args.at("allowed");
  return response;
}

}  // namespace zeren::http
