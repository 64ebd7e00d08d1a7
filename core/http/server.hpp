// Carries requests to a router over TCP on loopback and over a Unix socket in the data folder. Two threads
// move bytes; a pool of others runs the handlers, which block.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/router.hpp"

namespace zeren::http {

struct ListenAt {
  std::string address = "127.0.0.1";  ///< numeric
  std::uint16_t port = 8080;          ///< 0: any free one
  std::filesystem::path socket;       ///< mode 0600; empty for none
};

class Server final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it
  struct Impl;

 public:
  Server(Key, std::unique_ptr<Impl> impl);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Binds, and answers nothing yet. `router` must outlive the server. Fails with PortUnavailable.
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
