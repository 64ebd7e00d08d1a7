// Carries requests to a router over TCP on loopback and over a Unix socket in the data folder. Two threads
// move bytes; a pool of others runs the handlers, which block.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/router.hpp"

namespace zeren::http {

/// How long a peer may take, before its connection is cut.
struct Patience {
  std::chrono::milliseconds idle = std::chrono::seconds(30);    ///< until it begins; between bytes of an upload
  std::chrono::milliseconds head = std::chrono::seconds(10);    ///< for the head, once it has begun
  std::chrono::milliseconds body = std::chrono::seconds(120);   ///< for the body
  std::chrono::milliseconds taking = std::chrono::seconds(30);  ///< to take an answer, or a piece of one
  std::chrono::milliseconds upload = std::chrono::minutes(30);  ///< for a body that goes to disk
};

struct ListenAt {
  std::string address = "127.0.0.1";  ///< numeric
  std::uint16_t port = 8080;          ///< 0: any free one
  std::filesystem::path socket;       ///< mode 0600; empty for none
  Patience patience = {};
};

class Server final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it
  struct Impl;

 public:
  Server(Key, std::unique_ptr<Impl> impl);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Binds, and answers nothing yet; SIGINT and SIGTERM are kept for run() from now on. `router` must outlive the server. Fails with PortUnavailable.
  static base::Result<std::unique_ptr<Server>> listen(const Router& router, const ListenAt& at);

  std::uint16_t port() const;

  /// Serves until stop(), SIGINT or SIGTERM; requests begun are finished. Blocks.
  void run();

  /// Any thread.
  void stop();

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace zeren::http
