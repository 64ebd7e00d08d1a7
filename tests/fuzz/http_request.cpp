// Requests as the router takes them, head and body, over a host of its own: every one is answered, with a status
// that is no failure of ours, and what is refused is said in JSON. The first line is the method and the target,
// then come headers, an empty line, and the body.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "app/setup.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "fuzz/input.hpp"
#include "http/byte_range.hpp"
#include "http/content_disposition.hpp"
#include "http/cookie.hpp"
#include "http/router.hpp"

namespace {

using namespace zeren;
using fuzz::promise;

constexpr std::int64_t kAdministrator = 1;

// A deployment without modules, where the administrator asks.
class World final {
 public:
  World() {
    app::Plan plan;
    plan.deployment = {"zeren.example/fuzz", "Asia/Shanghai", folder_ / "modules"};
    auto data = app::DataFolder::create(folder_ / "data", plan.deployment);
    promise(data.has_value(), "a folder can be made");
    auto host = app::Host::open(std::move(*data), clock_, entropy_);
    promise(host.has_value(), "a host opens");
    host_ = std::move(*host);
    promise(app::set_up(*host_, plan, kAdministrator).has_value(), "a deployment is set up");
    router_.emplace(*host_);
  }
  const http::Router& router() const { return *router_; }

 private:
  fixtures::TempFolder folder_;
  fixtures::MovableClock clock_;
  fixtures::SeededEntropy entropy_;
  std::unique_ptr<app::Host> host_;
  std::optional<http::Router> router_;
};

http::Request read_request(std::string_view text) {
  const auto line = [&text] {
    const auto end = std::min(text.find('\n'), text.size());
    const auto taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
  };
  http::Request request;
  const auto first = line();
  const auto space = std::min(first.find(' '), first.size());
  request.method = first.substr(0, space);
  request.target = first.substr(std::min(space + 1, first.size()));
  for (auto header = line(); !header.empty(); header = line()) {
    const auto colon = std::min(header.find(':'), header.size());
    request.headers.insert_or_assign(http::lower(header.substr(0, colon)),
                                     std::string(header.substr(std::min(colon + 1, header.size()))));
  }
  request.body = text;
  request.source = "fuzz";
  return request;
}

void check_headers(const http::Request& request) {
  const auto name = http::filename_in(http::header(request.headers, "content-disposition"));
  if (name) {
    promise(http::filename_in(http::as_attachment(*name)) == name, "a name survives its header");
  }
  constexpr std::int64_t kSize = 1000;
  const auto range = http::range_of(http::header(request.headers, "range"), kSize);
  if (range && *range) {
    const auto& [from, count] = **range;
    promise(from >= 0 && count > 0 && from + count <= kSize, "a range lies within the file");
  }
  http::session_cookie(http::header(request.headers, "cookie"));
}

void check_answer(const http::Response& response) {
  promise(response.status >= 200 && response.status < 600, "a status is a status");
  promise(response.status != 500, "what comes from outside breaks nothing inside");
  const bool refused = response.status >= 400;
  promise(!refused || base::parse_json(response.body).has_value(), "a refusal is JSON");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  auto request = read_request(fuzz::text_of(data, size));
  check_headers(request);
  promise(world.router().body_limit(request) <= http::kMaxBody, "a limit is a limit");
  check_answer(world.router().handle(request));
  request.os_user = kAdministrator;
  if (world.router().takes_upload(request)) {
    const auto upload = world.router().receive(request);
    if (!upload) check_answer(world.router().refusal(request, upload.error()));
  }
  check_answer(world.router().handle(request));
  return 0;
}
