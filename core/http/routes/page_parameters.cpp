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

}  // namespace zeren::http
