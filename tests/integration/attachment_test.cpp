// Files of a record: who may add, read and remove them, and what they are part of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "integration/attachment_desk.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "integration/server_process.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AttachmentTest : public testing::Test {
 protected:
  std::filesystem::path blobs() const { return served_.paths().blobs(); }

  void send_report() {
    EXPECT_EQ(take_step(clerk_, record_, "submit").status, 200);
    EXPECT_EQ(take_step(principal_, record_, "approve").status, 200);
  }

  // The identifier, which no answer shows.
  std::string unit_of(const std::string& record) const {
    auto session = store::Session::open(served_.paths().database(), store::Access::ReadOnly);
    return (*session->first("SELECT unit FROM record WHERE id = :1",
                            std::vector<store::Value>{record}))->text(0);
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  Official principal_ = served_.sign_in("qinglan-finance-principal");
  Official committee_ = served_.sign_in("qinglan-clerk");
  std::string record_ = draft_report(clerk_, "qinglan-finance", "2025");
};

TEST_F(AttachmentTest, AFileComesOutAsItWentInUnderItsName) {
  const Paper paper{"附表 \"一\".xlsx", std::string("\0\xFF\r\n\x1A", 5), "public"};
  const auto added = attach(clerk_, record_, paper);
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(added.body.at("digest"), base::to_base64(base::sha256(paper.bytes)));
  const auto read = read_attachment(clerk_, record_, added.body.at("attachment"));
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.bytes, paper.bytes);
  EXPECT_EQ(read.headers.at("content-type"), "application/octet-stream");
  EXPECT_EQ(read.headers.at("etag"), "\"" + base::to_hex(base::sha256(paper.bytes)) + "\"");
  EXPECT_THAT(read.headers.at("content-disposition"),
              HasSubstr("filename*=UTF-8''%E9%99%84%E8%A1%A8%20%22%E4%B8%80%22.xlsx"));
  EXPECT_EQ(read.headers.at("x-content-type-options"), "nosniff");
}

TEST_F(AttachmentTest, APartOfAFileIsServed) {
  const auto id = attached(clerk_, record_, {"a.txt", "0123456789"});
  const auto part = [&](const std::string& range) {
    return read_attachment(clerk_, record_, id, {{"range", range}});
  };
  EXPECT_EQ(part("bytes=2-4").bytes, "234");
  EXPECT_EQ(part("bytes=2-4").headers.at("content-range"), "bytes 2-4/10");
  EXPECT_EQ(part("bytes=7-").bytes, "789");
  EXPECT_EQ(part("bytes=-2").status, 206);
  EXPECT_EQ(part("bytes=0-1,3-4").bytes, "0123456789");
  EXPECT_EQ(part("bytes=10-").status, 416);
  const auto changed = read_attachment(clerk_, record_, id, {{"range", "bytes=2-4"}, {"if-range", "\"x\""}});
  EXPECT_EQ(changed.bytes, "0123456789");
}

TEST_F(AttachmentTest, TheDigestOfADispatchCoversTheFiles) {
  const Paper paper{"a.txt", "甲", "internal"};
  attached(clerk_, record_, paper);
  send_report();
  const auto shown = record_of(clerk_, record_);
  const auto row = shown.at("attachments").front();
  const Json files = Json::array({{{"digest", base::to_base64(base::sha256(paper.bytes))},
                                   {"size", paper.bytes.size()},
                                   {"name", paper.name},
                                   {"classification", "internal"}}});
  EXPECT_EQ(row.at("digest"), files.front().at("digest"));
  const auto digest_with = [&](const Json& attachments) {
    const Json covered{{"record", record_},           {"type", "principal_report"},
                       {"unit", unit_of(record_)},    {"period", "2025"},
                       {"content", shown.at("content")}, {"attachments", attachments}};
    return base::to_base64(base::sha256(*base::canonical(covered)));
  };
  const auto sent = shown.at("rounds").back().at("digest");
  EXPECT_EQ(sent, digest_with(files));
  EXPECT_NE(sent, digest_with(Json::array()));
}

TEST_F(AttachmentTest, IsRemovedForAReasonWhichIsAskedForInSoManyWords) {
  const auto file = attached(clerk_, record_, {"a.txt", "甲"});
  const auto remove = "/api/v1/records/" + record_ + "/attachments/" + file + "/remove";
  for (const auto& body : {Json::object(), Json{{"reason", " "}}}) {
    EXPECT_EQ(clerk_.post(remove, body).body.value("code", ""), "step_reason_missing") << body;
  }
}

