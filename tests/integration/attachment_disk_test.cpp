// What becomes of files on their way when the process dies or the disk is full; and the command line's own way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/attachment_desk.hpp"
#include "integration/raw_connection.hpp"
#include "integration/report_course.hpp"
#include "integration/server_process.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AttachmentDiskTest : public testing::Test {
 protected:
  Official sign_in(const ServerProcess& server) const {
    return Official::sign_in(server.client(), contract_, "qinglan-finance-clerk",
                             passwords_.at("qinglan-finance-clerk"));
  }
  std::filesystem::path blobs() const { return data_ / "blobs"; }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  Contract contract_;
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(AttachmentDiskTest, AKillBetweenTheFileAndItsRowLeavesAnOrphanThatIsSwept) {
  std::string record;
  {
    ServerProcess server(data_);
    const auto clerk = sign_in(server);
    record = draft_report(clerk, "qinglan-finance", year(-1));
    // Who holds the database's write lock holds the commit, and nothing before it.
    auto session = store::Session::open(data_ / "zeren.db", store::Access::ReadWrite);
    ASSERT_TRUE(session.has_value());
    ASSERT_TRUE(session->execute("BEGIN IMMEDIATE").has_value());
    RawConnection client(server.port());
    client.say(upload_head(clerk, record, 5) + "abcde");
    ASSERT_TRUE(comes_true([&] { return !kept_files(blobs()).empty(); }));
    server.end(SIGKILL);
    ASSERT_TRUE(session->execute("ROLLBACK").has_value());
  }
  // An hour ago, as far as the file can tell.
  const auto orphan = kept_files(blobs()).front();
  const auto earlier = std::filesystem::last_write_time(orphan) - std::chrono::hours(2);
  std::filesystem::last_write_time(orphan, earlier);
  ServerProcess server(data_);
  const auto clerk = sign_in(server);
  EXPECT_TRUE(comes_true([&] { return kept_files(blobs()).empty(); }));
  EXPECT_THAT(attachments_shown(clerk, record), IsEmpty());
  attached(clerk, record, {"a.txt", "abcde"});
  EXPECT_EQ(server.end(), 0);
  expect_sound(data_);
}

TEST_F(AttachmentDiskTest, AKillInTheMiddleOfAnUploadLeavesNothingForTheNextStart) {
  {
    ServerProcess server(data_);
    const auto clerk = sign_in(server);
    const auto record = draft_report(clerk, "qinglan-finance", year(-1));
    RawConnection client(server.port());
    client.say(upload_head(clerk, record, 1'000'000) + std::string(200'000, 'x'));
    ASSERT_TRUE(comes_true([&] { return incoming_files(blobs()).size() == 1; }));
    server.end(SIGKILL);
  }
  EXPECT_THAT(incoming_files(blobs()), SizeIs(1));
  ServerProcess server(data_);
  EXPECT_THAT(incoming_files(blobs()), IsEmpty());
  EXPECT_EQ(server.end(), 0);
  expect_sound(data_);
}

TEST_F(AttachmentDiskTest, AFullDiskIsToldAndLeavesNothingBehind) {
  std::filesystem::create_directories(blobs());
  if (::mount("tmpfs", blobs().c_str(), "tmpfs", 0, "size=4m,mode=700") != 0) {
    GTEST_SKIP() << "this needs the right to mount";
  }
  {
    ServerProcess server(data_);
    const auto clerk = sign_in(server);
    const auto record = draft_report(clerk, "qinglan-finance", year(-1));
    const auto refused = attach(clerk, record, {"large.bin", std::string(8 << 20, 'x')});
    EXPECT_EQ(refused.status, 503) << refused.body;
    EXPECT_EQ(refused.body.value("code", ""), "database_full");
    EXPECT_TRUE(comes_true([&] { return incoming_files(blobs()).empty(); }));
    EXPECT_THAT(attachments_shown(clerk, record), IsEmpty());
    const auto id = attached(clerk, record, {"small.txt", "甲"});
    EXPECT_EQ(read_attachment(clerk, record, id).bytes, "甲");
    EXPECT_EQ(server.end(), 0);
    expect_sound(data_);
  }
  ::umount2(blobs().c_str(), MNT_DETACH);
}

TEST_F(AttachmentDiskTest, TheCommandLineAttachesListsFetchesAndRemovesServedOrNot) {
  std::string record;
  const auto token = (folder_ / "token").string();
  {
    ServerProcess server(data_);
    const auto clerk = sign_in(server);
    record = draft_report(clerk, "qinglan-finance", year(-1));
    ASSERT_TRUE(base::write_file(token, clerk.token()).has_value());
  }
  const auto paper = folder_ / "附表.txt";
  ASSERT_TRUE(base::write_file(paper, "内容").has_value());
  const auto as_clerk = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--session", token, "record"});
    return zeren(data_, std::move(arguments));
  };
  for (const bool served : {false, true}) {
    std::optional<ServerProcess> server;
    if (served) server.emplace(data_);
    const auto refused = as_clerk({"attach", record, paper.string(), "--classification", "classified"});
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.err, HasSubstr("classified material"));
    const auto added = as_clerk({"attach", record, paper.string(), "--classification", "internal"});
    ASSERT_EQ(added.status, 0) << added.err;
    const auto id = base::parse_json(added.out)->value("attachment", "");
    EXPECT_THAT(as_clerk({"attachments", record}).out, HasSubstr("附表.txt"));
    const auto target = folder_ / (served ? "served.txt" : "own.txt");
    EXPECT_EQ(as_clerk({"download", record, id, target.string()}).status, 0);
    EXPECT_EQ(base::read_file(target).value_or(""), "内容");
    EXPECT_NE(as_clerk({"download", record, id, target.string()}).status, 0) << "it is there already";
    EXPECT_EQ(as_clerk({"detach", record, id, "--reason", "附件传错"}).status, 0);
    EXPECT_NE(as_clerk({"download", record, id, (folder_ / "gone.txt").string()}).status, 0);
  }
}

}  // namespace
}  // namespace zeren::integration
