// A data folder that an older program wrote: brought up to date when it is opened, whole and
// verified.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "access/account.hpp"
#include "app/commands/account_commands.hpp"
#include "app/committer.hpp"
#include "app/host.hpp"
#include "app/queries/host_queries.hpp"
#include "app/setup.hpp"
#include "audit/verifier.hpp"
#include "audit/verify.hpp"
#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"
#include "org/organisation_import.hpp"
#include "store/dialect.hpp"
#include "store/migrations.hpp"
#include "store/tables.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Json;
using store::RowWrite;

constexpr std::size_t kOldSteps = 7;

class UpgradeTest : public testing::Test {
 protected:
  UpgradeTest() {
    const Deployment deployment{"zeren.example/old", "Asia/Shanghai", folder_ / "packages"};
    EXPECT_TRUE(DataFolder::create(data_, deployment).has_value());
    auto key = audit::SigningKey::create(paths_.key(), deployment.origin, *entropy_);
    vkey_ = key->vkey();
    auto session = *store::Session::open(paths_.database(), store::Access::ReadWrite);
    make_old_schema(session);
    auto log = audit::Log::open(session);
    Committer committer(std::move(session), std::move(*log), clock_, *entropy_, ids_,
                        [](const auto&, const auto&) {});
    write_old_rows(committer);
  }

  // The steps that the older program knew, as it ran them.
  static void make_old_schema(store::Session& session) {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(ZEREN_SOURCE_DIR "/core/store/migrations")) {
      if (!file.path().filename().string().ends_with(".postgresql.sql"))
        files.push_back(file.path());
    }
    std::ranges::sort(files);
    ASSERT_TRUE(
        session.script("CREATE TABLE migration"
                       " (step INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)"));
    for (std::size_t i = 0; i < kOldSteps; ++i) {
      const auto text = base::read_file(files[i]).value();
      ASSERT_TRUE(session.script(text)) << files[i];
      ASSERT_TRUE(session.execute(
          "INSERT INTO migration (step, name, hash) VALUES (:1, :2, :3)",
          std::vector<store::Value>{static_cast<std::int64_t>(i + 1), files[i].filename().string(),
                                    base::to_base64(base::sha256(text))}));
    }
    for (const auto& table : store::all_tables()) {
      const auto known = session.first("SELECT 1 FROM sqlite_master WHERE name = :1",
                                       std::vector<store::Value>{std::string(table.name)});
      if (table.kind != store::TableKind::Tracked || !*known) continue;
      ASSERT_TRUE(session.script(store::coupling_of(store::Dialect::Sqlite, table.name)));
    }
  }

  void write_old_rows(Committer& committer) {
    const auto texts =
        read_import_folder(fixtures::kSmallCityTables);
    const auto empty = org::Organisation::make({}, base::make_date(2026, 1, 1));
    auto import = org::plan_import(*empty, *texts, ids_, clock_.now());
    import->act.account = "system:setup";
    // As the older program wrote it: an event that says nothing of who may hear it.
    import->events.clear();
    import->rows.push_back({RowWrite::Kind::Insert,
                            "outbox",
                            {{"seq", 1}},
                            {{"id", "e1"},
                             {"type", "zeren.leg.sign_for"},
                             {"subject", "record/r1"},
                             {"at", 1},
                             {"data", "{}"},
                             {"entry", 0}}});
    ASSERT_TRUE(committer.commit(*import));
    store::ChangeSet account;
    account.act.action = "account.create";
    account.act.account = "system:setup";
    account.rows.push_back({RowWrite::Kind::Insert,
                            "account",
                            {{"id", "a1"}},
                            {{"version", 1},
                             {"name", "old-audit"},
                             {"person", std::monostate{}},
                             {"administers", "audit"},
                             {"password", ""},
                             {"os_user", std::monostate{}},
                             {"created_at", 1}}});
    ASSERT_TRUE(committer.commit(account));
    store::ChangeSet record;
    record.act.action = "record.draft";
    record.act.account = "a1";
    record.rows.push_back({RowWrite::Kind::Insert,
                           "record",
                           {{"id", "r1"}},
                           {{"version", 1},
                            {"type", "principal_report"},
                            {"module", "dual_reports"},
                            {"schema_version", 1},
                            {"unit", "u"},
                            {"period", "2025"},
                            {"obligation", std::monostate{}},
                            {"state", "draft"},
                            {"content_version", 1},
                            {"rule_version", 1},
                            {"created_by", "a1"},
                            {"created_at", 1}}});
    record.rows.push_back(
        {RowWrite::Kind::Insert,
         "record_content",
         {{"record", "r1"}, {"content_version", 1}},
         {{"content", R"({"title":"旧记录"})"}, {"author", "a1"}, {"written_at", 1}}});
    ASSERT_TRUE(committer.commit(record));
  }

  audit::Report verified() const {
    auto session = *store::Session::open(paths_.database(), store::Access::ReadOnly);
    const auto verifier = audit::Verifier::parse(vkey_);
    auto report = audit::verify(session, {*verifier, paths_.last_signed()});
    if (!report) ADD_FAILURE() << base::report_of(report.error());
    return report.value_or(audit::Report{});
  }

  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  DataPaths paths_{data_};
  fixtures::MovableClock clock_;
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
  base::IdGenerator ids_{clock_, *entropy_};
  std::string vkey_;
};

TEST_F(UpgradeTest, KeepsEveryRowAndEntryOfTheOlderProgramAndVerifies) {
  {
    auto host = Host::open(*DataFolder::open(data_), clock_, *entropy_);
    ASSERT_TRUE(host.has_value()) << base::report_of(host.error());
    EXPECT_EQ((*host)->log_size(), 3);
    const auto units = (*host)->query(list_units({}));
    EXPECT_GT(units->at("items").size(), 10U);
    const auto kept = (*host)->query([](Snapshot& snapshot) -> base::Result<Json> {
      EXPECT_EQ((*access::find_account(snapshot.session, "old-audit"))->id, "a1");
      const auto heard = snapshot.session.first("SELECT audience FROM outbox WHERE id = 'e1'");
      EXPECT_EQ((*heard)->text(0), "readers");
      const auto record = records::load_record(snapshot.session, "r1");
      EXPECT_FALSE(record->sensitivity.has_value());
      return record->content;
    });
    EXPECT_EQ(kept->value("title", ""), "旧记录");
    // And it is written on as if it had always been so.
    const auto system = access::system_principal("test");
    const auto made = (*host)->execute(
        {system, "", "", ""},
        *create_account(**host, system, {"new", "", access::Administers::Security, "", {}}));
    EXPECT_TRUE(made.has_value()) << base::report_of(made.error());
  }
  const auto report = verified();
  EXPECT_TRUE(report.sound()) << (report.findings.empty() ? ""
                                                          : base::text_of(report.findings.front()));
  EXPECT_EQ(report.entries, 4);
}

TEST_F(UpgradeTest, RefusesAnOlderFolderWhoseGuardsWereTakenOff) {
  {
    auto session = *store::Session::open(paths_.database(), store::Access::ReadWrite);
    ASSERT_TRUE(session.script("DROP TRIGGER audit_entry_no_update"));
  }
  const auto host = Host::open(*DataFolder::open(data_), clock_, *entropy_);
  ASSERT_FALSE(host.has_value());
  EXPECT_EQ(host.error().code, base::Code::SchemaChanged);
}

}  // namespace
}  // namespace zeren::app
