#include "http/connection.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <limits>

#include "base/messages.hpp"
#include "http/error_body.hpp"

namespace zeren::http {
namespace {

constexpr std::uint32_t kMaxHeader = 16U << 10U;
constexpr std::size_t kPiece = 64U << 10U;  // of a body on its way to disk

// Beast 1.74 takes "none" for a limit that everything exceeds.
constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

// How long a peer that was refused may go on talking before the line is cut: cut at once, it could lose the answer.
constexpr std::chrono::seconds kLinger{2};

// Feeds: how often they are asked, and how long they may be silent before a comment shows who is still there.
constexpr std::chrono::milliseconds kFeedPause{500};
constexpr std::chrono::seconds kHeartbeat{15};

// The head; the body comes later.
Request to_request(const bhttp::request<bhttp::string_body>& message, const Peer& peer) {
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    // RFC 9110, 5.2: what stands there twice is one list; a credential that is a list is none.
    auto [known, first] = request.headers.emplace(lower(std::string(field.name_string())), std::string(field.value()));
    if (!first) known->second.append(", ").append(std::string(field.value()));
  }
  request.source = peer.source;
  request.os_user = peer.os_user;
  return request;
}

// RFC 9112, 3.2.
bool names_one_host(const bhttp::request<bhttp::string_body>& message) {
  constexpr unsigned kSince = 11;
  return message.version() < kSince || message.count(bhttp::field::host) == 1;
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

bhttp::response<bhttp::empty_body> head_of(const Response& response, bool keep_alive) {
  bhttp::response<bhttp::empty_body> head(static_cast<bhttp::status>(response.status), 11);
  for (const auto& [name, value] : response.headers) head.set(name, value);
  head.keep_alive(keep_alive);
  return head;
}

// Errors go into `failure` instead of being thrown.
auto into(error_code& failure) { return asio::redirect_error(asio::use_awaitable, failure); }

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

asio::awaitable<bool> Connection::serve_one() {
  error_code failure;
  if (buffer_.size() == 0) {
    stream_.expires_after(place_.patience.idle);
    buffer_.commit(co_await stream_.async_read_some(buffer_.prepare(kMaxHeader), into(failure)));
    if (failure) co_return false;
  }
  TextParser parser;
  parser.header_limit(kMaxHeader);
  parser.body_limit(kUnlimited);  // what the route takes is known with the head
  stream_.expires_after(place_.patience.head);
  co_await bhttp::async_read_header(stream_, buffer_, parser, into(failure));
  if (!failure && !names_one_host(parser.get())) failure = make_error_code(bhttp::error::bad_field);
  if (failure) {
    co_await turn_away(parser, failure);
    co_return false;
  }
  const Counted counted(place_.busy);
  auto request = to_request(parser.get(), peer_);
  if (place_.router.takes_upload(request)) co_return co_await take_upload(parser, std::move(request));
  const auto limit = place_.router.body_limit(request);
  const bool whole = co_await read_body(parser, request, limit);
  if (!whole) co_return false;
  request.body = std::move(parser.get().body());
  co_return co_await answer(std::move(request), parser.get().keep_alive());
}

// A head that cannot be read is answered, unless the peer is gone or too slow.
asio::awaitable<void> Connection::turn_away(const TextParser& parser, error_code failure) {
  static const auto& kOfHttp = make_error_code(bhttp::error::bad_method).category();
  const bool gone = failure == bhttp::error::end_of_stream || failure == bhttp::error::partial_message;
  if (failure.category() != kOfHttp || gone) co_return;
  const bool large = failure == bhttp::error::header_limit || failure == bhttp::error::buffer_overflow;
  const base::Error why{
      base::Code::RequestMalformed,
      {{"reason", large ? "its head is larger than 16 KB" : "its head is not HTTP/1.1: " + failure.message()},
       {"reason.zh-CN", large ? "请求头超过 16 KB" : "请求头不符合 HTTP/1.1"}},
      {},
      {}};
  const auto head = to_request(parser.get(), peer_);
  auto refusal = place_.router.refusal(head, why);
  co_await refuse(std::move(refusal));
}

// Tells a peer that waits to be told to go on. False when it is gone.
asio::awaitable<bool> Connection::proceed(const TextParser& parser) {
  if (parser.get()[bhttp::field::expect] != "100-continue") co_return true;
  error_code failure;
  bhttp::response<bhttp::empty_body> proceed(bhttp::status::continue_, parser.get().version());
  stream_.expires_after(place_.patience.taking);
  co_await bhttp::async_write(stream_, proceed, into(failure));
  co_return !failure;
}

// False when the body did not come whole; one that is too large has been answered so.
asio::awaitable<bool> Connection::read_body(TextParser& parser, const Request& head, std::size_t limit) {
  error_code failure;
  parser.body_limit(limit);
  if (parser.content_length().value_or(0) > limit) failure = bhttp::error::body_limit;
  if (!failure) {
    const bool goes_on = co_await proceed(parser);
    if (!goes_on) co_return false;
    stream_.expires_after(place_.patience.body);
    co_await bhttp::async_read(stream_, buffer_, parser, into(failure));
  }
  if (failure == bhttp::error::body_limit) {
    const base::Error why{base::Code::RequestTooLarge, {{"limit", std::to_string(limit)}}, {}, {}};
    auto refusal = place_.router.refusal(head, why);
    co_await refuse(std::move(refusal));
  }
  co_return !failure;
}

// The same for a body that goes to disk; what is not wanted is refused before it comes.
asio::awaitable<bool> Connection::take_upload(TextParser& head, Request request) {
  auto upload = co_await asio::co_spawn(place_.handlers.get_executor(), receive(request),
                                        asio::use_awaitable);
  if (!upload) {
    auto refusal = place_.router.refusal(request, upload.error());
    co_await refuse(std::move(refusal));
    co_return false;
  }
  request.upload = std::move(*upload);
  const bool goes_on = co_await proceed(head);
  if (!goes_on) co_return false;
  UploadParser parser(std::move(head));
  const auto whole = co_await pump(parser, *request.upload);
  if (!whole) {
    auto refusal = place_.router.refusal(request, whole.error());
    co_await refuse(std::move(refusal));
  }
  if (!whole || !*whole) co_return false;
  co_return co_await answer(std::move(request), parser.get().keep_alive());
}

// Moves the body to where it is kept. False when it did not come whole. Fails as Upload::take().
asio::awaitable<base::Result<bool>> Connection::pump(UploadParser& parser, Upload& upload) {
  const auto latest = std::chrono::steady_clock::now() + place_.patience.upload;
  parser.body_limit(kUnlimited);  // the upload keeps its own
  std::string piece;
  while (!parser.is_done()) {
    piece.resize(kPiece);
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    const bool filled = co_await fill(parser, latest);
    if (!filled) co_return false;
    piece.resize(piece.size() - parser.get().body().size);
    auto taken = co_await asio::co_spawn(place_.handlers.get_executor(), take(upload, piece),
                                         asio::use_awaitable);
    if (!taken) co_return base::Result<bool>(base::pass(std::move(taken)));
  }
  co_return true;
}

// Until the piece is full or the body at its end. Every byte must come in time, and all of them by `latest`.
asio::awaitable<bool> Connection::fill(UploadParser& parser, Time latest) {
  error_code failure;
  while (!parser.is_done() && parser.get().body().size > 0) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= latest) co_return false;
    stream_.expires_at(std::min<Time>(now + place_.patience.idle, latest));
    co_await bhttp::async_read_some(stream_, buffer_, parser, into(failure));
    if (failure && failure != bhttp::error::need_buffer) co_return false;
    failure = {};
  }
  co_return true;
}

