// Whatever is wrong with what comes from outside is refused with the name of the thing and what to do about it, and
// nothing is changed: not a row, and not the log, but for the entry of a refusal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "store/session.hpp"
#include "store/tables.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::AllOf;
using testing::HasSubstr;

constexpr auto kImports = "/api/v1/organisation/imports";

class BadInputTest : public testing::Test {
 protected:
  store::Session look() const {
    return std::move(*store::Session::open(served_.paths().database(), store::Access::ReadOnly));
  }

  /// Of every row that means something; the log is counted apart.
  std::string rows() const {
    auto session = look();
    std::string all;
    for (const auto& table : store::all_tables()) {
      if (table.kind == store::TableKind::Log || table.kind == store::TableKind::Operational) continue;
      const auto name = std::string(table.name);
      const auto found = session.query("SELECT * FROM " + name + " ORDER BY " + std::string(table.key));
      EXPECT_TRUE(found.has_value()) << name;
      all += name + ":";
      for (const auto& row : *found) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          all += row.optional_text(i).value_or("\\") + "\n";
        }
      }
    }
    return base::to_hex(base::sha256(all));
  }

  /// Entries that tell of anything but a refusal.
  std::int64_t deeds() const {
    return look()
        .first("SELECT COUNT(*) FROM audit_entry WHERE leaf NOT LIKE '%\"out\":\"refused\"%'")
        .value()
        ->integer(0);
  }

  /// Refused with this status, in both languages; the answer names `thing`. Nothing has changed.
  template <class Ask>
  void expect_refused(const Ask& ask, int status, const std::string& thing) {
    const auto before = std::pair(rows(), deeds());
    const auto english = ask(With{});
    EXPECT_EQ(english.status, status) << english.body;
    EXPECT_THAT(english.body.dump(), HasSubstr(thing));
    const auto chinese = ask(With{{}, {}, "zh-CN"});
    EXPECT_EQ(chinese.status, status);
    EXPECT_NE(chinese.body.value("title", ""), english.body.value("title", ""));
    EXPECT_NE(chinese.body.value("detail", ""), english.body.value("detail", "")) << chinese.body;
    EXPECT_EQ(std::pair(rows(), deeds()), before) << english.body;
  }

  void expect_import_refused(const Json& files, const std::string& thing) {
    expect_refused([&](const With& with) { return system_.post(kImports, {{"files", files}}, with); }, 422, thing);
  }

  /// A body as somebody's own program might write it.
  Answer send_raw(const Official& who, const std::string& target, const std::string& body, const With& with) {
    auto request = request_of("POST", target);
    request.headers = {{"authorization", "Bearer " + who.token()}, {"content-type", "application/json"},
                       {"idempotency-key", "raw-" + std::to_string(++raw_)},
                       {"accept-language", with.language}};
    request.body = body;
    return ask(served_.client(), served_.contract(), request);
  }

  void expect_raw_refused(const std::string& target, const std::string& body, int status, const std::string& thing) {
    expect_refused([&](const With& with) { return send_raw(system_, target, body, with); }, status, thing);
  }

  ServedDeployment served_;
  Official system_ = served_.sign_in("system");
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  int raw_ = 0;
};

TEST_F(BadInputTest, KeysThatAreUnknownOrDouble) {
  expect_raw_refused(kImports, R"({"files": {}, "flies": {}})", 400, "flies");
  expect_raw_refused(kImports, R"({"files": {}, "files": {}})", 400, "files");
  expect_raw_refused("/api/v1/obligations/derivations", R"({"from": "2026-01-01", "too": "2027-01-01"})", 400, "too");
  expect_import_refused({{"colours.csv", "a\n"}}, "colours.csv");
  expect_import_refused({{"persons.csv", "code,name,colour\np-901,新,red\n"}}, "colour");
  expect_import_refused({{"persons.csv", "code,name,name\np-901,新,新\n"}}, "name");
  const auto query = "/api/v1/obligations?light=red&light=green";
  expect_refused([&](const With& with) { return clerk_.get(query, with.language); }, 400, "once");
}