TEST_F(AttachmentTest, EachChangeOfTheFilesIsAContentVersionOfItsOwn) {
  const auto first = attached(clerk_, record_, {"a.txt", "甲"});
  const auto second = attached(clerk_, record_, {"b.txt", "乙"});
  EXPECT_EQ(remove_attachment(clerk_, record_, first).status, 200);
  const auto files_of = [&](int version) {
    std::vector<std::string> ids;
    const auto shown =
        clerk_.get("/api/v1/records/" + record_ + "/versions/" + std::to_string(version)).body;
    for (const auto& each : shown.at("attachments")) ids.push_back(each.at("id"));
    return ids;
  };
  EXPECT_THAT(files_of(1), IsEmpty());
  EXPECT_THAT(files_of(2), ElementsAre(first));
  EXPECT_THAT(files_of(3), ElementsAre(first, second));
  EXPECT_THAT(files_of(4), ElementsAre(second));
}

TEST_F(AttachmentTest, ARecipientReadsWhatItWasSentAndNothingElse) {
  const auto withdrawn = attached(clerk_, record_, {"draft.txt", "草稿"});
  EXPECT_EQ(remove_attachment(clerk_, record_, withdrawn).status, 200);
  const auto sent = attached(clerk_, record_, {"a.txt", "送出"});
  EXPECT_EQ(read_attachment(committee_, record_, sent).status, 404);
  send_report();
  EXPECT_THAT(attachments_shown(committee_, record_), ElementsAre(sent));
  EXPECT_EQ(read_attachment(committee_, record_, sent).bytes, "送出");
  EXPECT_EQ(read_attachment(committee_, record_, withdrawn).status, 404);
  EXPECT_EQ(answer_leg(committee_, record_, "qinglan", "return", "请补充").status, 200);
  const auto later = attached(clerk_, record_, {"b.txt", "补充"});
  EXPECT_EQ(remove_attachment(clerk_, record_, sent).status, 200);
  EXPECT_EQ(read_attachment(committee_, record_, later).status, 404);
  EXPECT_EQ(read_attachment(committee_, record_, sent).bytes, "送出") << "it was part of what was sent";
}

TEST_F(AttachmentTest, ReadingAFileOpensWhatWasSent) {
  const auto id = attached(clerk_, record_, {"a.txt", "甲"});
  send_report();
  EXPECT_EQ(read_attachment(committee_, record_, id).status, 200);
  EXPECT_EQ(take_step(clerk_, record_, "withdraw").status, 409);
}

TEST_F(AttachmentTest, OnlyWhoMayEditTheContentAddsAndRemovesAndOnlyThen) {
  const auto id = attached(clerk_, record_, {"a.txt", "甲"});
  EXPECT_EQ(attach(principal_, record_, {}).status, 403);
  EXPECT_EQ(remove_attachment(principal_, record_, id).status, 403);
  EXPECT_EQ(attach(committee_, record_, {}).status, 404);
  EXPECT_EQ(take_step(clerk_, record_, "submit").status, 200);
  EXPECT_EQ(attach(clerk_, record_, {}).body.value("code", ""), "step_not_allowed_in_state");
  EXPECT_EQ(remove_attachment(clerk_, record_, id).body.value("code", ""), "step_not_allowed_in_state");
}

TEST_F(AttachmentTest, E6RecusalClosesTheFilesToo) {
  const auto id = attached(clerk_, record_, {"a.txt", "甲"});
  const Json recusal{{"relation", "近亲属"}};
  EXPECT_EQ(principal_.post("/api/v1/records/" + record_ + "/recusals", recusal).status, 200);
  EXPECT_EQ(read_attachment(principal_, record_, id).body.value("code", ""), "record_recused");
  EXPECT_EQ(read_attachment(clerk_, record_, id).status, 200);
}