asio::awaitable<bool> Connection::answer(Request request, bool keep_alive) {
  const bool head_only = request.method == "HEAD";
  auto response = co_await asio::co_spawn(place_.handlers.get_executor(), handle(std::move(request)),
                                          asio::use_awaitable);
  if (head_only) co_return co_await send_head(std::move(response), keep_alive);
  if (response.feed) {
    co_await pour(std::move(response));
    co_return false;
  }
  if (response.download) co_return co_await give(std::move(response), keep_alive);
  co_return co_await send(std::move(response), keep_alive);
}

// Whether the connection goes on.
asio::awaitable<bool> Connection::send(Response response, bool keep_alive) {
  error_code failure;
  keep_alive = keep_alive && !place_.stopping;
  auto message = to_message(std::move(response), keep_alive);
  stream_.expires_after(place_.patience.taking);
  co_await bhttp::async_write(stream_, message, into(failure));
  co_return keep_alive && !failure;
}

// Likewise, of an answer whose body was not asked for.
asio::awaitable<bool> Connection::send_head(Response response, bool keep_alive) {
  error_code failure;
  keep_alive = keep_alive && !place_.stopping;
  auto head = head_of(response, keep_alive);
  const auto& download = response.download;
  const auto size = download ? static_cast<std::uint64_t>(download->size()) : response.body.size();
  if (!response.feed) head.content_length(size);
  bhttp::response_serializer<bhttp::empty_body> serializer(head);
  stream_.expires_after(place_.patience.taking);
  co_await bhttp::async_write_header(stream_, serializer, into(failure));
  co_return keep_alive && !failure;
}

