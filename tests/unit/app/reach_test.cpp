// Every list of the host shows exactly what a slow reading of the rules would show: random
// organisations, records, tasks, recusals and grants, and for every account each list against a
// walk over everything.
#include "app/reach.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "access/account.hpp"
#include "app/commands/account_commands.hpp"
#include "app/commands/grant_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "app/commands/task_commands.hpp"
#include "app/queries/event_queries.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/queries/record_queries.hpp"
#include "base/located_json.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "records/obligation_rows.hpp"
#include "unit/modules/fixture_package.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::Result;

const access::Principal kTester = access::system_principal("test");
constexpr int kUnits = 9;
const std::vector<std::string> kSensitivities{"public", "internal", "sensitive"};
const std::vector<std::string> kTies{"any", "any", "author", "recipient", "assignee"};

/// The dual reports without their library; some fields lie in a group, and staff see nothing
/// sensitive. Commissions beside and above read reports on supervision, and everybody above reads the others.
Json reports_manifest() {
  auto manifest =
      base::LocatedJson::read(std::string(ZEREN_SOURCE_DIR) + "/tests/fixtures/modules/dual_reports/module.json")
          ->value();
  for (const char* key : {"$schema", "library", "abi", "provides", "computations", "documents", "requires"})
    manifest.erase(key);
  auto& type = manifest["record_types"]["principal_report"];
  type["schema"]["properties"]["title"]["group"] = "heading";
  type["schema"]["properties"]["problems_found"]["group"] = "figures";
  manifest["roles"]["drafter"]["groups"] = {"heading", "figures"};
  manifest["roles"]["approver"]["groups"] = {"heading"};
  manifest["roles"]["registrar"]["clearance"] = "internal";
  manifest["roles"]["registrar"]["post_classes"] = {"MEMBER"};
  type["read"].push_back("superior");
  auto& supervised = manifest["record_types"]["supervision_report"];
  supervised["sides"]["beside"] = {{"title", {{"en", "Beside"}, {"zh-CN", "监督方"}}},
                                   {"path", "discipline_superior|same_level/^party_superior"}};
  supervised["read"] = {"owner", "recipient", "beside"};
  return manifest;
}

// Every list at once.
const Page kWhole{1000, ""};

class ReachTest : public testing::TestWithParam<unsigned> {
 protected:
  ReachTest() {
    modules::FixturePackage package("dual_reports");
    package.manifest = reports_manifest();
    const auto verified = package.pack();
    fs::create_directories(packages_);
    fs::copy(verified.dir(), packages_ / "dual_reports", fs::copy_options::recursive);
    const Deployment deployment{"zeren.example/test", "Asia/Shanghai", packages_};
    EXPECT_TRUE(DataFolder::create(folder_ / "data", deployment).has_value());
    host_ = std::move(*Host::open(*DataFolder::open(folder_ / "data"), clock_, *entropy_));
    must(import_organisation(kTester, random_organisation()));
    must(enable_module(kTester, {"dual_reports", "u0", {}}, {packages_, host_->store()}));
    must(derive_obligations(kTester, {base::make_date(2026, 1, 1), base::make_date(2027, 1, 1)}));
    for (const auto& person : people_) make_account(person);
  }

