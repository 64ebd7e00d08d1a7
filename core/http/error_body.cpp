#include "http/error_body.hpp"

#include <algorithm>
#include <array>

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

std::string title(int status, base::Language language) {
  struct Words {
    int status;
    const char* english;
    const char* chinese;
  };
  static constexpr std::array kTitles = {
      Words{400, "Bad Request", "请求有误"},
      Words{401, "Unauthorized", "未登录"},
      Words{403, "Forbidden", "不予办理"},
      Words{404, "Not Found", "不存在"},
      Words{405, "Method Not Allowed", "不支持的操作"},
      Words{409, "Conflict", "与现状冲突"},
      Words{412, "Precondition Failed", "版本已更新"},
      Words{413, "Content Too Large", "内容过大"},
      Words{416, "Range Not Satisfiable", "请求的范围无效"},
      Words{422, "Unprocessable Content", "内容有误"},
      Words{428, "Precondition Required", "须注明版本"},
      Words{429, "Too Many Requests", "尝试过于频繁"},
      Words{503, "Service Unavailable", "暂时无法服务"},
      Words{500, "Internal Server Error", "系统内部错误"},
  };
  const auto known = std::find_if(kTitles.begin(), kTitles.end() - 1,
                                  [&](const Words& words) { return words.status == status; });
  return language == base::Language::Chinese ? known->chinese : known->english;
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
    case Code::CursorInvalid:
    case Code::JsonSyntax:
    case Code::TextNotUtf8:
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
            {"title", title(status, language)},
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
