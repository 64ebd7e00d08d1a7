#include "unit/org/recorded_organisation.hpp"

#include <array>
#include <cstdlib>

#include "base/messages.hpp"
#include "store/migrations.hpp"
#include "store/tables.hpp"

namespace zeren::org {

void CountingEntropy::fill(std::span<std::byte> out) {
  ++count_;
  auto rest = count_;
  for (auto byte = out.rbegin(); byte != out.rend(); ++byte, rest >>= 8U) {
    *byte = static_cast<std::byte>(rest & 0xFFU);
  }
}

void RecordedOrganisation::SetUp() {
  std::string pattern = (std::filesystem::temp_directory_path() / "zeren-org-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  auto session = store::Session::open(folder_ / "org.db", store::Access::ReadWrite);
  ASSERT_TRUE(session.has_value()) << base::report_of(session.error());
  session_.emplace(std::move(*session));
  const auto migrated = store::migrate(*session_);
  ASSERT_TRUE(migrated.has_value()) << base::report_of(migrated.error());
  reload();
}

void RecordedOrganisation::TearDown() {
  session_.reset();
  std::filesystem::remove_all(folder_);
}

base::Result<store::ChangeSet> RecordedOrganisation::plan(const ImportTexts& texts) {
  return plan_import(*organisation_, texts, ids_, clock_.now());
}

base::Result<base::Json> RecordedOrganisation::preview(const ImportTexts& texts) {
  return preview_import(*organisation_, texts, ids_);
}

store::ChangeSet RecordedOrganisation::import(const ImportTexts& texts) {
  const auto change = plan(texts);
  EXPECT_TRUE(change.has_value()) << base::report_of(change.error());
  if (!change) return {};
  const auto done = commit(*change);
  EXPECT_TRUE(done.has_value()) << base::report_of(done.error());
  reload();
  return *change;
}

base::Result<void> RecordedOrganisation::commit(const store::ChangeSet& change) {
  const auto entry = entries_;
  const auto text = std::to_string(entry);
  auto transaction = store::Transaction::begin(*session_);
  if (!transaction) return base::pass(std::move(transaction));
  if (auto done = store::check_reads(*session_, change); !done) return done;
  const auto opened =
      session_->execute("INSERT INTO audit_entry (idx, id, leaf) VALUES (:1, :2, :3)",
                        std::to_array<store::Value>({entry, text, text}));
  if (!opened) return opened;
  if (auto done = store::write_rows(*session_, change, entry); !done) return done;
  const auto sealed = session_->execute("INSERT INTO audit_leaf (idx, hash) VALUES (:1, :2)",
                                        std::to_array<store::Value>({entry, text}));
  if (!sealed) return sealed;
  ++entries_;
  return transaction->commit();
}

UnitId RecordedOrganisation::unit(std::string_view code) const {
  const auto* found = organisation_->unit_by_code(code);
  EXPECT_NE(found, nullptr) << code;
  return found == nullptr ? UnitId{} : found->id;
}

void RecordedOrganisation::reload() {
  auto loaded = Organisation::load(*session_, kToday);
  ASSERT_TRUE(loaded.has_value()) << base::report_of(loaded.error());
  organisation_ = std::move(*loaded);
}

}  // namespace zeren::org
