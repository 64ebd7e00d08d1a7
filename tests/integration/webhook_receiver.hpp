// A receiver of webhooks on loopback that behaves as it is told: it takes, refuses, hangs, drips or cuts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.hpp"

namespace zeren::integration {

struct Received {
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  base::Json event() const { return *base::parse_json(body); }
};

class WebhookReceiver final {
 public:
  WebhookReceiver();
  WebhookReceiver(const WebhookReceiver&) = delete;
  WebhookReceiver& operator=(const WebhookReceiver&) = delete;
  ~WebhookReceiver();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

  /// What the next requests get, one each; afterwards 204. `hang` keeps the connection and says nothing, `drip` sends
  /// a byte of the head now and then, `cut` closes; anything else is the head of the answer: `503\r\nretry-after: 60`.
  void next(const std::string& behaviour);

  /// All requests so far, once there are `count`; or fewer when they do not come.
  std::vector<Received> received(std::size_t count);

 private:
  void run();
  void serve(int connection);
  bool read_request(int connection, Received& request) const;

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;  // guards what follows
  std::condition_variable came_;
  bool stopping_ = false;
  std::deque<std::string> behaviours_;
  std::vector<Received> received_;
  std::vector<std::thread> serving_;
  std::thread thread_;
};

}  // namespace zeren::integration
