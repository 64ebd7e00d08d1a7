#include "app/messengers.hpp"

#include <spdlog/spdlog.h>

#include "app/delivery.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kMaxUnderWay = 64;

bool has_come_back(const std::future<void>& messenger) {
  return messenger.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace

Messengers::~Messengers() {
  stopping_ = true;
  wait();
}

void Messengers::wait() {
  for (auto& [name, messenger] : under_way_) messenger.wait();
  under_way_.clear();
}

Result<void> Messengers::set_out() {
  std::erase_if(under_way_, [](const auto& entry) { return has_come_back(entry.second); });
  const auto consumers = with_news();
  if (!consumers) return base::pass(consumers);
  for (const auto& consumer : *consumers) {
    const auto& name = consumer->name();
    if (under_way_.size() >= kMaxUnderWay) break;
    if (under_way_.contains(name) || is_left_alone(name)) continue;
    under_way_.emplace(name, std::async(std::launch::async, [this, consumer] { run(consumer); }));
  }
  return {};
}

Result<Messengers::Consumers> Messengers::with_news() {
  Consumers all;
  std::vector<bool> news;
  const auto looked = host_.query([&](Snapshot& snapshot) -> Result<Json> {
    all = module_consumers(host_, snapshot);
    if (sender_ != nullptr) {
      auto webhooks = load_webhooks(snapshot.session, "");
      if (!webhooks) return base::pass(std::move(webhooks));
      for (auto& webhook : *webhooks) all.push_back(webhook_consumer(host_, *sender_, std::move(webhook)));
    }
    std::vector<std::string> names;
    for (const auto& consumer : all) names.push_back(consumer->name());
    auto found = have_news(snapshot, names);
    if (!found) return base::pass(std::move(found));
    news = std::move(*found);
    return Json{};
  });
  if (!looked) return base::pass(looked);
  Consumers waiting;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (news[i]) waiting.push_back(all[i]);
  }
  return waiting;
}

void Messengers::run(const std::shared_ptr<Consumer>& consumer) {
  while (true) {
    const auto told = deliver(host_, *consumer, host_.settings().retry);
    if (!told) spdlog::error("{}: {}", consumer->name(), base::text_of(told.error()));
    if (told && told->wait) {
      const std::lock_guard lock(mutex_);
      left_alone_[consumer->name()] = host_.clock().now() + *told->wait;
      return;
    }
    if (!told || !told->moved || stopping_) return;
  }
}

bool Messengers::is_left_alone(const std::string& consumer) {
  const std::lock_guard lock(mutex_);
  const auto found = left_alone_.find(consumer);
  return found != left_alone_.end() && host_.clock().now() < found->second;
}

}  // namespace zeren::app
