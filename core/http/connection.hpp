// One connection: its requests, one after the other, from the head's first byte to the answer's last. Bodies that
// go to disk and files that come from there pass through in pieces, so that their size costs no memory. Part of the
// server; nobody else includes it.
#pragma once

#include "http/beast.hpp"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace zeren::http {

/// Who is at the other end.
struct Peer {
  std::string source;
  std::optional<std::int64_t> os_user;
};

/// What connections share; outlives them.
struct Workplace {
  const Router& router;
  const Patience patience;
  asio::io_context& io;
  asio::thread_pool& handlers;  ///< where whatever blocks is run
  std::atomic<bool> stopping{false};
  std::atomic<int> busy{0};  ///< requests read and not yet answered
};

class Connection final {
 public:
  using Protocol = asio::generic::stream_protocol;

  Connection(Workplace& place, Protocol::socket socket, Peer peer)
      : place_(place), stream_(std::move(socket)), peer_(std::move(peer)) {}

  /// One request and its answer; false when the connection is to end: the peer is done, or too slow. The
  /// connection must outlive it.
  asio::awaitable<bool> serve_one();
  void close() { stream_.close(); }

 private:
  template <class T>
  using Task = asio::awaitable<T>;
  template <class Body>
  using Parser = bhttp::request_parser<Body>;
  using TextParser = Parser<bhttp::string_body>;
  using UploadParser = Parser<bhttp::buffer_body>;
  using Time = std::chrono::steady_clock::time_point;

  Task<void> turn_away(const TextParser& parser, error_code failure);
  Task<bool> proceed(const TextParser& parser);
  Task<bool> read_body(TextParser& parser, const Request& head, std::size_t limit);
  Task<bool> take_upload(TextParser& head, Request request);
  Task<base::Result<bool>> pump(UploadParser& parser, Upload& upload);
  Task<bool> fill(UploadParser& parser, Time latest);
  Task<bool> answer(Request request, bool keep_alive);
  Task<bool> send(Response response, bool keep_alive);
  Task<bool> send_head(Response response, bool keep_alive);
  Task<bool> give(Response response, bool keep_alive);
  Task<void> pour(Response response);
  Task<void> refuse(Response response);

  // What is run on a handler's thread.
  Task<Response> handle(Request request);
  Task<base::Result<std::shared_ptr<Upload>>> receive(const Request& head);
  Task<base::Result<void>> take(Upload& upload, std::string_view piece);
  Task<base::Result<std::string>> next_of(Download& download);
  Task<std::optional<std::string>> next_of(std::shared_ptr<Feed> feed);

  Workplace& place_;
  beast::basic_stream<Protocol> stream_;
  beast::flat_buffer buffer_;
  Peer peer_;
};

}  // namespace zeren::http
