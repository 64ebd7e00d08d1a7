// What modules do about events: as commands of their own, once, within what their manifests permit, and not for ever.
#include <gmock/gmock.h>

#include "app/commands/reaction_commands.hpp"
#include "app/commands/webhook_commands.hpp"
#include "app/queries/host_queries.hpp"
#include "audit/verify.hpp"
#include "manifest/manifest.hpp"
#include "records/verb.hpp"
#include "unit/app/reactions_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using testing::HasSubstr;
using testing::IsEmpty;

class ReactionsTest : public fixtures::ReactionsWorld {
 protected:
  /// The module that does as its notes say, told of their closing by event.
  void enable_obeying(const std::function<void(Json&)>& change = [](Json&) {}) {
    enable("obeys", [&](Json& manifest) {
      fixtures::obey_notes(manifest);
      change(manifest);
    });
  }
  std::string comment_of(const std::string& record) {
    const auto clerk = principal("qinglan-finance-clerk");
    const auto comments = ask(show_record(clerk, record)).at("comments");
    return comments.size() == 1 ? comments[0].value("text", "") : std::to_string(comments.size()) + " comments";
  }
};

constexpr auto kComment = R"({"commands": [{"comment": {"record": "$record", "text": "已登记"}}]})";

TEST_F(ReactionsTest, TellsOfAStepWithTheFieldsThatTheManifestNamesAndNoOthers) {
  enable_obeying([](Json& manifest) { manifest["events"]["out"]["note.closed"]["with"] = {"title"}; });
  const auto id = close_note("{}");
  EXPECT_EQ(events("note.closed"), 1);
  ask([&](Snapshot& snapshot) -> Result<Json> {
    const auto row = *snapshot.session.first(
        "SELECT subject, data, audience, hops FROM outbox WHERE type = 'zeren.note.closed'");
    EXPECT_EQ(row->text(0), "record/" + id);
    const auto data = *base::parse_json(row->text(1));
    EXPECT_EQ(data.at("fields"), (Json{{"title", "会议"}}));
    EXPECT_EQ(data.value("period", ""), "2025");
    EXPECT_EQ(data.value("state", ""), "closed");
    EXPECT_EQ(row->text(2), "own_side");
    EXPECT_EQ(row->integer(3), 0);
    return Json{};
  });
}

TEST_F(ReactionsTest, CommentsInTheNameOfTheModuleWithAnEntryThatNamesEventAndCode) {
  enable_obeying();
  const auto id = close_note(kComment);
  tell_all();
  EXPECT_EQ(comment_of(id), "已登记");
  EXPECT_EQ(number("SELECT COUNT(*) FROM audit_entry WHERE leaf LIKE '%\"record.comment\"%'"
                   " AND leaf LIKE '%\"module:obeys\"%' AND leaf LIKE '%\"event\"%'"),
            1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM reaction WHERE module = 'obeys' AND command = 'comment'"), 1);
  EXPECT_THAT(letters(), IsEmpty());
}

TEST_F(ReactionsTest, LeavesALogThatVerifies) {
  enable_obeying();
  close_note(R"({"commands": [{"comment": {"record": "$record", "text": "已登记"}},
                             {"emit": {"event": "note.closed", "unit": "qinglan"}},
                             {"notify": {"unit": "qinglan-finance", "title": {"en": "x", "zh-CN": "某事"}}},
                             {"draft": {"rule": "N2", "unit": "qinglan-finance", "period": "2025", "content": {}}}]})");
  tell_all();
  EXPECT_EQ(number("SELECT COUNT(*) FROM reaction"), 4) << letters().dump(2);
  auto session = store::Session::open(paths().database(), store::Access::ReadOnly);
  ASSERT_TRUE(session.has_value()) << base::report_of(session.error());
  const auto report = audit::verify(*session, {host_->key().verifier(), {}});
  ASSERT_TRUE(report.has_value()) << base::report_of(report.error());
  EXPECT_TRUE(report->sound()) << base::report_of(report->findings.front());
}

