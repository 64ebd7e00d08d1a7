// What becomes of a record's files in its plans, and what leaves its version alone.
#include "records/attachment_plans.hpp"
#include "unit/records/task_course.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using testing::SizeIs;

class AttachmentPlanTest : public TaskCourse {
 protected:
  base::Result<void> attach(const std::string& who, const std::string& bytes,
                            const std::string& name = "附表.xlsx") {
    const store::Blob blob{base::sha256(bytes), static_cast<std::int64_t>(bytes.size())};
    return carry_out(plan_attach(type_, record_, {name, Classification::Internal}, blob, world_.actor(who),
                                 planning()));
  }

  base::Result<void> remove(const std::string& id, const std::string& reason = "附件传错") {
    return carry_out(plan_remove_attachment(type_, record_, id, reason, world_.actor(kClerk), planning()));
  }

  bool needed(const std::string& bytes) {
    return is_needed(world_.session(), base::sha256(bytes)).value();
  }
};

TEST_F(AttachmentPlanTest, AFileBelongsToTheContentVersionsFromItsAddingToItsRemoval) {
  ASSERT_THAT(draft(), Done());
  ASSERT_THAT(attach(kClerk, "甲"), Done());
  EXPECT_EQ(record_.content_version, 2);
  ASSERT_THAT(remove(record_.attachments.front().id), Done());
  const auto& file = record_.attachments.front();
  EXPECT_FALSE(file.is_part_of(1));
  EXPECT_TRUE(file.is_part_of(2));
  EXPECT_FALSE(file.is_part_of(3));
  EXPECT_EQ(file.reason, "附件传错");
  EXPECT_THAT(remove(file.id), RefusedWith(Code::AttachmentUnknown));
}

TEST_F(AttachmentPlanTest, TheLeafShowsNothingOfAFileAndTheEntryCommitsToAllOfIt) {
  ASSERT_THAT(draft(), Done());
  ASSERT_THAT(attach(kClerk, "甲"), Done());
  const Json file{{"name", "附表.xlsx"}, {"size", 3}, {"digest", base::to_base64(base::sha256("甲"))}};
  EXPECT_EQ(plan_.act.committed.at("attachment"), file);
  EXPECT_EQ(plan_.act.objects.back().type, "attachment");
}

TEST_F(AttachmentPlanTest, OnlyWhatStandsOrWasSentIsNeeded) {
  ASSERT_THAT(draft(), Done());
  ASSERT_THAT(attach(kClerk, "未报送"), Done());
  ASSERT_THAT(attach(kClerk, "已报送"), Done());
  EXPECT_TRUE(needed("未报送"));
  ASSERT_THAT(remove(record_.attachments.front().id), Done());
  EXPECT_FALSE(needed("未报送"));
  ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  ASSERT_THAT(answer_leg(kCity, "qinglan", "return", "请补充"), Done());
  ASSERT_THAT(remove(record_.attachments.back().id), Done());
  EXPECT_TRUE(needed("已报送"));
  EXPECT_THAT(load_kept_files(world_.session()).value(), SizeIs(1));
}

TEST_F(AttachmentPlanTest, SecrecyIsDeclaredFirstAndWhatIsSecretIsNotLookedAt) {
  EXPECT_EQ(declare("a.txt", "sensitive").value().classification, Classification::Sensitive);
  for (const auto* word : {"classified", "涉密", "秘密", "机密", "绝密", "secret"}) {
    EXPECT_THAT(declare("../\x1b", word), RefusedWith(Code::AttachmentClassified)) << word;
  }
  EXPECT_THAT(declare("a.txt", ""), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(declare(std::string(256, 'a'), "public"), RefusedWith(Code::RequestMalformed));
  EXPECT_THAT(declare("a\tb", "public"), RefusedWith(Code::TextHidden));
}

TEST_F(AttachmentPlanTest, ARecordTakesAHundredFiles) {
  ASSERT_THAT(draft(), Done());
  record_.attachments.resize(100);
  EXPECT_THAT(attach(kClerk, "甲"), RefusedWith(Code::RequestMalformed));
}

TEST_F(AttachmentPlanTest, AModuleFillsInNothingThatNobodySees) {
  ASSERT_THAT(draft(), Done());
  const auto actor = world_.actor(kClerk);
  const auto admitted = admit_step(type_, record_, {"submit", ""}, actor);
  ASSERT_TRUE(admitted.has_value());
  EXPECT_THAT(plan_step(type_, record_, *admitted, "", {{"problems", "问题\u202E"}}, &owed_, actor, planning()),
              RefusedWith(Code::TextHidden));
}

TEST_F(AttachmentPlanTest, ReadingUrgingAndCommentingKeepTheVersionAndGuardTheirOwnRows) {
  sent();
  const auto version = record_.version;
  ASSERT_THAT(read_by(kCity), Done());
  EXPECT_EQ(record_.version, version);
  ASSERT_THAT(carry_out(plan_urge_leg(type_, record_, leg("qinglan-cdi").id, "请签收", world_.actor(kClerk),
                                      planning())),
              Done());
  EXPECT_EQ(record_.version, version);
  EXPECT_EQ(record_.history.back().step, "leg.urge");
  EXPECT_EQ(leg("qinglan-cdi").urged, 1);
  const auto guarded = [&](const std::string& table) {
    return std::ranges::any_of(plan_.reads, [&](const auto& read) { return read.table == table; });
  };
  EXPECT_TRUE(guarded("leg"));
}

}  // namespace
}  // namespace zeren::records
