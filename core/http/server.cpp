#include "http/server.hpp"

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
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <algorithm>
#include <atomic>
#include <thread>

#include "base/messages.hpp"
#include "http/error_body.hpp"
#include "http/guests.hpp"

namespace zeren::http {
namespace {

using asio::ip::tcp;

constexpr std::size_t kHandlers = 64;  // each waits for a commit it shares with others
constexpr std::uint32_t kMaxHeader = 16U << 10U;
constexpr std::chrono::seconds kLastWords{2};
constexpr std::chrono::milliseconds kMoment{5};

// Feeds: how often they are asked, and how long they may be silent before a comment shows who is still there.
constexpr std::chrono::milliseconds kFeedPause{500};
constexpr std::chrono::seconds kHeartbeat{15};

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

// The head; the body comes later.
Request to_request(const bhttp::request<bhttp::string_body>& message, const Peer& peer) {
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.insert_or_assign(lower(std::string(field.name_string())),
                                     std::string(field.value()));
  }
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

// Errors go into `failure` instead of being thrown.
auto into(error_code& failure) { return asio::redirect_error(asio::use_awaitable, failure); }

Response too_large(std::size_t limit) {
  return problem({base::Code::RequestTooLarge, {{"limit", std::to_string(limit)}}, {}, {}},
                 base::Language::English, "");
}

// Counts itself for as long as it lives.
class Counted final {
 public:
  explicit Counted(std::atomic<int>& count) : count_(count) { ++count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --count_; }

 private:
  std::atomic<int>& count_;
};

}  // namespace

struct Server::Impl {
  Impl(const Router& to, const Patience& with) : router(to), patience(with) {}

