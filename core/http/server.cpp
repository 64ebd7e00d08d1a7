#include "http/server.hpp"

#include "base/system_reason.hpp"
#include "http/beast.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "http/connection.hpp"
#include "http/guests.hpp"

namespace zeren::http {
namespace {

using asio::ip::tcp;

constexpr std::size_t kHandlers = 64;  // each waits for a commit it shares with others
constexpr std::chrono::seconds kLastWords{2};
constexpr std::chrono::milliseconds kMoment{5};

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

// Errors go into `failure` instead of being thrown.
auto into(error_code& failure) { return asio::redirect_error(asio::use_awaitable, failure); }

}  // namespace

struct Server::Impl {
  Impl(const Router& router, const Patience& patience) : place{router, patience, io, handlers} {}

  Guests guests;    // before what holds connections: they give their seats back
  Workplace place;  // likewise
  asio::io_context io{2};
  asio::thread_pool handlers{kHandlers};
  tcp::acceptor acceptor{io};
  stream_protocol::acceptor local{io};
  asio::signal_set signals{io};
  std::filesystem::path socket_file;

  base::Result<void> listen_tcp(const ListenAt& at);
  base::Result<void> listen_local(const std::filesystem::path& file);
  void begin_stop();
  asio::awaitable<void> wind_up();

  template <class Acceptor>
  asio::awaitable<void> accept(Acceptor& from);
  asio::awaitable<void> serve(Connection::Protocol::socket socket, Peer peer, Guests::Seat seat);
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
  const auto where = at.address + ":" + std::to_string(at.port);
  return base::fail(base::Code::PortUnavailable, base::with_reason({{"address", where}}, failure));
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
  return base::fail(base::Code::PortUnavailable, base::with_reason({{"address", file.string()}}, failure));
}

void Server::Impl::begin_stop() {
  if (place.stopping.exchange(true)) return;
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
  while (place.busy > 0 && std::chrono::steady_clock::now() < latest) {
    moment.expires_after(kMoment);
    co_await moment.async_wait(asio::use_awaitable);
  }
  io.stop();
}

template <class Acceptor>
asio::awaitable<void> Server::Impl::accept(Acceptor& from) {
  while (!place.stopping) {
    error_code failure;
    auto socket = co_await from.async_accept(into(failure));
    if (failure == asio::error::operation_aborted) co_return;
    if (failure) {  // such as too many open files: those there will end, and asking at once again would spin
      asio::steady_timer moment(io);
      moment.expires_after(kMoment);
      co_await moment.async_wait(asio::use_awaitable);
      continue;
    }
    auto peer = peer_of(socket);
    auto seat = guests.admit(peer.source);
    if (!seat) continue;  // closed unheard: an answer would cost what the limit is to save
    Connection::Protocol::socket any(std::move(socket));
    asio::co_spawn(io, serve(std::move(any), std::move(peer), std::move(*seat)), asio::detached);
  }
}

// `seat` is the coroutine's: given back when the connection ends.
asio::awaitable<void> Server::Impl::serve(Connection::Protocol::socket socket, Peer peer, Guests::Seat) {
  Connection connection(place, std::move(socket), std::move(peer));
  while (!place.stopping) {
    const bool goes_on = co_await connection.serve_one();
    if (!goes_on) break;
  }
  connection.close();
}

Server::Server(Key, std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  if (!impl_->socket_file.empty()) ::unlink(impl_->socket_file.c_str());
}

base::Result<std::unique_ptr<Server>> Server::listen(const Router& router, const ListenAt& at) {
  auto impl = std::make_unique<Impl>(router, at.patience);
  // From here on, not from run(): whoever was told the address may say stop at once.
  impl->signals.add(SIGINT);
  impl->signals.add(SIGTERM);
  if (auto bound = impl->listen_tcp(at); !bound) return base::pass(std::move(bound));
  if (auto bound = impl->listen_local(at.socket); !bound) return base::pass(std::move(bound));
  return std::make_unique<Server>(Key{}, std::move(impl));
}

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::run() {
  auto& impl = *impl_;
  impl.signals.async_wait([&impl](error_code failure, int) {
    if (!failure) impl.begin_stop();
  });
  asio::co_spawn(impl.io, impl.accept(impl.acceptor), asio::detached);
  if (impl.local.is_open()) asio::co_spawn(impl.io, impl.accept(impl.local), asio::detached);
  std::thread second([&impl] { impl.io.run(); });
  impl.io.run();
  second.join();
  impl.handlers.stop();  // what has begun is bounded by the budgets of commits and plugins
  impl.handlers.join();
}

void Server::stop() {
  asio::post(impl_->io, [this] { impl_->begin_stop(); });
}

}  // namespace zeren::http
