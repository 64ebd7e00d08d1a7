#include "http/webhook_client.hpp"

#include <utility>  // Asio 1.74 uses std::exchange without it

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <vector>

#include "base/system_reason.hpp"
#include "http/webhook_address.hpp"

namespace zeren::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using base::Result;
using boost::system::error_code;
using Post = bhttp::request<bhttp::string_body>;

constexpr std::uint32_t kMaxAnswerHead = 16U << 10U;

/// One request over one connection, every wait of which ends with the deadline.
class Outgoing final {
 public:
  Outgoing(const WebhookUrl& url, const app::WebhookPolicy& policy)
      : url_(url), policy_(policy), deadline_(std::chrono::steady_clock::now() + policy.patience) {}

  error_code run(const Post& message, app::WebhookAnswer& answer) {
    if (const auto failed = connect()) return failed;
    if (!url_.tls) return talk(socket_, message, answer);
    asio::ssl::context context(asio::ssl::context::tls_client);
    error_code failure;
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                            asio::ssl::context::no_tlsv1_1,
                        failure);
    if (!failure) context.set_default_verify_paths(failure);
    if (failure) return failure;
    asio::ssl::stream<tcp::socket&> stream(socket_, context);
    if (const auto failed = shake_hands(stream)) return failed;
    return talk(stream, message, answer);
  }

 private:
  // Starts an operation and waits for it, or cuts the connection when the time is over.
  template <class Start>
  error_code wait_for(Start start) {
    bool done = false;
    error_code failure;
    start([&](const error_code& outcome, auto&&...) {
      done = true;
      failure = outcome;
    });
    io_.restart();
    io_.run_until(deadline_);
    if (done) return failure;
    error_code ignored;
    resolver_.cancel();
    socket_.close(ignored);
    io_.restart();
    io_.run();
    return asio::error::timed_out;
  }

  error_code connect() {
    tcp::resolver::results_type found;
    const auto failed = wait_for([&](auto then) {
      resolver_.async_resolve(url_.host, std::to_string(url_.port), asio::ip::resolver_base::numeric_service,
                              [&found, then](const error_code& outcome, const auto& results) mutable {
                                found = results;
                                then(outcome);
                              });
    });
    if (failed) return failed;
    // The addresses that were checked are those connected to: a second look-up could answer otherwise.
    std::vector<tcp::endpoint> allowed;
    for (const auto& each : found) {
      const auto at = each.endpoint();
      if (may_connect(at.address().to_string(), at.port(), policy_)) allowed.push_back(at);
    }
    if (allowed.empty()) return asio::error::access_denied;
    return wait_for([&](auto then) { asio::async_connect(socket_, allowed, then); });
  }

  error_code shake_hands(asio::ssl::stream<tcp::socket&>& stream) {
    error_code failure;
    stream.set_verify_mode(asio::ssl::verify_peer, failure);
    if (!failure) stream.set_verify_callback(asio::ssl::host_name_verification(url_.host), failure);
    if (failure) return failure;
    // What the macro SSL_set_tlsext_host_name() writes with a cast of C.
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(url_.host.c_str()));
    return wait_for([&](auto then) { stream.async_handshake(asio::ssl::stream_base::client, then); });
  }

  template <class Stream>
  error_code talk(Stream& stream, const Post& message, app::WebhookAnswer& answer) {
    if (const auto failed = wait_for([&](auto then) { bhttp::async_write(stream, message, then); })) {
      return failed;
    }
    beast::flat_buffer buffer;
    bhttp::response_parser<bhttp::empty_body> parser;
    parser.header_limit(kMaxAnswerHead);
    const auto failed =
        wait_for([&](auto then) { bhttp::async_read_header(stream, buffer, parser, then); });
    if (failed) return failed;
    answer.status = static_cast<int>(parser.get().result_int());
    answer.retry_after = std::string(parser.get()[bhttp::field::retry_after]);
    return {};
  }

  const WebhookUrl& url_;
  const app::WebhookPolicy& policy_;
  std::chrono::steady_clock::time_point deadline_;
  asio::io_context io_;
  tcp::resolver resolver_{io_};
  tcp::socket socket_{io_};
};

Post to_post(const WebhookUrl& url, const std::map<std::string, std::string>& headers, const std::string& body) {
  constexpr unsigned kVersion = 11;
  Post message{bhttp::verb::post, url.target, kVersion};
  const bool v6 = url.host.find(':') != std::string::npos;
  message.set(bhttp::field::host, (v6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port));
  message.set(bhttp::field::user_agent, "zeren");
  for (const auto& [name, value] : headers) message.set(name, value);
  message.keep_alive(false);
  message.body() = body;
  message.prepare_payload();
  return message;
}

}  // namespace

Result<app::WebhookAnswer> WebhookClient::post(const std::string& url,
                                               const std::map<std::string, std::string>& headers,
                                               const std::string& body) {
  const auto parsed = WebhookUrl::parse(url);
  if (!parsed) return base::pass(parsed);
  if (auto listed = check_listed(*parsed, url, policy_); !listed) return base::pass(std::move(listed));
  app::WebhookAnswer answer;
  const auto failure = Outgoing(*parsed, policy_).run(to_post(*parsed, headers, body), answer);
  if (!failure) return answer;
  if (failure == asio::error::access_denied) {
    return base::fail(base::Code::WebhookAddressRefused,
                      {{"url", url},
                       {"reason", parsed->host + " leads to an address that is not public"},
                       {"reason.zh-CN", parsed->host + " 指向非公网地址"},
                       {"file", "config/settings.json"}});
  }
  return base::fail(base::Code::WebhookUnanswered, base::with_reason({{"url", url}}, failure));
}

}  // namespace zeren::http
