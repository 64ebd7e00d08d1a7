// Uploads on the wire: refused by their heads, slow, cut off, too large, and large without costing memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/file.hpp"
#include "integration/attachment_desk.hpp"
#include "integration/raw_connection.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr seconds kPatient{30};

class AttachmentStreamTest : public testing::Test {
 protected:
  std::filesystem::path blobs() const { return served_.paths().blobs(); }

  void expect_nothing_stored() const {
    EXPECT_THAT(kept_files(blobs()), IsEmpty());
    EXPECT_THAT(incoming_files(blobs()), IsEmpty());
    EXPECT_THAT(attachments_shown(clerk_, record_), IsEmpty());
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  std::string record_ = draft_report(clerk_, "qinglan-finance", "2025");
};

TEST_F(AttachmentStreamTest, WhatIsClassifiedIsRefusedBeforeItsFirstByteAndNothingIsStored) {
  const auto entries = served_.log_size();
  for (const std::string word : {"classified", "%E6%B6%89%E5%AF%86", "%E6%9C%BA%E5%AF%86"}) {
    auto head = upload_head(clerk_, record_, 1'000'000, "expect: 100-continue\r\n");
    head.replace(head.find("=internal") + 1, 8, word);
    RawConnection client(served_.port());
    client.say(head);
    const auto heard = client.heard("attachment_classified", kPatient);
    EXPECT_THAT(heard, HasSubstr("HTTP/1.1 403"));
    EXPECT_THAT(heard, testing::Not(HasSubstr("100 Continue")));
  }
  EXPECT_EQ(served_.log_size(), entries + 3) << "each refusal is an entry";
  expect_nothing_stored();
}

TEST_F(AttachmentStreamTest, WhatIsNotDeclaredOrHasNoFitNameIsRefused) {
  EXPECT_EQ(attach(clerk_, record_, {"a.txt", "甲", ""}).status, 400);
  EXPECT_EQ(attach(clerk_, record_, {"a.txt", "甲", "official"}).status, 400);
  for (const auto* name : {"", " ", "../a.txt", "a\\b", "..", "\xFF\xFE.txt"}) {
    EXPECT_EQ(attach(clerk_, record_, {name, "甲"}).status, 400) << name;
  }
  const auto turned = attach(clerk_, record_, {"附表\u202Exslx.exe", "甲"});
  EXPECT_EQ(turned.status, 422);
  EXPECT_THAT(turned.body.value("detail", ""), HasSubstr("U+202E"));
  EXPECT_EQ(attach(clerk_, record_, {"a\nb.txt", "甲"}).status, 422);
  expect_nothing_stored();
}

TEST_F(AttachmentStreamTest, AConnectionThatIsCutLeavesNothingBehind) {
  {
    RawConnection client(served_.port());
    client.say(upload_head(clerk_, record_, 1'000'000) + std::string(200'000, 'x'));
    ASSERT_TRUE(comes_true([&] { return incoming_files(blobs()).size() == 1; }));
  }
  EXPECT_TRUE(comes_true([&] { return incoming_files(blobs()).empty(); }));
  expect_nothing_stored();
}

TEST_F(AttachmentStreamTest, WhoUploadsSlowlyHoldsNobodyUp) {
  std::vector<RawConnection> slow;
  for (int i = 0; i < 70; ++i) {
    slow.emplace_back(served_.port());
    slow.back().say(upload_head(clerk_, record_, 1'000'000) + "x");
  }
  ASSERT_TRUE(comes_true([&] { return incoming_files(blobs()).size() == slow.size(); }));
  attached(clerk_, record_, {"a.txt", "甲"});
  EXPECT_EQ(clerk_.get("/api/v1/records/" + record_).status, 200);
}

TEST_F(AttachmentStreamTest, AFileOfUnknownSizeComesInChunks) {
  RawConnection client(served_.port());
  auto head = upload_head(clerk_, record_, 0, "transfer-encoding: chunked\r\n");
  const auto at = head.find("content-length: 0\r\n");
  head.erase(at, std::string("content-length: 0\r\n").size());
  client.say(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_THAT(client.heard("\"attachment\"", kPatient), HasSubstr("HTTP/1.1 201"));
  const auto ids = attachments_shown(clerk_, record_);
  ASSERT_THAT(ids, SizeIs(1));
  EXPECT_EQ(read_attachment(clerk_, record_, ids.front()).bytes, "abcde");
}

/// The program with its own process: what its memory does can be measured.
class LargeFileTest : public testing::Test {
 protected:
  // The most memory it ever had, in bytes.
  static std::int64_t peak_of(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
    }
    return 0;
  }

  Official clerk_of(const ServerProcess& server) const {
    return Official::sign_in(server.client(), contract_, "qinglan-finance-clerk",
                             passwords_.at("qinglan-finance-clerk"));
  }

  // A session of the command line's.
  std::string write_token(const Official& official) const {
    const auto file = folder_ / "token";
    EXPECT_TRUE(base::write_file(file, official.token()).has_value());
    return file.string();
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  Contract contract_;
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(LargeFileTest, TwoHundredMegabytesCostTheServerNoMemory) {
  constexpr std::size_t kPieces = 200;
  const std::string piece(1 << 20, 'x');
  // AddressSanitizer keeps what is freed, to see who still uses it: that would be its memory, not the server's.
  ::setenv("ASAN_OPTIONS", "quarantine_size_mb=1", 1);
  ServerProcess server(data_);
  const auto clerk = clerk_of(server);
  const auto record = draft_report(clerk, "qinglan-finance", year(-1));
  attached(clerk, record, {"small.txt", "甲"});
  const auto before = peak_of(server.pid());
  RawConnection client(server.port());
  client.say(upload_head(clerk, record, kPieces * piece.size()));
  for (std::size_t i = 0; i < kPieces; ++i) client.say(piece);
  EXPECT_THAT(client.heard("\"attachment\"", seconds(120)), HasSubstr("HTTP/1.1 201"));
  const auto ids = attachments_shown(clerk, record);
  ASSERT_THAT(ids, SizeIs(2));
  const auto target = folder_ / "back.bin";
  const auto fetched = zeren(data_, {"--session", write_token(clerk), "record", "download", record, ids.back(),
                                     target.string()});
  EXPECT_EQ(fetched.status, 0) << fetched.err;
  EXPECT_EQ(std::filesystem::file_size(target), kPieces * piece.size());
  EXPECT_LT(peak_of(server.pid()) - before, std::int64_t{24} << 20U);
  EXPECT_EQ(server.end(), 0);
}

TEST_F(LargeFileTest, AFileLargerThanTheDeploymentAllowsIsRefused) {
  auto deployment = *base::parse_json(*base::read_file(data_ / "deployment.json"));
  deployment["attachments"] = {{"largest_mib", 1}};
  ASSERT_TRUE(base::write_file(data_ / "deployment.json", deployment.dump()).has_value());
  ServerProcess server(data_);
  const auto clerk = clerk_of(server);
  const auto record = draft_report(clerk, "qinglan-finance", year(-1));
  RawConnection announced(server.port());
  announced.say(upload_head(clerk, record, (1 << 20) + 1, "expect: 100-continue\r\n"));
  EXPECT_THAT(announced.heard("attachment_too_large", kPatient), HasSubstr("HTTP/1.1 413"));
  RawConnection grown(server.port());
  auto head = upload_head(clerk, record, 0, "transfer-encoding: chunked\r\n");
  head.erase(head.find("content-length: 0\r\n"), std::string("content-length: 0\r\n").size());
  grown.say(head);
  for (int i = 0; i < 20; ++i) grown.say("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
  EXPECT_THAT(grown.heard("attachment_too_large", kPatient), HasSubstr("HTTP/1.1 413"));
  EXPECT_TRUE(comes_true([&] { return incoming_files(data_ / "blobs").empty(); }));
  EXPECT_EQ(attach(clerk, record, {"a.bin", std::string(1 << 20, 'x')}).status, 201);
  EXPECT_EQ(server.end(), 0);
}

}  // namespace
}  // namespace zeren::integration