TEST_F(ReactionsTest, CarriesOutAnAnswerOnceHoweverOftenItsEventIsTold) {
  enable_obeying();
  const auto id = close_note(kComment);
  tell_all();
  // As after a crash between the answer and the note of it.
  must(run(access::system_principal("test"), {"test.forget", [](Snapshot&) -> Result<store::ChangeSet> {
                                                store::ChangeSet change;
                                                change.rows.push_back({store::RowWrite::Kind::Update, "outbox_cursor",
                                                                       {{"consumer", "module:obeys"}}, {{"seq", 0}}});
                                                return change;
                                              }}));
  tell_all();
  EXPECT_EQ(comment_of(id), "已登记");
}

TEST_F(ReactionsTest, PutsWhatAModuleSaysIntoTheInboxOfAUnitForThoseWithARoleThere) {
  enable_obeying();
  close_note(R"({"commands": [{"notify": {"unit": "qinglan-finance", "record": "$record", "due": "2026-02-10",
                                         "title": {"en": "Registered", "zh-CN": "已登记备查"}}},
                             {"notify": {"unit": "qinglan-finance", "title": {"en": "x", "zh-CN": "某事"}}}]})");
  tell_all();
  const auto items = inbox("qinglan-finance-clerk");
  ASSERT_EQ(items.size(), 2U);
  const bool dated_first = !items[0].at("due").is_null();  // both of the same moment
  const auto& dated = items[dated_first ? 0 : 1];
  const auto& undated = items[dated_first ? 1 : 0];
  EXPECT_EQ(undated.at("due"), nullptr);
  EXPECT_EQ(undated.at("record"), nullptr);
  EXPECT_EQ(dated.value("kind", ""), "module");
  EXPECT_EQ(dated.at("title"), fixtures::words("Registered", "已登记备查"));
  EXPECT_EQ(dated.value("due", ""), "2026-02-10");
  EXPECT_THAT(inbox("yunxiu-clerk"), IsEmpty());
}

TEST_F(ReactionsTest, DraftsTheRecordThatIsOwedWhichPeopleCarryOn) {
  enable_obeying();
  close_note(R"({"commands": [{"draft": {"rule": "N2", "unit": "qinglan-finance", "period": "2025",
                                        "content": {"title": "代拟"}}}]})");
  tell_all();
  const auto drafted = ask([&](Snapshot& snapshot) -> Result<Json> {
    const auto row = *snapshot.session.first("SELECT id, created_by, state FROM record WHERE created_by LIKE 'module:%'");
    return row ? Json{{"id", row->text(0)}, {"by", row->text(1)}, {"state", row->text(2)}} : Json{};
  });
  ASSERT_FALSE(drafted.is_null()) << letters().dump(2);
  EXPECT_EQ(drafted.value("by", ""), "module:obeys");
  const auto clerk = principal("qinglan-finance-clerk");
  must(run(clerk, take_step(clerk, drafted.value("id", ""), 1, {"close", "", ""})));
}

TEST_F(ReactionsTest, DraftsARecordThatNobodyOwes) {
  enable_obeying([](Json& manifest) { manifest["record_types"]["note"]["free"] = {{"period", "year"}}; });
  close_note(R"({"commands": [{"draft": {"type": "note", "unit": "qinglan-finance", "content": {"title": "自拟"}}}]})");
  tell_all();
  EXPECT_THAT(letters(), IsEmpty());
  EXPECT_EQ(number("SELECT COUNT(*) FROM record WHERE module = 'obeys' AND obligation IS NULL AND period = '2026'"), 1);
}

TEST_F(ReactionsTest, ProposesALinkForPeopleToConfirm) {
  enable_obeying([](Json& manifest) {
    manifest["record_types"]["note"]["links"]["see"] = {{"title", fixtures::words("See", "参见")}, {"to", "any"}};
  });
  const auto clerk = principal("qinglan-finance-clerk");
  const auto owed = owed_by("obeys", "N2", "qinglan-finance");
  const auto other = must(run(clerk, draft_record(clerk, owed, Json::object()))).value("id", "");
  const auto id = close_note(R"({"commands": [{"link": {"record": "$record", "kind": "see", "to": ")" + other + R"("}}]})");
  tell_all();
  EXPECT_THAT(letters(), IsEmpty());
  const auto links = ask(show_record(clerk, id)).at("links").at("out");
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].at("state"), "proposed");
  EXPECT_EQ(links[0].at("by_module"), true);
  EXPECT_EQ(links[0].at("record").at("id"), other);
}

