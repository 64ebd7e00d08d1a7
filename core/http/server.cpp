#include "http/server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>  // Asio 1.74 uses std::exchange without it

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <algorithm>
#include <atomic>
#include <thread>

#include "base/messages.hpp"
#include "http/error_body.hpp"

namespace zeren::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::local::stream_protocol;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kHandlers = 64;  // each waits for a commit it shares with others
constexpr std::uint32_t kMaxHeader = 16U << 10U;
constexpr std::chrono::seconds kIdle{30};
constexpr std::chrono::seconds kLastWords{2};
constexpr std::chrono::milliseconds kMoment{5};

// Who is at the other end.
struct Peer {
  std::string source;
  std::optional<std::int64_t> os_user;
};

Peer peer_of(const tcp::socket& socket) {
  error_code ignored;
  return {socket.remote_endpoint(ignored).address().to_string(), std::nullopt};
}

Peer peer_of(stream_protocol::socket& socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  const int done =
      ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size);
  if (done != 0) return {"local", std::nullopt};
  return {"local", static_cast<std::int64_t>(credentials.uid)};
}

Request to_request(bhttp::request<bhttp::string_body>&& message, const Peer& peer) {
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.insert_or_assign(lower(std::string(field.name_string())),
                                     std::string(field.value()));
  }
  request.body = std::move(message.body());
  request.source = peer.source;
  request.os_user = peer.os_user;
  return request;
}

bhttp::response<bhttp::string_body> to_message(Response&& response, bool keep_alive) {
  bhttp::response<bhttp::string_body> message;
  message.result(static_cast<unsigned>(response.status));
  for (const auto& [name, value] : response.headers) message.set(name, value);
  message.keep_alive(keep_alive);
  message.body() = std::move(response.body);
  message.prepare_payload();
  return message;
}

}  // namespace

struct Server::Impl {
  explicit Impl(const Router& to) : router(to) {}

  const Router& router;
  asio::io_context io{2};
  asio::thread_pool handlers{kHandlers};
  tcp::acceptor acceptor{io};
  stream_protocol::acceptor local{io};
  asio::signal_set signals{io};
  std::filesystem::path socket_file;
  std::atomic<bool> stopping{false};
  std::atomic<int> busy{0};  // requests read and not yet answered

  base::Result<void> listen_tcp(const ListenAt& at);
  base::Result<void> listen_local(const std::filesystem::path& file);
  void begin_stop();
  asio::awaitable<void> wind_up();

  template <class Acceptor>
  asio::awaitable<void> accept(Acceptor& from);
  template <class Socket>
  asio::awaitable<void> serve(Socket socket);
  asio::awaitable<Response> handle(Request request);
};

base::Result<void> Server::Impl::listen_tcp(const ListenAt& at) {
  error_code failure;
  const auto address = asio::ip::make_address(at.address, failure);
  const tcp::endpoint endpoint(address, at.port);
  if (!failure) acceptor.open(endpoint.protocol(), failure);
  if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor.bind(endpoint, failure);
  if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) return {};
  return base::fail(base::Code::PortUnavailable,
                    {{"address", at.address + ":" + std::to_string(at.port)},
                     {"reason", failure.message()}});
}

base::Result<void> Server::Impl::listen_local(const std::filesystem::path& file) {
  if (file.empty()) return {};
  error_code failure;
  // Left over from a process that was killed: the lock of the data folder says that none lives.
  ::unlink(file.c_str());
  const auto before = ::umask(0177);
  local.open({}, failure);
  if (!failure) local.bind(stream_protocol::endpoint(file.string()), failure);
  ::umask(before);
  if (!failure) local.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) {
    socket_file = file;
    return {};
  }
  return base::fail(base::Code::PortUnavailable,
                    {{"address", file.string()}, {"reason", failure.message()}});
}

