#include <cerrno>
#include <cstdlib>

#include "base/system_reason.hpp"
#include "base/turnstile.hpp"
#include "documents/child.hpp"
#include "documents/forms.hpp"

namespace zeren::documents {
namespace {

using base::Code;
using base::Result;

constexpr std::size_t kMaxPdf = 64U << 20U;

// The program's own words, the last line of them: what went wrong comes at the end.
std::string last_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const auto begin = text.rfind('\n');
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

tl::unexpected<base::Error> no_pdf(const Printer& printer, const std::string& en, const std::string& zh) {
  return base::fail(Code::PdfFailed, {{"program", printer.program}, {"reason", en}, {"reason.zh-CN", zh}});
}

std::vector<std::string> bare_environment() {
  // The page names no resource. Were one named all the same: it is looked for at a port where nothing is.
  std::vector<std::string> environment{"LANG=C.UTF-8", "http_proxy=http://127.0.0.1:9",
                                       "https_proxy=http://127.0.0.1:9", "PYTHONDONTWRITEBYTECODE=1"};
  for (const auto* name : {"PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
    if (value != nullptr) environment.push_back(std::string(name) + "=" + value);
  }
  return environment;
}

// Each takes seconds of a processor and some 100 MiB, and a thread of the server for as long.
base::Turnstile& printing() {
  static base::Turnstile turnstile({kPdfsAtOnce, kPdfsWaiting, std::chrono::seconds(30)});
  return turnstile;
}

}  // namespace

Result<std::string> pdf_of(const Html& html, const Printer& printer) {
  const auto place = printing().enter();
  if (!place) return base::pass(place);
  auto answer = run_child({printer.program, "--encoding", "utf-8", "--base-url", "about:blank", "-", "-"},
                          bare_environment(), html.text, printer.limit, kMaxPdf);
  constexpr int kNotFoundByShell = 127;
  if (answer.spawn_error != 0 || answer.status == kNotFoundByShell) {
    const int why = answer.spawn_error != 0 ? answer.spawn_error : ENOENT;
    return base::fail(Code::PdfUnavailable, base::with_reason({{"program", printer.program}}, why));
  }
  if (answer.timed_out) {
    const auto limit = std::to_string(printer.limit.count());
    return no_pdf(printer, "it took longer than " + limit + " ms", "超过 " + limit + " 毫秒未完成");
  }
  if (answer.status != 0) {
    const auto words = last_line(answer.err);
    return no_pdf(printer, "it failed: " + words, "程序出错：" + words);
  }
  if (answer.out.size() > kMaxPdf || !answer.out.starts_with("%PDF-")) {
    return no_pdf(printer, "what it made is no PDF", "生成的内容不是 PDF");
  }
  return std::move(answer.out);
}

}  // namespace zeren::documents
