// Whatever slips of the pen the tables of a city have: an import is taken or refused with places, and nothing
// else ever happens. Seeded, so that a failure repeats.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "fixtures/small_city_texts.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

constexpr std::uint32_t kTries = 200;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char each : text) {
    if (each == at) {
      parts.emplace_back();
    } else {
      parts.back() += each;
    }
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, char with) {
  std::string text;
  for (const auto& part : parts) {
    if (&part != &parts.front()) text += with;
    text += part;
  }
  return text;
}

// Whoever types tables in a hurry.
class Clerk final {
 public:
  explicit Clerk(std::uint32_t seed) : engine_(seed) {}

  void slip(ImportTexts& texts) {
    for (auto& [file, text] : texts) {
      for (auto slips = below(4); slips != 0; --slips) slip(text);
    }
  }

 private:
  std::size_t below(std::size_t bound) { return engine_() % bound; }

  void slip(std::string& text) {
    auto lines = split(text, '\n');
    if (lines.size() < 3) return;
    const auto at = 1 + below(lines.size() - 2);  // a row, not the header
    auto& line = lines[at];
    switch (below(4)) {
      case 0: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 1: lines.push_back(std::string(line)); break;
      case 2: line = with_other_cell(line, lines[1 + below(lines.size() - 2)]); break;
      default: line = with_broken_cell(line); break;
    }
    text = join(lines, '\n');
  }

  // A cell that belongs to another row.
  std::string with_other_cell(const std::string& line, const std::string& other) {
    auto cells = split(line, ',');
    const auto others = split(other, ',');
    const auto at = below(cells.size());
    if (at < others.size()) cells[at] = others[at];
    return join(cells, ',');
  }

  std::string with_broken_cell(const std::string& line) {
    auto cells = split(line, ',');
    auto& cell = cells[below(cells.size())];
    switch (below(5)) {
      case 0: cell.clear(); break;
      case 1: cell += "x"; break;
      case 2: cell = "no-such"; break;
      case 3: cell += ","; break;
      default: cell = std::to_string(1990 + below(60)) + "-01-01"; break;
    }
    return join(cells, ',');
  }

  std::mt19937 engine_;
};

void expect_taken_or_refused(const base::Result<store::ChangeSet>& change) {
  if (change) return;
  EXPECT_EQ(change.error().code, base::Code::OrgRowsRejected);
  EXPECT_FALSE(change.error().causes.empty());
  for (const auto& cause : change.error().causes) EXPECT_FALSE(cause.where.file.empty());
}

class ImportSlips : public RecordedOrganisation {};

TEST_F(ImportSlips, InAFirstImportAreRefusedWithPlacesAndNothingElseHappens) {
  for (std::uint32_t seed = 0; seed < kTries; ++seed) {
    SCOPED_TRACE(seed);
    auto texts = fixtures::small_city_texts();
    Clerk(seed).slip(texts);
    expect_taken_or_refused(plan(texts));
  }
}

TEST_F(ImportSlips, InALaterImportAreRefusedWithPlacesAndNothingElseHappens) {
  import(fixtures::small_city_texts());
  for (std::uint32_t seed = 0; seed < kTries; ++seed) {
    SCOPED_TRACE(seed);
    auto texts = fixtures::small_city_texts();
    Clerk(seed).slip(texts);
    expect_taken_or_refused(plan(texts));
  }
}

}  // namespace
}  // namespace zeren::org
