// A disk without room: the caller is told, nothing acknowledged is lost, and service goes on.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>

#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

/// A small file system of its own, where the machine lets the test make one.
class SmallDisk final {
 public:
  SmallDisk() : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=16m") == 0) {}
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  std::filesystem::path ballast() const { return folder_ / "ballast"; }
  std::filesystem::path data() const { return folder_ / "data"; }

  void fill() const {
    std::ofstream out(ballast(), std::ios::binary);
    const std::string block(4096, 'x');
    while (out.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }

 private:
  fixtures::TempFolder folder_;
  bool mounted_;
};

/// Makes accounts until one is not acknowledged; answers how many were, and in `last` the other answer.
int make_accounts(const Official& security, const std::string& prefix, Answer& last) {
  constexpr int kEnough = 20'000;
  for (int i = 0; i < kEnough; ++i) {
    last = security.post("/api/v1/accounts", {{"name", prefix + std::to_string(i)}});
    if (last.status != 201) return i;
  }
  return kEnough;
}

void expect_accounts(const Official& security, const std::string& prefix, int count) {
  for (int i = 0; i < count; ++i) {
    const auto name = prefix + std::to_string(i);
    EXPECT_EQ(security.post("/api/v1/accounts", {{"name", name}}).status, 409) << name;
  }
}

TEST(FullDiskTest, IsToldToTheCallerAndPassesOnceThereIsRoom) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "this needs the right to mount";
  const auto passwords = set_up_demo(disk.data());
  const Contract contract;
  ServerProcess server(disk.data());
  const auto security =
      Official::sign_in(server.client(), contract, "security", passwords.at("security"));
  disk.fill();
  Answer refused;
  const int made = make_accounts(security, "before-", refused);
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(refused.body.value("code", ""), "database_full");
  EXPECT_EQ(security.get("/api/v1/me").status, 200);
  std::filesystem::remove(disk.ballast());
  EXPECT_EQ(security.post("/api/v1/accounts", {{"name", "after"}}).status, 201);
  expect_accounts(security, "before-", made);
  EXPECT_EQ(server.end(), 0);
  expect_sound(disk.data());
}

TEST(FullDiskTest, LosesNothingAcknowledgedWhenAFileMayNotGrow) {
  const fixtures::TempFolder folder;
  const auto data = folder / "data";
  const auto passwords = set_up_demo(data);
  const Contract contract;
  const auto sign_in = [&](const ServerProcess& server) {
    return Official::sign_in(server.client(), contract, "security", passwords.at("security"));
  };
  constexpr std::uint64_t kRoom = 512U << 10U;
  const auto largest = std::filesystem::file_size(data / "zeren.db") + kRoom;
  int made = 0;
  {
    ServerProcess server(data, largest);
    Answer refused;
    made = make_accounts(sign_in(server), "before-", refused);
    // Told, or hung up: after a failed write only a fresh start knows what the disk holds.
    EXPECT_TRUE(refused.status == 0 || refused.status >= 500) << refused.body;
    server.end();
  }
  EXPECT_GT(made, 0);
  ServerProcess server(data);
  const auto security = sign_in(server);
  expect_accounts(security, "before-", made);
  EXPECT_EQ(security.post("/api/v1/accounts", {{"name", "after"}}).status, 201);
  EXPECT_EQ(server.end(), 0);
  expect_sound(data);
}

}  // namespace
}  // namespace zeren::integration
