// From requests to commands and queries: finds the route, finds out who asks, checks what every request
// must bring, and renders the answer. Knows nothing of sockets.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/host.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "http/message.hpp"
#include "http/metrics.hpp"

namespace zeren::http {

/// A request on its way through a handler.
struct Exchange {
  const Request& request;
  const Target& target;
  std::vector<std::string> captures;  ///< what stood at the route's `*`
  app::Caller caller;                 ///< without a principal for Route::Open only
  base::Json body;                    ///< null when there was none
  Metrics& metrics;
  std::shared_ptr<Upload> upload = nullptr;  ///< what Route::receive made, and all bytes were given to
};

/// What a handler answers: JSON, or a text, or a feed or a download that says its content type in `headers`.
struct Reply {
  base::Json body;
  int status = 200;
  Headers headers;
  std::optional<std::string> text = std::nullopt;
  std::shared_ptr<Feed> feed = nullptr;
  std::shared_ptr<Download> download = nullptr;
};

using Handler = std::function<base::Result<Reply>(app::Host&, Exchange&)>;

/// Decides on a body before its first byte comes: what it is to be given to, or why it is not wanted. Sees the
/// head only.
using Receiver = std::function<base::Result<std::shared_ptr<Upload>>(app::Host&, Exchange&)>;

enum class Door : std::uint8_t {
  Open,      ///< signing in, and whether the host lives; nothing else
  Signed,    ///< a principal is required
  InPerson,  ///< and no token will do: what opens doors is for people
};

enum class Texts : std::uint8_t {
  Plain,  ///< invisible control characters are refused wherever they stand
  Files,  ///< the body holds whole files; their reader checks them, and may meet a carriage return
};

/// Larger bodies are refused: an organisation of a province as CSV fits.
inline constexpr std::size_t kMaxBody = 64U << 20U;

/// Most bodies are forms. Whoever is not signed in gets no further.
inline constexpr std::size_t kMaxForm = 1U << 20U;

struct Route {
  std::string method;
  std::vector<std::string> path;  ///< segments; `*` captures one
  Door door;
  Handler handle;
  std::size_t max_body = kMaxForm;
  Texts texts = Texts::Plain;
  Receiver receive = nullptr;  ///< of a route whose body is no JSON and goes to disk
};

/// A route as the document and tokens name it: `/api/v1/records/*`.
std::string name_of(const Route& route);

/// Every route. docs/api/openapi.yaml describes them; a test compares the two.
std::vector<Route> all_routes();

class Router final {
 public:
  /// `host` must outlive the router.
  explicit Router(app::Host& host) : host_(host), routes_(all_routes()) {}

  /// Always answers. Blocks until a change is durable; any thread.
  Response handle(const Request& request) const;

  /// The largest body that `request`, of which only the head is known, may bring: that of its route, and no more
  /// than a form's when it shows nothing that could be a sign-in. Does not block.
  std::size_t body_limit(const Request& request) const;

  /// Whether the body of `request`, of which only the head is known, is to be given to receive(). Does not block.
  bool takes_upload(const Request& request) const;

  /// Before the body of such a request comes: what to give it to, and to hand to handle() with the request. On
  /// failure the body is not wanted; refusal() is the answer. Blocks; any thread.
  base::Result<std::shared_ptr<Upload>> receive(const Request& head) const;

  /// The answer to a request whose body was not wanted, or could not be taken. Any thread.
  Response refusal(const Request& head, const base::Error& why) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  Response answered(const Request& request, const std::string& id, const std::string& route,
                    std::chrono::steady_clock::time_point begun, base::Result<Response> reply) const;
  base::Result<Response> guarded_answer(const Request& request, const std::string& id,
                                        std::string& route) const;
  base::Result<Reply> answer(const Request& request, const std::string& id, std::string& route) const;
  base::Result<const Route*> admit(const Request& request, const std::string& id, Exchange& exchange,
                                   std::string& name) const;
  base::Result<void> read_body(const Request& request, const Route& route, Exchange& exchange) const;
  base::Result<const Route*> find(const Request& request, const Target& target,
                                  std::vector<std::string>& captures) const;
  base::Result<void> check_token(const app::Caller& caller, const Route& route,
                                 const std::string& name) const;
  base::Result<access::Principal> identify(const Request& request) const;

  app::Host& host_;
  std::vector<Route> routes_;
  std::unique_ptr<Metrics> metrics_ = std::make_unique<Metrics>();  // counts while handle() is const
};

}  // namespace zeren::http