void Server::Impl::begin_stop() {
  if (stopping.exchange(true)) return;
  error_code ignored;
  acceptor.close(ignored);
  local.close(ignored);
  signals.cancel(ignored);
  asio::co_spawn(io, wind_up(), asio::detached);
}

// Idle connections are cut; requests that were read are answered first.
asio::awaitable<void> Server::Impl::wind_up() {
  asio::steady_timer moment(io);
  const auto latest = std::chrono::steady_clock::now() + kLastWords;
  while (busy > 0 && std::chrono::steady_clock::now() < latest) {
    moment.expires_after(kMoment);
    co_await moment.async_wait(asio::use_awaitable);
  }
  io.stop();
}

asio::awaitable<Response> Server::Impl::handle(Request request) {
  co_return router.handle(request);
}

template <class Acceptor>
asio::awaitable<void> Server::Impl::accept(Acceptor& from) {
  while (!stopping) {
    error_code failure;
    auto socket = co_await from.async_accept(asio::redirect_error(asio::use_awaitable, failure));
    if (failure == asio::error::operation_aborted) co_return;
    if (failure) continue;  // such as too many open files: those there will end
    asio::co_spawn(io, serve(std::move(socket)), asio::detached);
  }
}

template <class Socket>
asio::awaitable<void> Server::Impl::serve(Socket socket) {
  const Peer peer = peer_of(socket);
  beast::basic_stream<typename Socket::protocol_type> stream(std::move(socket));
  beast::flat_buffer buffer;
  error_code failure;
  bool keep_alive = true;
  while (keep_alive && !stopping) {
    bhttp::request_parser<bhttp::string_body> parser;
    parser.body_limit(kMaxBody);
    parser.header_limit(kMaxHeader);
    stream.expires_after(kIdle);
    co_await bhttp::async_read(stream, buffer, parser,
                               asio::redirect_error(asio::use_awaitable, failure));
    ++busy;
    Response response;
    if (failure == bhttp::error::body_limit) {
      response = problem({base::Code::RequestTooLarge, {{"limit", std::to_string(kMaxBody)}}, {}, {}},
                         base::Language::English, "");
      keep_alive = false;
    } else if (failure) {
      --busy;
      break;
    } else {
      keep_alive = parser.get().keep_alive();
      response = co_await asio::co_spawn(
          handlers.get_executor(), handle(to_request(parser.release(), peer)), asio::use_awaitable);
    }
    auto message = to_message(std::move(response), keep_alive && !stopping);
    stream.expires_after(kIdle);
    co_await bhttp::async_write(stream, message,
                                asio::redirect_error(asio::use_awaitable, failure));
    --busy;
    if (failure) break;
  }
  stream.close();
}

Server::Server(Key, std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  if (!impl_->socket_file.empty()) ::unlink(impl_->socket_file.c_str());
}

base::Result<std::unique_ptr<Server>> Server::listen(const Router& router, const ListenAt& at) {
  auto impl = std::make_unique<Impl>(router);
  if (auto bound = impl->listen_tcp(at); !bound) return base::pass(std::move(bound));
  if (auto bound = impl->listen_local(at.socket); !bound) return base::pass(std::move(bound));
  return std::make_unique<Server>(Key{}, std::move(impl));
}

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::run() {
  auto& impl = *impl_;
  impl.signals.add(SIGINT);
  impl.signals.add(SIGTERM);
  impl.signals.async_wait([&impl](error_code failure, int) {
    if (!failure) impl.begin_stop();
  });
  asio::co_spawn(impl.io, impl.accept(impl.acceptor), asio::detached);
  if (impl.local.is_open()) asio::co_spawn(impl.io, impl.accept(impl.local), asio::detached);
  std::thread second([&impl] { impl.io.run(); });
  impl.io.run();
  second.join();
  impl.handlers.join();
}

void Server::stop() {
  asio::post(impl_->io, [this] { impl_->begin_stop(); });
}

}  // namespace zeren::http