  int roll(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  Json must(const Command& command, const access::Principal& who = kTester) {
    auto done = host_->execute({who, "", "", ""}, command);
    if (!done) ADD_FAILURE() << command.action << ": " << base::report_of(done.error());
    return done.value_or(Json());
  }
  // What chance asks for need not be allowed.
  Json may(const Command& command, const access::Principal& who) {
    return host_->execute({who, "", "", ""}, command).value_or(Json());
  }
  Json look(const Query& query) { return host_->query(query).value_or(Json()); }

  // A tree of committees, a commission beside each; a principal, a member and a clerk in each unit,
  // some of them with a second post elsewhere.
  org::ImportTexts random_organisation() {
    org::ImportTexts texts{{"units.csv", "code,name,short_name,level,kind,valid_from,valid_to\n"},
                           {"relations.csv", "from,kind,to,valid_from,valid_to,succession\n"},
                           {"persons.csv", "code,name\n"},
                           {"posts.csv", "code,unit,title,class\n"},
                           {"appointments.csv", "person,post,mode,doc_no,valid_from,valid_to\n"}};
    for (int i = 0; i < kUnits; ++i) {
      add_unit(texts, "u" + std::to_string(i), "party_committee");
      add_unit(texts, "d" + std::to_string(i), "commission");
      const auto n = std::to_string(i);
      texts["relations.csv"] += "d" + n + ",same_level,u" + n + ",2019-01-01,,\n";
      if (i == 0) continue;
      const auto above = std::to_string(roll(i));
      // Some edges ended: units below then stand for themselves.
      const std::string end = roll(6) == 0 ? "2025-06-01" : "";
      texts["relations.csv"] += "u" + n + ",party_superior,u" + above + ",2019-01-01," + end + ",\n";
      texts["relations.csv"] += "d" + n + ",discipline_superior,d" + above + ",2019-01-01,,\n";
    }
    return texts;
  }

  void add_unit(org::ImportTexts& texts, const std::string& unit, const std::string& kind) {
    texts["units.csv"] += unit + ",单位" + unit + ",," + "county," + kind + ",2019-01-01,\n";
    const std::string head = kind == "commission" ? "DISC_HEAD" : "PRINCIPAL";
    for (const auto& post_class : {head, std::string("MEMBER"), std::string("STAFF")}) {
      const auto person = "p" + std::to_string(people_.size());
      const auto post = "post-" + person;
      people_.push_back(person);
      posts_.push_back(post);
      texts["persons.csv"] += person + ",某人" + person + "\n";
      texts["posts.csv"] += post + "," + unit + ",职务," + post_class + "\n";
      texts["appointments.csv"] += person + "," + post + ",formal,,2019-01-01,\n";
      if (post_class != "STAFF" || posts_.size() < 4 || roll(3) != 0) continue;
      texts["appointments.csv"] += person + "," + posts_[posts_.size() - 4] + ",concurrent,,2020-01-01,\n";
    }
  }

  void make_account(const std::string& person) {
    must(*create_account(*host_, kTester,
                         {"a-" + person, person, access::Administers::Nothing, "", {}}));
    access::Principal principal;
    const auto found = host_->query([&](Snapshot& snapshot) -> Result<Json> {
      principal = access::principal_of(**access::find_account(snapshot.session, "a-" + person));
      return Json{};
    });
    EXPECT_TRUE(found.has_value());
    principals_.push_back(principal);
  }

  template <class T>
  const T& any_of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(roll(static_cast<int>(all.size())))];
  }

  void happen() {
    const auto owed = look(list_obligations(kTester, {}, kWhole)).at("items");
    for (const auto& obligation : owed) {
      const auto id = obligation.at("id").get<std::string>();
      for (const auto& who : principals_) {
        const auto made =
            may(draft_record(who, id, complete(), {static_cast<rules::Sensitivity>(roll(3)), {}}), who);
        if (made.is_null()) continue;
        pursue(made.at("id").get<std::string>(), who);
        break;
      }
    }
    for (int i = 0; i < 12; ++i) grant_something();
  }

  static Json complete() {
    Json content;
    for (const char* field :
         {"arrangements", "fulfilment", "problems", "rectification", "next_steps"})
      content[field] = "有";
    return content;
  }

  void pursue(const std::string& record, const access::Principal& clerk) {
    if (roll(3) == 0) {
      GivenTask task;
      task.kind = records::TaskKind::Circulate;
      task.to = {any_of(posts_)};
      task.demand = "请阅";
      may(give_task(clerk, record, task), clerk);
    }
    if (roll(4) == 0) return;
    const auto version = [&] {
      return look(show_record(clerk, record)).value("version", std::int64_t{0});
    };
    may(take_step(clerk, record, version(), {"submit", "", ""}), clerk);
    if (roll(3) != 0) {
      for (const auto& who : principals_)
        may(take_step(who, record, version(), {"approve", "", ""}), who);
    }
    if (roll(4) == 0) {
      const auto& who = any_of(principals_);
      may(recuse(who, record, {"", "近亲属", "", ""}), who);
    }
  }

  // What the list shows when it is asked type by type and unit by unit; never anything twice.
  std::set<std::string> found_in_parts(const access::Principal& who) {
    std::set<std::string> found;
    for (const char* type : {"principal_report", "supervision_report"}) {
      for (int i = 0; i < 2 * kUnits; ++i) {
        const auto unit = (i < kUnits ? "u" : "d") + std::to_string(i % kUnits);
        const auto items = look(list_records(who, {"dual_reports", type, unit, "", "", {}, ""}, kWhole)).at("items");
        for (const auto& item : items) {
          EXPECT_EQ(item.at("type"), type);
          EXPECT_EQ(item.at("unit").at("code"), unit);
          EXPECT_TRUE(found.insert(item.at("id").get<std::string>()).second);
        }
      }
    }
    return found;
  }

  std::size_t found_by(const access::Principal& who, const std::string& field, const std::string& value) {
    const RecordFilter filter{"dual_reports", "principal_report", "", "", "", {{field, value}}, ""};
    return look(list_records(who, filter, kWhole)).at("items").size();
  }

  void grant_something() {
    WantedGrant grant;
    const auto n = std::to_string(roll(kUnits));
    if (roll(2) == 0) {
      grant.account = any_of(principals_).name;
    } else {
      grant.post = any_of(posts_);
    }
    grant.module = "dual_reports";
    grant.type = roll(2) == 0 ? "principal_report" : "supervision_report";
    grant.action = roll(3) == 0 ? "submit" : "read";
    grant.unit = (grant.type == "principal_report" ? "u" : "d") + n;
    grant.below = roll(3) == 0                       ? ""
                  : grant.type == "principal_report" ? "party_superior"
                                                     : "discipline_superior";
    grant.sensitivity = any_of(kSensitivities);
    grant.tie = any_of(kTies);
    grant.valid_from = base::make_date(2026, 1, roll(4) == 0 ? 20 : 1);
    grant.reason = "抽查";
    must(give_grant(kTester, grant));
  }

  fixtures::TempFolder folder_;
  fs::path packages_ = folder_ / "packages";
  fixtures::MovableClock clock_{
      base::from_millis(1'767'240'000'000)};  // noon of 2026-01-01 in Shanghai
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
  std::mt19937 random_{GetParam()};
  std::vector<std::string> people_;
  std::vector<std::string> posts_;
  std::vector<access::Principal> principals_;
  std::unique_ptr<Host> host_;
};

