#include "integration/served_deployment.hpp"

#include <gtest/gtest.h>

#include "app/scheduler.hpp"
#include "app/setup.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/small_city.hpp"

namespace zeren::integration {
namespace {

// A deployment that cannot be set up leaves nothing to test.
template <class T>
T must(base::Result<T> result) {
  if (!result) std::fprintf(stderr, "%s", base::report_of(result.error()).c_str());
  return std::move(*result);
}

}  // namespace

ServedDeployment::ServedDeployment(const http::Patience& patience, const std::string& settings)
    : patience_(patience) {
  const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
  std::filesystem::copy(ZEREN_BINARY_DIR "/modules", packages(), std::filesystem::copy_options::recursive);
  auto plan = must(app::read_plan(fixtures::kSmallCityDeployment, config / "policy", packages()));
  plan.demo = true;
  auto folder = must(app::DataFolder::create(folder_ / "data", plan.deployment));
  EXPECT_TRUE(app::copy_calendars(config / "calendars", paths().calendars()).has_value());
  if (!settings.empty()) {
    EXPECT_TRUE(base::write_file(paths().settings(), settings).has_value());
  }
  host_ = must(app::Host::open(std::move(folder), clock_, *entropy_));
  constexpr std::int64_t kNobody = 4'000'000'000;
  for (const auto& made : must(app::set_up(*host_, plan, kNobody))) {
    passwords_[made.account] = made.password;
  }
  vkey_ = host_->key().vkey();
  // What the clock finds on the first day is told before anybody counts entries.
  app::Scheduler scheduler(*host_);
  while (must(scheduler.round())) {
  }
  serve();
}

void ServedDeployment::serve() {
  router_ = std::make_unique<http::Router>(*host_);
  server_ = must(http::Server::listen(*router_, {"127.0.0.1", 0, paths().socket(), patience_}));
  sender_ = std::make_unique<http::WebhookClient>(host_->settings().webhooks);
  housekeeping_ = std::make_unique<app::Housekeeping>(*host_, sender_.get());
  serving_ = std::thread([this] { server_->run(); });
}

void ServedDeployment::restart() {
  stop();
  host_ = must(app::Host::open(must(app::DataFolder::open(paths().folder)), clock_, *entropy_));
  serve();
}

ServedDeployment::~ServedDeployment() { stop(); }

void ServedDeployment::move_to(const std::string& date) {
  constexpr std::chrono::hours kNoonInShanghai{4};
  clock_.set(must(base::parse_date(date)) + kNoonInShanghai);
}

Official ServedDeployment::sign_in(const std::string& account) const {
  return Official::sign_in(client(), contract_, account, password(account));
}

void ServedDeployment::stop() {
  if (!host_) return;
  server_->stop();
  serving_.join();
  housekeeping_.reset();
  sender_.reset();
  server_.reset();
  router_.reset();
  host_.reset();
}

}  // namespace zeren::integration