  const Router& router;
  const Patience patience;
  Guests guests;  // before what holds connections: they give their seats back
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
  asio::awaitable<void> serve(Socket socket, Peer peer, Guests::Seat seat);
  template <class Stream>
  asio::awaitable<bool> serve_one(Stream& stream, beast::flat_buffer& buffer, const Peer& peer);
  template <class Stream>
  asio::awaitable<bool> read_body(Stream& stream, beast::flat_buffer& buffer,
                                  bhttp::request_parser<bhttp::string_body>& parser,
                                  std::size_t limit);
  template <class Stream>
  asio::awaitable<bool> send(Stream& stream, Response response, bool keep_alive);
  template <class Stream>
  asio::awaitable<void> pour(Stream& stream, Response response);
  asio::awaitable<Response> handle(Request request);
  asio::awaitable<std::optional<std::string>> next_of(std::shared_ptr<Feed> feed);
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

asio::awaitable<Response> Server::Impl::handle(Request request) { co_return router.handle(request); }

asio::awaitable<std::optional<std::string>> Server::Impl::next_of(std::shared_ptr<Feed> feed) {
  co_return feed->next();
}

template <class Acceptor>
asio::awaitable<void> Server::Impl::accept(Acceptor& from) {
  while (!stopping) {
    error_code failure;
    auto socket = co_await from.async_accept(into(failure));
    if (failure == asio::error::operation_aborted) co_return;
    if (failure) continue;  // such as too many open files: those there will end
    auto peer = peer_of(socket);
    auto seat = guests.admit(peer.source);
    if (!seat) continue;  // closed unheard: an answer would cost what the limit is to save
    asio::co_spawn(io, serve(std::move(socket), std::move(peer), std::move(*seat)), asio::detached);
  }
}

// `seat` is the coroutine's: given back when the connection ends.
template <class Socket>
asio::awaitable<void> Server::Impl::serve(Socket socket, Peer peer, Guests::Seat) {
  beast::basic_stream<typename Socket::protocol_type> stream(std::move(socket));
  beast::flat_buffer buffer;
  while (!stopping) {
    if (!co_await serve_one(stream, buffer, peer)) break;
  }
  stream.close();
}

// One request and its answer; false when the connection is to end.
template <class Stream>
asio::awaitable<bool> Server::Impl::serve_one(Stream& stream, beast::flat_buffer& buffer,
                                              const Peer& peer) {
  error_code failure;
  if (buffer.size() == 0) {
    stream.expires_after(patience.idle);
    buffer.commit(co_await stream.async_read_some(buffer.prepare(kMaxHeader), into(failure)));
    if (failure) co_return false;
  }
  bhttp::request_parser<bhttp::string_body> parser;
  parser.header_limit(kMaxHeader);
  parser.body_limit(kMaxBody);
  stream.expires_after(patience.head);
  co_await bhttp::async_read_header(stream, buffer, parser, into(failure));
  if (failure && failure != bhttp::error::body_limit) co_return false;
  const Counted counted(busy);
  auto request = to_request(parser.get(), peer);
  const auto limit = failure ? 0 : router.body_limit(request);
  if (!co_await read_body(stream, buffer, parser, limit)) co_return false;
  request.body = std::move(parser.get().body());
  auto response = co_await asio::co_spawn(handlers.get_executor(), handle(std::move(request)),
                                          asio::use_awaitable);
  if (response.feed) {
    co_await pour(stream, std::move(response));
    co_return false;
  }
  co_return co_await send(stream, std::move(response), parser.get().keep_alive());
}

// False when the body did not come whole; one that is too large has been answered so.
template <class Stream>
asio::awaitable<bool> Server::Impl::read_body(Stream& stream, beast::flat_buffer& buffer,
                                              bhttp::request_parser<bhttp::string_body>& parser,
                                              std::size_t limit) {
  error_code failure;
  parser.body_limit(limit);
  if (parser.content_length().value_or(0) > limit) failure = bhttp::error::body_limit;
  if (!failure && parser.get()[bhttp::field::expect] == "100-continue") {
    bhttp::response<bhttp::empty_body> proceed(bhttp::status::continue_, parser.get().version());
    stream.expires_after(patience.taking);
    co_await bhttp::async_write(stream, proceed, into(failure));
  }
  if (!failure) {
    stream.expires_after(patience.body);
    co_await bhttp::async_read(stream, buffer, parser,
                               into(failure));
  }
  if (failure == bhttp::error::body_limit) {
    auto refusal = too_large(limit);
    co_await send(stream, std::move(refusal), false);
  }
  co_return !failure;
}

// Whether the connection goes on.
template <class Stream>
asio::awaitable<bool> Server::Impl::send(Stream& stream, Response response, bool keep_alive) {
  error_code failure;
  keep_alive = keep_alive && !stopping;
  auto message = to_message(std::move(response), keep_alive);
  stream.expires_after(patience.taking);
  co_await bhttp::async_write(stream, message, into(failure));
  co_return keep_alive && !failure;
}

// Until the feed is over, the server stops, or the peer does not take what it is sent: at most one piece waits
// for it here.
template <class Stream>
asio::awaitable<void> Server::Impl::pour(Stream& stream, Response response) {
  error_code failure;
  bhttp::response<bhttp::empty_body> head(static_cast<bhttp::status>(response.status), 11);
  for (const auto& [name, value] : response.headers) head.set(name, value);
  head.keep_alive(false);
  bhttp::response_serializer<bhttp::empty_body> serializer(head);
  stream.expires_after(patience.taking);
  co_await bhttp::async_write_header(stream, serializer, into(failure));
  asio::steady_timer pause(io);
  auto spoken = std::chrono::steady_clock::time_point{};
  while (!failure && !stopping) {
    auto piece = co_await asio::co_spawn(handlers.get_executor(), next_of(response.feed),
                                         asio::use_awaitable);
    if (!piece) co_return;
    const auto now = std::chrono::steady_clock::now();
    if (piece->empty() && now - spoken >= kHeartbeat) *piece = ":\n\n";
    if (!piece->empty()) {
      spoken = now;
      stream.expires_after(patience.taking);
      co_await asio::async_write(stream, asio::buffer(*piece), into(failure));
    }
    pause.expires_after(kFeedPause);
    co_await pause.async_wait(asio::use_awaitable);
  }
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