/// The rules read slowly: dated edges instead of labels, rows instead of conditions.
class SlowReading {
 public:
  SlowReading(Snapshot& snapshot, const access::Principal& who)
      : snapshot_(snapshot), organisation_(snapshot.organisation()),
        who_(who), module_(**snapshot.modules().find("dual_reports")) {
    for (const auto* held : organisation_.appointments_of(who.person, {snapshot.today}))
      posts_.insert(held->post);
    roles_ = module_.roles.held_by(organisation_, who.person, {snapshot.today});
  }

  bool shows(const records::Record& record) const {
    for (const auto& recusal : record.recusals) {
      if (recusal.person == who_.person) return false;
    }
    return by_task(record) || by_role(record) || by_grant(record);
  }

  bool shows(const records::Obligation& obligation) const {
    const auto line = rules::line_of(organisation_, obligation.owner, {snapshot_.today});
    for (const auto& held : roles_) {
      if (std::ranges::find(line, held.unit) != line.end()) return true;
    }
    for (const auto& grant : snapshot_.grants().all()) {
      if (mine(grant) && grant.type == obligation.record_type &&
          grant.tie != access::Tie::Recipient && reaches(grant, obligation.owner))
        return true;
    }
    return false;
  }

 private:
  static std::set<org::UnitId> recipients(const records::Record& record) {
    std::set<org::UnitId> units;
    for (const auto& dispatch : record.rounds) {
      for (const auto& leg : dispatch.legs) {
        if (dispatch.state != "recalled") units.insert(leg.recipient);
      }
    }
    return units;
  }

  bool by_task(const records::Record& record) const {
    return std::ranges::any_of(record.tasks, [&](const auto& task) {
      return task.state != records::TaskState::Withdrawn && posts_.contains(task.post);
    });
  }

