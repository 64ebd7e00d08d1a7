// One record for several obligations in a whole host: a report that was sent stands for a further one of the same unit
// that allows it, is judged there by when it got to whom that one asks for, and stops standing for it when it is taken
// back or declared void.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/module_commands.hpp"
#include "app/commands/reuse_commands.hpp"
#include "app/queries/record_queries.hpp"
#include "base/digest.hpp"
#include "unit/app/host_world.hpp"
#include "unit/records/further_reports.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Json;
using testing::IsEmpty;

const access::Principal kOperator = access::system_principal("test");

class ReuseTest : public fixtures::HostWorld {
 protected:
  ReuseTest() {
    const auto text = fixtures::further_reports_manifest().dump(2);
    const auto folder = folder_ / "delivered" / "reports";
    fs::create_directories(folder);
    EXPECT_TRUE(base::write_file(folder / "module.json", text));
    EXPECT_TRUE(base::write_file(folder / "MANIFEST", base::to_hex(base::sha256(text)) + "  module.json\n"));
    must(run(kOperator, enable_module(kOperator, {"reports", "qinglan", {}}, {folder_ / "delivered", host_->store()})));
    derive();
  }

  void derive() {
    must(run(kOperator, derive_obligations(kOperator, {base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)})));
  }

  /// The line of the unit's ledger for 2025.
  Json line(const std::string& rule) {
    ObligationFilter filter;
    filter.module = "reports";
    filter.unit = "qinglan-finance";
    filter.period = "2025";
    const auto list = ask(list_obligations(clerk_, filter, {Page::kAll, ""}));
    for (const auto& item : list.at("items")) {
      if (item.at("rule") == rule) return item;
    }
    ADD_FAILURE() << rule << " is not owed";
    return {};
  }
  std::string owes(const std::string& rule) { return line(rule).value("id", ""); }

  std::string draft(const std::string& rule) {
    const Json content{{"arrangements", "a"}, {"fulfilment", "b"}, {"problems", "c"},
                       {"rectification", "d"}, {"next_steps", "e"}};
    return must(run(clerk_, draft_record(clerk_, owes(rule), content))).value("id", "");
  }
  base::Result<Json> step(const access::Principal& who, const std::string& record, const std::string& key,
                          const std::string& reason = "") {
    const auto version = ask(show_record(clerk_, record)).at("version").get<std::int64_t>();
    return run(who, take_step(who, record, version, {key, reason, ""}));
  }
  /// A report for the first obligation, sent.
  std::string sent() {
    const auto id = draft("DR1");
    must(step(clerk_, id, "submit"));
    must(step(head_, id, "approve"));
    return id;
  }
  base::Result<Json> use(const std::string& record, const access::Principal& who) {
    return run(who, reuse_record(who, owes("SUMMARY"), record));
  }
  base::Result<Json> take_back(const std::string& reason) {
    return run(clerk_, end_reuse(clerk_, owes("SUMMARY"), reason));
  }
  static std::string reason_of(const base::Result<Json>& refused) {
    return refused ? "taken" : refused.error().args.at("reason");
  }

  access::Principal clerk_ = principal("qinglan-finance-clerk");
  access::Principal head_ = principal("qinglan-finance-principal");
};

TEST_F(ReuseTest, ASentReportFulfilsAFurtherObligationAndBothLedgerLinesShowIt) {
  const auto id = sent();
  must(use(id, clerk_));
  for (const auto* rule : {"DR1", "SUMMARY"}) {
    EXPECT_EQ(line(rule).at("record"), id);
    EXPECT_EQ(line(rule).at("light"), "blue");
    EXPECT_EQ(line(rule).at("state"), "dispatched");
    EXPECT_FALSE(line(rule).at("state_title").is_null());
  }
  EXPECT_EQ(line("DR1").at("reused"), false);
  EXPECT_EQ(line("SUMMARY").at("reused"), true);
  EXPECT_EQ(entries("record.reuse"), 1);
}

TEST_F(ReuseTest, TheRecordSaysWhatElseItIsUsedFor) {
  const auto id = sent();
  EXPECT_THAT(ask(show_record(clerk_, id)).at("also_fulfils"), IsEmpty());
  must(use(id, clerk_));
  const auto also = ask(show_record(clerk_, id)).at("also_fulfils");
  ASSERT_EQ(also.size(), 1U);
  EXPECT_EQ(also[0].at("obligation"), owes("SUMMARY"));
  EXPECT_EQ(also[0].at("rule"), "SUMMARY");
  EXPECT_EQ(also[0].at("period"), "2025");
}

