// A database file with an organisation in it, for tests: imports are committed through the real
// tables, with a hand-made audit entry each, and read back.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "org/organisation.hpp"
#include "org/organisation_import.hpp"
#include "store/session.hpp"

namespace zeren::org {

class FakeClock final : public base::Clock {
 public:
  base::Instant now() const override { return now_; }
  void set(base::Instant now) { now_ = now; }

 private:
  base::Instant now_ = base::from_millis(1'700'000'000'000);
};

// Counts, so that every identifier differs and every run is the same.
class CountingEntropy final : public base::Entropy {
 public:
  void fill(std::span<std::byte> out) override;

 private:
  std::uint32_t count_ = 0;
};

class RecordedOrganisation : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  base::Result<store::ChangeSet> plan(const ImportTexts& texts);

  base::Result<base::Json> preview(const ImportTexts& texts);

  /// Plans and commits; a test failure when either is refused. The change that was committed.
  store::ChangeSet import(const ImportTexts& texts);
  base::Result<void> commit(const store::ChangeSet& change);

  /// The organisation as the database has it.
  const Organisation& org() const { return *organisation_; }
  UnitId unit(std::string_view code) const;

  static constexpr base::Date kToday = base::Date{std::chrono::year{2026} / 3 / 1};
  FakeClock clock_;

 private:
  void reload();

  CountingEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
  std::filesystem::path folder_;
  std::optional<store::Session> session_;
  std::shared_ptr<const Organisation> organisation_;  // the fixture's own
  std::int64_t entries_ = 0;
};

}  // namespace zeren::org