  bool by_role(const records::Record& record) const {
    const auto& type = module_.types.at(record.type);
    for (const auto& held : roles_) {
      if (sensitivity(record) > module_.roles.find(held.role)->clearance) continue;
      const auto line = rules::line_of(organisation_, record.unit, {snapshot_.today});
      for (const auto& side : type.readers) {
        std::vector<org::UnitId> beside;
        if (side == records::Side::Superior) beside.assign(line.begin() + 1, line.end());
        if (side.kind == records::Side::Named)
          beside = type.sides.at(side.name).path.evaluate(organisation_, record.unit, {snapshot_.today});
        if (std::ranges::find(beside, held.unit) != beside.end()) return true;
        if (side == records::Side::Owner && held.unit == record.unit) return true;
        if (side == records::Side::Recipient && recipients(record).contains(held.unit)) return true;
      }
    }
    return false;
  }

  bool by_grant(const records::Record& record) const {
    for (const auto& grant : snapshot_.grants().all()) {
      if (!mine(grant) || grant.type != record.type || sensitivity(record) > grant.clearance) continue;
      if (grant.tie == access::Tie::Author && record.created_by != who_.id) continue;
      if (grant.tie == access::Tie::Assignee && !by_task(record)) continue;
      if (grant.tie != access::Tie::Recipient && reaches(grant, record.unit)) return true;
      if (grant.tie != access::Tie::Recipient) continue;
      for (const auto& unit : recipients(record)) {
        if (reaches(grant, unit)) return true;
      }
    }
    return false;
  }

  rules::Sensitivity sensitivity(const records::Record& record) const {
    return record.sensitivity.value_or(module_.types.at(record.type).sensitivity);
  }

  bool mine(const access::Grant& grant) const {
    if (snapshot_.today < grant.valid.from || snapshot_.today >= grant.valid.to) return false;
    return grant.account == who_.id || posts_.contains(grant.post);
  }

  // Up the dated edges, one by one.
  bool reaches(const access::Grant& grant, const org::UnitId& unit) const {
    if (unit == grant.unit) return true;
    if (!grant.below) return false;
    for (const auto& above :
         organisation_.related(unit, *grant.below, org::Direction::Forward, {snapshot_.today})) {
      if (reaches(grant, above)) return true;
    }
    return false;
  }

  Snapshot& snapshot_;
  const org::Organisation& organisation_;
  const access::Principal& who_;
  const EnabledModule& module_;
  std::set<org::PostId> posts_;
  std::vector<rules::HeldRole> roles_;
};

using Ids = std::set<std::string>;

Ids ids_of(const Json& items) {
  Ids ids;
  for (const auto& item : items) ids.insert(item.at("id").get<std::string>());
  return ids;
}

struct Expected {
  Ids all;
  Ids records;
  Ids obligations;
};

Expected expected_of(Host& host, const access::Principal& who) {
  Expected expected;
  const auto read = host.query([&](Snapshot& snapshot) -> Result<Json> {
    const SlowReading slow(snapshot, who);
    const auto records = snapshot.session.query("SELECT id FROM record").value();
    for (const auto& row : records) {
      expected.all.insert(row.text(0));
      if (slow.shows(*records::load_record(snapshot.session, row.text(0))))
        expected.records.insert(row.text(0));
    }
    const auto owed = records::load_obligations(snapshot.session).value();
    for (const auto& each : owed) {
      if (!each.superseded && slow.shows(each)) expected.obligations.insert(each.id);
    }
    const auto recused = snapshot.session.query(
             "SELECT r.obligation FROM record r JOIN recusal x ON x.record = r.id"
             " WHERE r.obligation IS NOT NULL AND x.person = :1",
             std::vector<store::Value>{who.person.value}).value();
    for (const auto& row : recused) {
      expected.obligations.erase(row.text(0));
    }
    return Json{};
  });
  EXPECT_TRUE(read.has_value());
  return expected;
}

