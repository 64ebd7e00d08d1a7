// The city of the demonstration is what its generator makes, and is a whole city.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "fixtures/written_store.hpp"
#include "org/import_file.hpp"
#include "org/organisation.hpp"
#include "org/organisation_import.hpp"
#include "org/path.hpp"
#include "org/vacancy.hpp"

namespace zeren {
namespace {

constexpr auto kCommitted = ZEREN_SOURCE_DIR "/config/demo/organisation";

void generate(const std::filesystem::path& folder) {
  const auto command = std::string(ZEREN_DEMO_CITY) + " '" + folder.string() + "'";
  ASSERT_EQ(std::system(command.c_str()),
            0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe): our own program
}

std::string table(const std::filesystem::path& folder, std::string_view file) {
  return base::read_file(folder / std::string(file)).value_or("");
}

TEST(DemoCity, IsWhatTheGeneratorMakes) {
  if (std::getenv("ZEREN_ACCEPT") != nullptr)
    generate(kCommitted);  // NOLINT(concurrency-mt-unsafe)
  const fixtures::TempFolder made;
  generate(made.path());
  for (const auto& shape : org::import_shapes()) {
    EXPECT_EQ(table(made.path(), shape.file), table(kCommitted, shape.file)) << shape.file;
  }
}

class DemoCityWorld : public testing::Test, public fixtures::WrittenStore {
 protected:
  void SetUp() override {
    org::ImportTexts texts;
    for (const auto& shape : org::import_shapes()) {
      texts.emplace(shape.file, table(kCommitted, shape.file));
    }
    const auto empty = org::Organisation::make({}, kToday);
    auto planned = org::plan_import(*empty, texts, ids_, clock_.now());
    ASSERT_TRUE(planned.has_value()) << base::report_of(planned.error());
    EXPECT_THAT(planned->answer["without_successor"], testing::IsEmpty());
    must_commit(*planned);
    organisation_ = *org::Organisation::load(session(), kToday);
  }

  bool leads_somewhere(const char* path, const org::Unit& from) const {
    return !org::Path::parse(path)->evaluate(*organisation_, from.id, {kToday}).empty();
  }

  std::size_t appointments(std::string_view mode) const {
    std::size_t count = 0;
    for (const auto* unit : organisation_->units({kToday})) {
      for (const auto* held : organisation_->team_of(unit->id, {kToday})) {
        count += held->mode == mode ? 1U : 0U;
      }
    }
    return count;
  }

  static constexpr base::Date kToday = base::Date{std::chrono::year{2026} / 11 / 1};
  fixtures::MovableClock clock_{base::from_millis(1'793'500'000'000)};
  fixtures::SeededEntropy entropy_;
  base::IdGenerator ids_{clock_, entropy_};
  std::shared_ptr<const org::Organisation> organisation_;  // the test's own
};

TEST_F(DemoCityWorld, HasTheSizeOfACity) {
  const auto units = organisation_->units({kToday});
  EXPECT_GE(units.size(), 400U);
  EXPECT_LE(units.size(), 600U);
  EXPECT_GE(organisation_->person_history().all().size(), 2500U);
  EXPECT_GE(
      organisation_
          ->subtree(org::RelationKind::PartySuperior, organisation_->unit_by_code("qinglan")->id)
          .size(),
      290U);
}

TEST_F(DemoCityWorld, EveryBodyKnowsWhomItReportsTo) {
  for (const auto* unit : organisation_->units({kToday})) {
    if (unit->level == "province") continue;
    const bool discipline = unit->kind.starts_with("commission") || unit->kind == "stationed_group";
    if (discipline) {
      EXPECT_TRUE(leads_somewhere("same_level|stationed_at", *unit)) << unit->code;
      EXPECT_TRUE(leads_somewhere("discipline_superior", *unit)) << unit->code;
    } else {
      EXPECT_TRUE(leads_somewhere("party_superior/^same_level", *unit)) << unit->code;
    }
  }
}

TEST_F(DemoCityWorld, HoldsWhatMakesACityHard) {
  EXPECT_GE(appointments("in_charge") + appointments("acting"), 5U);
  EXPECT_GE(appointments("concurrent"), 150U);
  EXPECT_GE(org::vacancies(*organisation_, {kToday}).size(), 3U);
  EXPECT_EQ(organisation_->unit_by_code("qinglan-big-data")->valid.to,
            base::make_date(2025, 3, 15));
  for (const auto* gone :
       {"qinglan-big-data", "qinglan-intellectual-property", "linxi-construction"}) {
    const auto id = organisation_->unit_by_code(gone)->id;
    EXPECT_FALSE(
        organisation_->related(id, org::RelationKind::Successor, org::Direction::Forward, {kToday})
            .empty())
        << gone;
  }
}

}  // namespace
}  // namespace zeren