TEST_F(ReactionsTest, ProposesLinksAsTheManifestSaysFromTheRecordsItMeansAndNoOthers) {
  enable_obeying([](Json& manifest) {
    auto& note = manifest["record_types"]["note"];
    note["links"]["see"] = {{"title", fixtures::words("See", "参见")}, {"to", {"note"}}};
    note["schema"]["properties"]["title"]["index"] = true;
    note["free"] = {{"period", "year"}};
    manifest["reactions"]["note.closed"]["propose_link"] = {{"kind", "see"}, {"to", "note"},
                                                            {"where", {{"title", "清单"}}}};
  });
  const auto clerk = principal("qinglan-finance-clerk");
  const Json content{{"title", "清单"}};
  const auto meant =
      must(run(clerk, draft_record(clerk, owed_by("obeys", "N2", "qinglan-finance"), content))).value("id", "");
  const FreeDraft of_another_year{"obeys", "note", "qinglan-finance"};
  const auto other = must(run(clerk, draft_free_record(clerk, of_another_year, content))).value("id", "");
  const auto closed = close_note("{}");
  tell_all();
  EXPECT_THAT(letters(), IsEmpty());
  const auto links = ask(show_record(clerk, meant)).at("links").at("out");
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].at("state"), "proposed");
  EXPECT_EQ(links[0].at("record").at("id"), closed);
  EXPECT_THAT(ask(show_record(clerk, other)).at("links").at("out"), IsEmpty());
}

TEST_F(ReactionsTest, AnswersAStepByItsHookLikeAnEvent) {
  enable("obeys", [](Json& manifest) {
    fixtures::keep_notes(manifest);
    manifest.erase("computations");
    manifest["provides"] = {"zeren.steps/1"};
    manifest["permissions"] = {"comment"};
  });
  const auto id = close_note(kComment);
  tell_all();
  EXPECT_EQ(comment_of(id), "已登记");
}

struct Refused {
  const char* name;
  const char* reply;
  const char* reason;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

class RefusedReactionTest : public ReactionsTest, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedReactionTest, IsSetAsideAtOnceWithItsReasonAndKeepsNoOtherBack) {
  enable_obeying([](Json& manifest) { manifest["permissions"] = {"comment", "draft", "emit"}; });
  const std::string refused = GetParam().reply;
  const auto id = close_note(R"({"commands": [)" + refused +
                             R"(, {"comment": {"record": "$record", "text": "已登记"}}]})");
  tell_all();
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].value("state", ""), "dead");
  EXPECT_THAT(letters()[0].value("reason", ""), HasSubstr(GetParam().reason));
  EXPECT_EQ(comment_of(id), "已登记");
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedReactionTest,
    testing::Values(
        Refused{"WithoutPermission", R"({"notify": {"unit": "qinglan", "title": {"en": "x", "zh-CN": "某事"}}})",
                "does not list under \"permissions\""},
        Refused{"OnARecordThatIsNotThere", R"({"comment": {"record": "0190", "text": "x"}})", "no record"},
        Refused{"OfAnUndeclaredEvent", R"({"emit": {"event": "note.burnt", "record": "$record"}})",
                "does not list under \"events\""},
        Refused{"AboutAnUnknownUnit", R"({"emit": {"event": "note.closed", "unit": "nowhere"}})", "no unit"},
        Refused{"OfWhatNobodyOwes",
                R"({"draft": {"rule": "N9", "unit": "qinglan-finance", "period": "2025", "content": {}}})",
                "no obligation \"N9 qinglan-finance 2025\""},
        Refused{"OfWhatStandsAlready",
                R"({"draft": {"rule": "N1", "unit": "qinglan-finance", "period": "2025", "content": {}}})",
                "exists already"},
        Refused{"WithAFieldThatTheTypeLacks",
                R"({"draft": {"rule": "N2", "unit": "qinglan-finance", "period": "2025", "content": {"weight": 3}}})",
                "weight"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(ReactionsTest, CarriesOutWhatWasRefusedWhenItIsReplayedUnderAVersionThatMayAndNothingElseAgain) {
  enable_obeying([](Json& manifest) { manifest["permissions"] = {"comment"}; });
  const auto id = close_note(R"({"commands": [
      {"comment": {"record": "$record", "text": "已登记"}},
      {"notify": {"unit": "qinglan-finance", "title": {"en": "x", "zh-CN": "某事"}}}]})");
  tell_all();
  ASSERT_EQ(letters().size(), 1U);
  const auto system = principal("system");
  EXPECT_EQ(ask(show_module(system, "obeys", packages_)).at("permissions"), (Json{"comment"}));
  enable_obeying([](Json& manifest) { manifest["version"] = "1.1.0"; });
  must(run(system, replay_letter(system, "module:obeys", letters()[0].at("seq").get<std::int64_t>())));
  tell_all();
  EXPECT_THAT(letters(), IsEmpty());
  EXPECT_EQ(inbox("qinglan-finance-clerk").size(), 1U);
  EXPECT_EQ(comment_of(id), "已登记");
}