TEST_P(ReachTest, EveryListShowsWhatASlowReadingOfTheRulesShows) {
  happen();
  std::size_t seen = 0;
  for (const auto& who : principals_) {
    SCOPED_TRACE(who.name);
    const auto expected = expected_of(*host_, who);
    seen += expected.records.size();
    EXPECT_EQ(ids_of(look(list_records(who, {}, kWhole)).at("items")), expected.records);
    EXPECT_EQ(found_in_parts(who), expected.records);
    for (const auto& id : expected.all) {
      const auto shown = host_->query(list_versions(who, id, kWhole));
      EXPECT_EQ(shown.has_value(), expected.records.contains(id)) << id;
    }
    const auto tasks = look(list_tasks(who, kWhole));
    for (const auto& item : tasks.at("items")) {
      EXPECT_TRUE(expected.records.contains(item.at("record").at("id").get<std::string>()));
    }
    const auto events = look(events_after(who, 0));
    for (const auto& item : events.at("items")) {
      const auto& data = item.at("event").at("data");
      EXPECT_TRUE(expected.records.contains(data.at("record").get<std::string>())) << data;
    }
  }
  EXPECT_GT(seen, principals_.size() / 2) << "a world in which nobody sees anything proves nothing";
}

TEST_P(ReachTest, CountsAreThoseOfTheListAndLeaveOutWhatAPersonIsRecusedFrom) {
  happen();
  for (const auto& who : principals_) {
    SCOPED_TRACE(who.name);
    const auto expected = expected_of(*host_, who);
    const auto items = look(list_obligations(who, {}, kWhole)).at("items");
    EXPECT_EQ(ids_of(items), expected.obligations);
    std::size_t total = 0;
    const auto groups = look(summarise_obligations(who, {}));
    for (const auto& group : groups.at("items")) total += group.at("total").get<std::size_t>();
    EXPECT_EQ(total, items.size());
  }
}

TEST_P(ReachTest, WhoLacksAGroupReadsTheRecordWithoutItsFields) {
  const auto owed = look(list_obligations(kTester, {}, kWhole)).at("items");
  const auto owner = std::ranges::find_if(owed, [](const Json& each) { return each.at("rule") == "DR1"; });
  ASSERT_NE(owner, owed.end());
  auto content = complete();
  content["title"] = "标题";
  content["problems_found"] = 3;
  const auto unit = owner->at("owner").at("code").get<std::string>();
  const auto first = static_cast<std::size_t>(6 * std::stoi(unit.substr(1)));  // of its people
  const auto& principal = principals_[first];  // sees the heading, not the figures
  const auto& clerk = principals_[first + 2];
  const auto made = must(draft_record(clerk, owner->at("id"), content), clerk);
  const auto id = made.value("id", "");
  const auto mine = look(show_record(clerk, id));
  EXPECT_EQ(mine.at("content"), content);
  EXPECT_EQ(mine.at("left_out"), Json::array());
  const auto seen = look(show_record(principal, id));
  EXPECT_FALSE(seen.at("content").contains("problems_found"));
  EXPECT_EQ(seen.at("content").at("title"), "标题");
  EXPECT_EQ(seen.at("left_out"), Json::array({"problems_found"}));
  EXPECT_EQ(look(show_version(principal, id, 1)).at("left_out"), Json::array({"problems_found"}));
  EXPECT_EQ(look(list_records(principal, {}, kWhole)).at("items").at(0).at("title"), "标题");

  WantedGrant grant{"", posts_[first + 4],
                    "dual_reports", "principal_report",
                    "read", unit,
                    "", "internal",
                    {"figures"}, "",
                    base::make_date(2026, 1, 1),
                    {}, "核数"};
  must(give_grant(kTester, grant));
  const auto& granted = principals_[first + 4];
  const auto figures = look(show_record(granted, id));
  EXPECT_EQ(figures.at("content").at("problems_found"), 3);
  EXPECT_EQ(figures.at("left_out"), Json::array({"title"}));
  EXPECT_EQ(look(list_records(granted, {}, kWhole)).at("items").at(0).at("title"), "");
  // Nor is the field found out by searching for it.
  EXPECT_EQ(found_by(clerk, "problems_found", "3"), 1U);
  EXPECT_EQ(found_by(clerk, "problems_found", "4"), 0U);
  EXPECT_EQ(found_by(principal, "problems_found", "3"), 0U);
  EXPECT_EQ(found_by(principal, "title", "标题"), 1U);
  EXPECT_EQ(found_by(granted, "problems_found", "3"), 1U);
  EXPECT_EQ(found_by(granted, "title", "标题"), 0U);
}

INSTANTIATE_TEST_SUITE_P(Worlds, ReachTest, testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace zeren::app