TEST_F(BadInputTest, ValuesOfAnotherType) {
  expect_raw_refused(kImports, R"({"files": []})", 400, "files");
  expect_raw_refused(kImports, R"({"files": {"persons.csv": 7}})", 400, "files");
  expect_raw_refused("/api/v1/obligations/derivations", R"({"from": 2026, "to": "2027-01-01"})", 400, "from");
  const auto obligation = obligation_of(clerk_, "qinglan-finance", "2025").at("id");
  expect_refused(
      [&](const With& with) {
        return clerk_.post("/api/v1/records",
                           {{"obligation", obligation}, {"content", {{"problems_found", "many"}}}}, with);
      },
      422, "problems_found");
  expect_refused(
      [&](const With& with) {
        return clerk_.post("/api/v1/records",
                           {{"obligation", obligation}, {"content", {{"colour", "red"}}}}, with);
      },
      422, "colour");
}

TEST_F(BadInputTest, DatesThatCannotBe) {
  expect_raw_refused("/api/v1/obligations/derivations", R"({"from": "2026-02-30", "to": "2027-01-01"})", 422,
                     "2026-02-30");
  expect_raw_refused("/api/v1/obligations/derivations", R"({"from": "2027-01-01", "to": "2026-01-01"})", 400, "to");
  expect_import_refused(
      {{"units.csv", "code,name,short_name,level,kind,valid_from,valid_to\nx,新,新,city,party_group,2021-02-29,\n"}},
      "2021-02-29");
  expect_import_refused(
      {{"units.csv",
        "code,name,short_name,level,kind,valid_from,valid_to\nx,新,新,city,party_group,2021-01-01,2020-01-01\n"}},
      "valid_to");
}

TEST_F(BadInputTest, RelationsInACircleAndTwoFormalHoldersAtOnce) {
  expect_import_refused(
      {{"relations.csv", "from,kind,to,valid_from,valid_to\nlanjiang,party_superior,qinglan,2019-01-01,\n"}},
      "lanjiang");
  expect_import_refused(
      {{"appointments.csv",
        "person,post,mode,doc_no,valid_from,valid_to\np-002,lanjiang-principal,formal,,2023-01-01,\n"}},
      "lanjiang PRINCIPAL");
}

TEST_F(BadInputTest, UnitsThatDoNotExist) {
  expect_import_refused({{"posts.csv", "code,unit,title,class\nnew-post,nowhere,主任,STAFF\n"}}, "nowhere");
  expect_refused(
      [&](const With& with) {
        return system_.get("/api/v1/modules/dual_reports/parameters?unit=nowhere", with.language);
      },
      404, "nowhere");
  expect_refused(
      [&](const With& with) {
        return system_.post("/api/v1/modules/dual_reports/parameters",
                            {{"issuer", "nowhere"}, {"basis", "1"}, {"valid_from", "2026-01-01"},
                             {"parameters", {{"warn_days", 3}}}},
                            with);
      },
      404, "nowhere");
}

TEST_F(BadInputTest, BodiesThatAreTooLargeOrTooDeep) {
  const std::string deep = std::string(500, '[') + std::string(500, ']');
  expect_raw_refused(kImports, R"({"files": )" + deep + "}", 400, "64");
  constexpr std::size_t kTooMuch = (1U << 20U) + 1;
  const auto large = R"({"from": ")" + std::string(kTooMuch, 'x') + R"("})";
  const auto before = std::pair(rows(), deeds());
  EXPECT_EQ(send_raw(system_, "/api/v1/obligations/derivations", large, {}).status, 413);
  EXPECT_EQ(std::pair(rows(), deeds()), before);
}

TEST_F(BadInputTest, TextThatIsNoUtf8OrNoJson) {
  expect_raw_refused(kImports, "{\"files\": {\"persons.csv\": \"\xff\"}}", 400, "");
  expect_raw_refused(kImports, "{\"files\": ", 400, "");
  expect_raw_refused(kImports, "", 400, "files");
}