TEST_F(ReactionsTest, TouchesNoRecordOfAnotherModule) {
  enable_obeying();
  const auto foreign = file_report("qinglan-finance");
  close_note(R"({"commands": [{"comment": {"record": ")" + foreign + R"(", "text": "x"}}]})");
  tell_all();
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_THAT(letters()[0].value("reason", ""), HasSubstr("no record \"" + foreign));
  EXPECT_EQ(entries("module.comment"), 0) << "what is not there was not refused by a right";
}

TEST_F(ReactionsTest, SetsNonsenseAsideAtOnceAndTellsAFailureAgain) {
  enable("listens_wrongly", [](Json& manifest) { fixtures::listen(manifest, {}, {"note.closed"}); });
  enable_obeying();
  close_note("fail");
  tell_all();
  std::map<std::string, Json> by_consumer;
  for (const auto& letter : letters()) {
    if (letter.value("type", "") == "zeren.note.closed") by_consumer[letter.value("consumer", "")] = letter;
  }
  ASSERT_EQ(by_consumer.size(), 2U);
  EXPECT_EQ(by_consumer["module:listens_wrongly"].value("state", ""), "dead");
  EXPECT_THAT(by_consumer["module:listens_wrongly"].value("reason", ""), HasSubstr("no command \"dismiss\""));
  EXPECT_EQ(by_consumer["module:obeys"].value("state", ""), "waiting");
}

TEST_F(ReactionsTest, TwoModulesThatAnswerEachOtherStopAfterEightAnswers) {
  enable("pings", [](Json& manifest) { fixtures::listen(manifest, {"echo.ping"}, {"echo.pong"}); });
  enable("pongs", [](Json& manifest) { fixtures::listen(manifest, {"echo.pong"}, {"echo.ping"}); });
  const Reaction begin{"pings", "test", {"test-event", 0}, {"emit", {{"event", "echo.ping"}, {"unit", "qinglan"}}}};
  must(run(module_principal("pings"), react(begin)));
  tell_all();
  EXPECT_EQ(events("echo.ping") + events("echo.pong"), 1 + kMostHops);
  EXPECT_EQ(number("SELECT MAX(hops) FROM outbox"), kMostHops);
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].value("state", ""), "dead");
  EXPECT_THAT(letters()[0].value("reason", ""), HasSubstr("answer each other without end"));
}

