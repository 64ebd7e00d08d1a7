#include "http/routes/hand_out.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"

namespace zeren::http {
namespace {

// RFC 8187: names are Chinese, headers are not.
std::string encoded(const std::string& name) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else {
      out.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
  return out;
}

}  // namespace

base::Result<app::Form> form_of(const Target& target, std::initializer_list<app::Form> offered,
                                app::Form otherwise) {
  const auto name = target.parameter("format");
  if (name.empty()) return otherwise;
  const auto form = app::form_named(name);
  if (form && std::find(offered.begin(), offered.end(), *form) != offered.end()) return *form;
  std::string choices;
  for (const auto each : offered) choices.append(choices.empty() ? "" : ", ").append(app::name_of(each));
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "this is not handed out as \"" + name + "\"; choose one of " + choices},
                     {"reason.zh-CN", "不提供“" + name + "”格式；可选：" + choices}});
}

base::Result<Reply> hand_over(base::Result<app::HandedOut> made) {
  if (!made) return base::pass(std::move(made));
  auto& file = made->file;
  const bool shown = file.media_type == documents::kHtml || file.media_type == documents::kPdf;
  Reply reply{{}, 200, {}, std::move(file.bytes)};
  reply.headers["content-type"] = file.media_type;
  reply.headers["content-disposition"] =
      std::string(shown ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded(file.name);
  if (!made->style.empty()) {
    reply.headers["content-security-policy"] = "default-src 'none'; style-src 'sha256-" +
                                               base::to_base64(base::sha256(made->style)) +
                                               "'; frame-ancestors 'self'; sandbox";
  }
  return reply;
}

}  // namespace zeren::http