TEST_F(ReuseTest, IsJudgedByWhenItWasDelivered) {
  move_to("2026-03-01");
  const auto id = sent();
  must(use(id, clerk_));
  EXPECT_EQ(line("SUMMARY").at("light"), "red");
  EXPECT_EQ(line("SUMMARY").at("light"), line("DR1").at("light"));
}

TEST_F(ReuseTest, WhatWasNotSentYetFulfilsNothingElse) {
  const auto id = draft("DR1");
  const auto refused = use(id, clerk_);
  EXPECT_EQ(refused.error().code, Code::ReuseUnfit);
  EXPECT_EQ(reason_of(refused), "it was not sent to everybody under \"superior_committee\"; send it there first");
}

TEST_F(ReuseTest, OnlyWhatTheRuleAllowsIsUsed) {
  const auto id = sent();
  const auto refused = run(clerk_, reuse_record(clerk_, owes("ONLY_A_SUMMARY"), id));
  EXPECT_EQ(reason_of(refused), "the rule does not allow a record of this type");
}

TEST_F(ReuseTest, AStrangerKnowsNeitherTheObligationNorTheRecord) {
  const auto id = sent();
  const auto stranger = principal("yunxiu-clerk");
  EXPECT_EQ(use(id, stranger).error().code, Code::ObligationUnknown);
  must(use(id, clerk_));
  EXPECT_EQ(run(stranger, end_reuse(stranger, owes("SUMMARY"), "x")).error().code, Code::ObligationUnknown);
}

TEST_F(ReuseTest, WhoMayNotDraftSuchRecordsUsesNone) {
  const auto id = sent();
  EXPECT_EQ(use(id, head_).error().code, Code::Forbidden);
}

TEST_F(ReuseTest, NobodyDraftsForWhatAnotherRecordFulfils) {
  const auto id = sent();
  must(use(id, clerk_));
  const auto refused = run(clerk_, draft_record(clerk_, owes("SUMMARY"), Json::object()));
  EXPECT_EQ(refused.error().code, Code::RecordExists);
  EXPECT_EQ(refused.error().args.at("record"), id);
  EXPECT_EQ(use(id, clerk_).error().code, Code::RecordExists);
}

TEST_F(ReuseTest, IsTakenBackWithAReasonAndThenOwedAgain) {
  const auto id = sent();
  EXPECT_EQ(take_back("误用").error().code, Code::ReuseUnfit);
  must(use(id, clerk_));
  EXPECT_EQ(take_back(" ").error().code, Code::StepReasonMissing);
  must(take_back("误用"));
  EXPECT_TRUE(line("SUMMARY").at("record").is_null());
  EXPECT_EQ(line("DR1").at("record"), id);
  EXPECT_EQ(take_back("误用").error().code, Code::ReuseUnfit);
  must(use(id, clerk_));
  EXPECT_EQ(line("SUMMARY").at("record"), id);
}

TEST_F(ReuseTest, WhatWasDraftedForTheObligationItselfStaysItsRecord) {
  const auto id = sent();
  const auto own = draft("SUMMARY");
  EXPECT_EQ(use(id, clerk_).error().code, Code::RecordExists);
  EXPECT_EQ(line("SUMMARY").at("record"), own);
}

TEST_F(ReuseTest, EndsWhenTheRecordIsWithdrawnOrDeclaredVoid) {
  const auto id = sent();
  must(use(id, clerk_));
  must(step(clerk_, id, "withdraw"));
  move_to("2026-02-10");
  EXPECT_EQ(line("SUMMARY").at("light"), "red") << "what was withdrawn has been delivered to nobody";
  must(step(head_, id, "void", "重复"));
  EXPECT_TRUE(line("SUMMARY").at("record").is_null());
  draft("SUMMARY");
}

TEST_F(ReuseTest, DerivingAgainChangesNothing) {
  must(use(sent(), clerk_));
  const auto before = line("SUMMARY");
  derive();
  EXPECT_EQ(line("SUMMARY"), before);
}

}  // namespace
}  // namespace zeren::app