TEST_F(AttachmentTest, RemovingSaysWhyAndLeavesTheRow) {
  const auto id = attached(clerk_, record_, {"a.txt", "甲"});
  EXPECT_EQ(remove_attachment(clerk_, record_, id, " ").status, 422);
  EXPECT_EQ(remove_attachment(clerk_, record_, id, "附件传错").status, 200);
  EXPECT_EQ(remove_attachment(clerk_, record_, id, "再次").body.value("code", ""), "attachment_unknown");
  const auto listed = clerk_.get("/api/v1/records/" + record_ + "/attachments").body.at("items");
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed.front().at("reason"), "附件传错");
  EXPECT_EQ(listed.front().at("readable"), false);
  EXPECT_EQ(read_attachment(clerk_, record_, id).status, 404);
}

TEST_F(AttachmentTest, ARepeatedUploadIsDoneOnce) {
  const Paper paper;
  const auto first = attach(clerk_, record_, paper, {{}, "key-1"});
  const auto again = attach(clerk_, record_, paper, {{}, "key-1"});
  EXPECT_EQ(again.body, first.body);
  EXPECT_THAT(attachments_shown(clerk_, record_), SizeIs(1));
  auto other = paper;
  other.bytes = "别的内容";
  EXPECT_EQ(attach(clerk_, record_, other, {{}, "key-1"}).body.value("code", ""),
            "idempotency_key_reused");
}

TEST_F(AttachmentTest, ReadingWhatIsSensitiveIsAnEntry) {
  const auto plain = attached(clerk_, record_, {"a.txt", "甲", "internal"});
  const auto sensitive = attached(clerk_, record_, {"b.txt", "乙", "sensitive"});
  const auto before = served_.log_size();
  EXPECT_EQ(read_attachment(clerk_, record_, plain).status, 200);
  EXPECT_EQ(served_.log_size(), before);
  EXPECT_EQ(read_attachment(clerk_, record_, sensitive).status, 200);
  EXPECT_EQ(served_.log_size(), before + 1);
}

TEST_F(AttachmentTest, TheSameBytesAreKeptOnceAndSweptWhenNobodyNeedsThem) {
  const auto one = attached(clerk_, record_, {"a.txt", "同样的内容"});
  const auto two = attached(clerk_, record_, {"b.txt", "同样的内容"});
  EXPECT_THAT(kept_files(blobs()), SizeIs(1));
  attached(clerk_, record_, {"c.txt", "另一份"});
  EXPECT_EQ(remove_attachment(clerk_, record_, one).status, 200);
  served_.move_to("2026-01-02");
  clerk_ = served_.sign_in("qinglan-finance-clerk");
  EXPECT_EQ(read_attachment(clerk_, record_, two).bytes, "同样的内容");
  EXPECT_EQ(remove_attachment(clerk_, record_, two).status, 200);
  served_.move_to("2026-01-03");
  EXPECT_TRUE(comes_true([&] { return kept_files(blobs()).size() == 1; }));
}

TEST_F(AttachmentTest, WhatWasChangedOrLostOnDiskIsToldAndFoundByVerify) {
  const auto changed = attached(clerk_, record_, {"a.txt", "甲甲甲"});
  const auto first = kept_files(blobs()).front();
  const auto lost = attached(clerk_, record_, {"b.txt", "乙乙乙"});
  for (const auto& file : kept_files(blobs())) {
    if (file != first) std::filesystem::remove(file);
  }
  EXPECT_TRUE(base::write_file(first, "甲甲乙").has_value());
  for (const auto& [id, name] : {std::pair{changed, "a.txt"}, std::pair{lost, "b.txt"}}) {
    const auto answer = read_attachment(clerk_, record_, id);
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.value("code", ""), "attachment_corrupt");
    EXPECT_THAT(answer.body.value("detail", ""), HasSubstr(name));
  }
  served_.stop();
  const auto verified = zeren(served_.paths().folder, {"audit", "verify"});
  EXPECT_NE(verified.status, 0);
  EXPECT_THAT(verified.out, HasSubstr("2 problems"));
  EXPECT_THAT(verified.err, HasSubstr(first.string()));
  EXPECT_THAT(verified.err, HasSubstr(changed));
  EXPECT_THAT(verified.err, HasSubstr(lost));
}

TEST_F(AttachmentTest, WhatIsAsItWasIsVerified) {
  attached(clerk_, record_, {"a.txt", "甲"});
  send_report();
  served_.stop();
  expect_sound(served_.paths().folder);
}

}  // namespace
}  // namespace zeren::integration