// Likewise, for a body that is read as the peer takes it. What cannot be read any more cuts the line: the peer
// sees that something is missing.
asio::awaitable<bool> Connection::give(Response response, bool keep_alive) {
  error_code failure;
  keep_alive = keep_alive && !place_.stopping;
  const auto download = response.download;
  auto head = head_of(response, keep_alive);
  head.content_length(static_cast<std::uint64_t>(download->size()));
  bhttp::response_serializer<bhttp::empty_body> serializer(head);
  stream_.expires_after(place_.patience.taking);
  co_await bhttp::async_write_header(stream_, serializer, into(failure));
  for (std::int64_t given = 0; given < download->size() && !failure;) {
    auto piece = co_await asio::co_spawn(place_.handlers.get_executor(), next_of(*download),
                                         asio::use_awaitable);
    if (!piece) {
      spdlog::error("{}", base::text_of(piece.error()));
      co_return false;
    }
    given += static_cast<std::int64_t>(piece->size());
    stream_.expires_after(place_.patience.taking);
    co_await asio::async_write(stream_, asio::buffer(*piece), into(failure));
  }
  co_return keep_alive && !failure;
}

// Until the feed is over, the server stops, or the peer does not take what it is sent: at most one piece waits
// for it here.
asio::awaitable<void> Connection::pour(Response response) {
  error_code failure;
  auto head = head_of(response, false);
  bhttp::response_serializer<bhttp::empty_body> serializer(head);
  stream_.expires_after(place_.patience.taking);
  co_await bhttp::async_write_header(stream_, serializer, into(failure));
  asio::steady_timer pause(place_.io);
  auto spoken = std::chrono::steady_clock::time_point{};
  while (!failure && !place_.stopping) {
    auto piece = co_await asio::co_spawn(place_.handlers.get_executor(), next_of(response.feed),
                                         asio::use_awaitable);
    if (!piece) co_return;
    const auto now = std::chrono::steady_clock::now();
    if (piece->empty() && now - spoken >= kHeartbeat) *piece = ":\n\n";
    if (!piece->empty()) {
      spoken = now;
      stream_.expires_after(place_.patience.taking);
      co_await asio::async_write(stream_, asio::buffer(*piece), into(failure));
    }
    pause.expires_after(kFeedPause);
    co_await pause.async_wait(asio::use_awaitable);
  }
}

// The answer, and then nothing of what still comes, for a moment.
asio::awaitable<void> Connection::refuse(Response response) {
  error_code failure;
  co_await send(std::move(response), false);
  stream_.socket().shutdown(asio::socket_base::shutdown_send, failure);
  stream_.expires_after(kLinger);
  while (!failure && !place_.stopping) {
    buffer_.clear();
    co_await stream_.async_read_some(buffer_.prepare(kPiece), into(failure));
  }
}

asio::awaitable<Response> Connection::handle(Request request) { co_return place_.router.handle(request); }

asio::awaitable<base::Result<std::shared_ptr<Upload>>> Connection::receive(const Request& head) {
  co_return place_.router.receive(head);
}

asio::awaitable<base::Result<void>> Connection::take(Upload& upload, std::string_view piece) {
  co_return upload.take(piece);
}

asio::awaitable<base::Result<std::string>> Connection::next_of(Download& download) {
  co_return download.next();
}

asio::awaitable<std::optional<std::string>> Connection::next_of(std::shared_ptr<Feed> feed) {
  co_return feed->next();
}

}  // namespace zeren::http