TEST_F(BadInputTest, AModuleWhoseFileWasChanged) {
  namespace fs = std::filesystem;
  for (const auto& file : fs::recursive_directory_iterator(served_.paths().store())) {
    if (file.path().filename() != "zh-CN.json") continue;
    fs::permissions(file.path(), fs::perms::owner_write, fs::perm_options::add);
    ASSERT_TRUE(base::write_file(file.path(), base::read_file(file.path()).value() + " "));
  }
  expect_refused(
      [&](const With& with) { return system_.get("/api/v1/modules/dual_reports/verification", with.language); }, 403,
      "zh-CN.json");
}

// What makes a backtracking engine take for ever is read in linear time, and refused for what it is.
TEST_F(BadInputTest, PatternsThatExplodeElsewhere) {
  const auto before = rows();
  const auto bomb = R"({"from": ")" + std::string(100'000, 'a') + R"(!", "to": "2027-01-01"})";
  EXPECT_EQ(send_raw(system_, "/api/v1/obligations/derivations", bomb, {}).status, 422);
  expect_refused(
      [&](const With& with) {
        return system_.post("/api/v1/modules/dual_reports/parameters",
                            {{"issuer", "qinglan"}, {"basis", "1"}, {"valid_from", "2026-01-01"},
                             {"parameters", {{"due", "FREQ=SECONDLY;COUNT=999999999"}}}},
                            with);
      },
      422, "FREQ=SECONDLY");
  EXPECT_EQ(rows(), before);
}

// What is said becomes part of the log, for good.
TEST_F(BadInputTest, TextsWithoutEnd) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto path = "/api/v1/records/" + record;
  const std::string endless(4001, 'x');
  const auto refused = [&](const Official& who, const std::string& target, const Json& body, const char* member) {
    expect_refused([&](const With& with) { return who.post(target, body, with); }, 422, member);
    EXPECT_THAT(who.post(target, body, With{}).body.dump(), HasSubstr("4000"));
  };
  refused(clerk_, path + "/steps/submit", {{"reason", endless}}, "/reason");
  refused(clerk_, path + "/comments", {{"text", endless}}, "/text");
  refused(clerk_, path + "/recusals", {{"relation", endless}, {"reason", "x"}}, "/relation");
  refused(clerk_, path + "/recusals", {{"relation", "x"}, {"reason", endless}}, "/reason");
  refused(clerk_, path + "/tasks", {{"kind", "handle"}, {"to", {"x"}}, {"demand", endless}}, "/demand");
  refused(clerk_, path + "/tasks/x/steps/agree", {{"opinion", endless}}, "/opinion");
  refused(system_, "/api/v1/modules/dual_reports/parameters",
          {{"issuer", "qinglan"}, {"basis", endless}, {"valid_from", "2026-01-01"}, {"parameters", {{"warn_days", 1}}}},
          "/basis");
  refused(system_, "/api/v1/modules/dual_reports/parameters",
          {{"issuer", "qinglan"}, {"basis", "x"}, {"valid_from", "2026-01-01"},
           {"parameters", {{"reminder_days", {endless}}}}},
          "/parameters/reminder_days/0");
}

TEST_F(BadInputTest, CursorsAndLimitsThatNoListGave) {
  for (const std::string list : {"/api/v1/units", "/api/v1/obligations", "/api/v1/records", "/api/v1/tasks",
                                 "/api/v1/me/sessions"}) {
    expect_refused([&](const With& with) { return clerk_.get(list + "?cursor=garbage", with.language); }, 400,
                   "cursor");
    expect_refused([&](const With& with) { return clerk_.get(list + "?limit=0", with.language); }, 400, "limit");
    expect_refused([&](const With& with) { return clerk_.get(list + "?limit=1000", with.language); }, 400, "limit");
  }
}

}  // namespace
}  // namespace zeren::integration
