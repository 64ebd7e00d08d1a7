#include "http/routes/page_parameters.hpp"

#include <charconv>

namespace zeren::http {

base::Result<app::Page> page_of(const Target& target) {
  app::Page page;
  page.cursor = target.parameter("cursor");
  const auto text = target.parameter("limit");
  if (text.empty()) return page;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, page.limit);
  if (failure == std::errc{} && at == end && page.limit >= 1 && page.limit <= app::Page::kMost) return page;
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "\"limit\" is a number from 1 to 200, not \"" + text + "\""},
                     {"reason.zh-CN", "limit 应为 1 至 200 的整数，而不是“" + text + "”"}});
}

base::Result<bool> yes_or_no(const Target& target, std::string_view name) {
  const auto wanted = target.parameter(name);
  if (wanted == "true") return true;
  if (wanted.empty() || wanted == "false") return false;
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "\"" + std::string(name) + "\" is true or false, not \"" + wanted + "\""},
                     {"reason.zh-CN", std::string(name) + " 只能是 true 或 false，而不是“" + wanted + "”"}});
}

}  // namespace zeren::http