TEST_F(ReactionsTest, ReactsAsDeclaredWithoutCode) {
  enable_obeying();
  enable("plain", [](Json& manifest) {
    for (const char* key : {"library", "abi", "provides", "computations"}) manifest.erase(key);
    manifest["events"]["in"] = {"note.closed"};
    manifest["permissions"] = {"notify"};
    manifest["reactions"]["note.closed"]["notify"]["title"] = fixtures::words("A note was closed", "有一项记录已办结");
  });
  close_note("{}");
  tell_all();
  tell_all();
  const auto items = inbox("qinglan-finance-clerk");
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].at("title").value("zh-CN", ""), "有一项记录已办结");
  EXPECT_EQ(items[0].at("record"), nullptr) << "of another module's record it says nothing";
}

TEST_F(ReactionsTest, TellsAModuleOfWhatItIsOwedByTheClockWithRuleAndPeriod) {
  enable_obeying([](Json& manifest) { manifest["events"]["in"].push_back("obligation.overdue"); });
  const auto obligation = owed_by("obeys", "N1", "qinglan-finance");
  must(run(access::system_principal("test"), {"test.late", [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
    store::ChangeSet change;
    change.act.action = "test.late";
    const auto unit = snapshot.organisation().unit_by_code("qinglan-finance")->id.value;
    for (const std::string module : {"obeys", "dual_reports"}) {
      change.events.emplace_back("zeren.obligation.overdue", "obligation/" + obligation, store::Audience::Line,
                                 Json{{"module", module}, {"unit", unit}, {"addressee", unit}, {"due", "2026-03-31"}});
    }
    return change;
  }}));
  const auto heard = ask([&](Snapshot& snapshot) -> Result<Json> {
    auto told = Json::array();
    const auto consumers = module_consumers(*host_, snapshot);
    const auto events = *events_from(snapshot.session, 0, 100'000);
    for (const auto& consumer : consumers) {
      if (consumer->name() != "module:obeys") continue;
      for (const auto& event : events) {
        const auto message = *consumer->prepare(snapshot, event);
        if (message) told.push_back(message->at("event"));
      }
    }
    return told;
  });
  ASSERT_EQ(heard.size(), 1U) << "another module's matter is not its affair";
  EXPECT_EQ(heard[0].value("event", ""), "obligation.overdue");
  EXPECT_EQ(heard[0].at("data"), (Json{{"addressee", "qinglan-finance"}, {"due", "2026-03-31"}, {"period", "2025"},
                                       {"rule", "N1"}}));
  EXPECT_EQ(heard[0].at("unit").value("code", ""), "qinglan-finance");
}

TEST_F(ReactionsTest, UsesAnotherModuleWhileItIsInForceAndDoesNotMissIt) {
  enable_obeying([](Json& manifest) {
    manifest["requires"]["optional"] = {{{"id", "pings"}, {"version", "1.0.0"}}};
    manifest["record_types"]["note"]["steps"]["close"]["if_module"] = "pings";
  });
  const auto clerk = principal("qinglan-finance-clerk");
  const auto owed = owed_by("obeys", "N1", "qinglan-finance");
  const auto id = must(run(clerk, draft_record(clerk, owed, Json::object()))).at("id").get<std::string>();
  EXPECT_EQ(run(clerk, take_step(clerk, id, 1, {"close", "", ""})).error().code, Code::StepUnknown);
  enable("pings", [](Json& manifest) { fixtures::listen(manifest, {"echo.ping"}, {"echo.pong"}); });
  must(run(clerk, take_step(clerk, id, 1, {"close", "", ""})));
}

TEST(HostWordsTest, AreNoModulesToTell) {
  for (int verb = 0; verb <= static_cast<int>(records::TaskVerb::Urge); ++verb) {
    const auto name = "task." + std::string(records::name_of(static_cast<records::TaskVerb>(verb)));
    Json manifest = *base::parse_json(R"({"id": "m", "version": "1.0.0", "name": {"en": "m", "zh-CN": "某"},
                                          "basis": [{"article": "1", "mark": "D"}]})");
    manifest["events"]["out"][name]["title"] = {{"en", "x"}, {"zh-CN", "某"}};
    EXPECT_FALSE(manifest::Manifest::parse(manifest.dump(), "module.json").has_value()) << name;
  }
}

}  // namespace
}  // namespace zeren::app
