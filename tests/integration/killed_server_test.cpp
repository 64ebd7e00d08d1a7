// kill -9 in the middle of the work: what was acknowledged is there, and the log is sound.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

#include "fixtures/temp_folder.hpp"
#include "integration/report_course.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using base::Json;

/// Makes accounts until the server dies; answers the names that were acknowledged.
std::set<std::string> make_accounts(const Official& security, const std::string& prefix,
                                    std::atomic<int>& acknowledged) {
  std::set<std::string> names;
  for (int i = 0;; ++i) {
    const auto name = prefix + std::to_string(i);
    const auto answer = security.post("/api/v1/accounts", {{"name", name}});
    if (answer.status == 0) return names;
    EXPECT_EQ(answer.status, 201) << answer.body;
    names.insert(name);
    ++acknowledged;
  }
}

/// Edits a record until the server dies; answers the last text that was acknowledged.
std::string edit_on(const Official& clerk, const std::string& record, std::int64_t version,
                    std::atomic<int>& acknowledged) {
  std::string last;
  auto content = complete_content();
  for (int i = 0;; ++i) {
    content["problems"] = std::to_string(i);
    const auto answer =
        clerk.put("/api/v1/records/" + record + "/content", {{"content", content}}, {version});
    if (answer.status == 0) return last;
    EXPECT_EQ(answer.status, 200) << answer.body;
    version = answer.body.value("version", std::int64_t{0});
    last = std::to_string(i);
    ++acknowledged;
  }
}

class KilledServerTest : public testing::Test {
 protected:
  Official sign_in(const ServerProcess& server, const std::string& account) const {
    return Official::sign_in(server.client(), contract_, account, passwords_.at(account));
  }

  /// Four clients write until the server is killed; answers what three of them had acknowledged, and in
  /// `text` the fourth's last.
  std::set<std::string> write_until_killed(int round, std::string& text) {
    ServerProcess server(data_);
    const auto security = sign_in(server, "security");
    const auto clerk = sign_in(server, "qinglan-finance-clerk");
    if (record_.empty()) record_ = draft_report(clerk, "qinglan-finance", year(-1));
    const auto version = record_of(clerk, record_).value("version", std::int64_t{0});
    std::atomic<int> acknowledged{0};
    std::array<std::set<std::string>, 3> names;
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto prefix = "r" + std::to_string(round) + "-c" + std::to_string(i) + "-";
      clients.emplace_back([&, i, prefix] { names[i] = make_accounts(security, prefix, acknowledged); });
    }
    clients.emplace_back([&] { text = edit_on(clerk, record_, version, acknowledged); });
    while (acknowledged < 100 * round) std::this_thread::yield();
    server.end(SIGKILL);
    for (auto& client : clients) client.join();
    for (auto& more : names) names[0].merge(more);
    return names[0];
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  Contract contract_;
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
  std::string record_;
};

TEST_F(KilledServerTest, LosesNothingThatWasAcknowledged) {
  for (const int round : {1, 2, 3}) {
    std::string text;
    const auto names = write_until_killed(round, text);
    expect_sound(data_);
    ServerProcess server(data_);
    const auto security = sign_in(server, "security");
    for (const auto& name : names) {
      EXPECT_EQ(security.post("/api/v1/accounts", {{"name", name}}).status, 409) << name;
    }
    // The last edit may have been made and not acknowledged.
    const auto stands =
        record_of(sign_in(server, "qinglan-finance-clerk"), record_).at("content").at("problems");
    if (!text.empty()) {
      EXPECT_TRUE(stands == text || stands == std::to_string(std::stoi(text) + 1)) << stands;
    }
    EXPECT_EQ(server.end(), 0);
    expect_sound(data_);
  }
}

}  // namespace
}  // namespace zeren::integration
