// How an organisation of a province's size imports, loads and answers.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <string>

#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/written_store.hpp"
#include "org/organisation.hpp"
#include "org/organisation_import.hpp"

namespace zeren {
namespace {

constexpr int kUnitsByDefault = 20'000;
constexpr int kAppointmentsByDefault = 100'000;
constexpr int kQuestions = 100'000;
constexpr int kBranches = 8;

double milliseconds(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
      .count();
}

/// Units in a tree of kBranches each; posts in turn, every appointment to a post of its own, one
/// after another over the years.
org::ImportTexts organisation_of(int units, int appointments) {
  org::ImportTexts texts{{"units.csv", "code,name,short_name,level,kind,valid_from,valid_to\n"},
                         {"relations.csv", "from,kind,to,valid_from,valid_to\n"},
                         {"persons.csv", "code,name\n"},
                         {"posts.csv", "code,unit,title,class\n"},
                         {"appointments.csv", "person,post,mode,doc_no,valid_from,valid_to\n"}};
  for (int i = 0; i < units; ++i) {
    const auto n = std::to_string(i);
    texts["units.csv"] += "u" + n + ",第" + n + "号党委,,county,party_committee,2010-01-01,\n";
    if (i == 0) continue;
    texts["relations.csv"] +=
        "u" + n + ",party_superior,u" + std::to_string((i - 1) / kBranches) + ",2010-01-01,\n";
  }
  for (int i = 0; i < appointments; ++i) {
    const auto n = std::to_string(i);
    const auto year = std::to_string(2015 + i % 10);
    texts["persons.csv"] += "p" + n + ",某人" + n + "\n";
    texts["posts.csv"] += "post" + n + ",u" + std::to_string(i % units) + ",委员," +
                          (i < units ? "PRINCIPAL" : "MEMBER") + "\n";
    texts["appointments.csv"] += "p" + n + ",post" + n + ",formal,," + year + "-01-01,\n";
  }
  return texts;
}

void measure(int units, int appointments) {
  fixtures::WrittenStore store;
  fixtures::MovableClock clock;
  fixtures::SeededEntropy entropy;
  base::IdGenerator ids(clock, entropy);
  const auto today = base::make_date(2026, 1, 1);
  const auto texts = organisation_of(units, appointments);
  const auto empty = org::Organisation::make({}, today);
  base::Result<store::ChangeSet> change = store::ChangeSet{};
  const auto planning =
      milliseconds([&] { change = org::plan_import(*empty, texts, ids, clock.now()); });
  if (!change) {
    std::printf("refused: %s\n", base::report_of(change.error()).c_str());
    return;
  }
  const auto writing = milliseconds([&] { store.must_commit(*change); });
  std::shared_ptr<const org::Organisation> organisation;
  const auto loading =
      milliseconds([&] { organisation = *org::Organisation::load(store.session(), today); });
  std::mt19937 random(1);
  std::size_t members = 0;
  const auto asking = milliseconds([&] {
    for (int i = 0; i < kQuestions; ++i) {
      const auto& unit = *organisation->unit_by_code(
          "u" + std::to_string(random() % static_cast<unsigned>(units)));
      const auto day = base::make_date(2015 + static_cast<int>(random() % 11), 6, 1);
      members += organisation->team_of(unit.id, {day}).size();
    }
  });
  std::printf("%d units, %d appointments, %zu rows\n", units, appointments, change->rows.size());
  std::printf("plan the import    %10.1f ms\n", planning);
  std::printf("write it           %10.1f ms (synchronous off)\n", writing);
  std::printf("load and index     %10.1f ms\n", loading);
  std::printf("team as of a day   %10.2f us (%zu members in %d questions)\n",
              asking * 1000 / kQuestions, members, kQuestions);
}

int number(const char* text, int otherwise) {
  int value = otherwise;
  const std::string_view all(text);
  std::from_chars(all.data(), all.data() + all.size(), value);
  return value > 0 ? value : otherwise;
}

}  // namespace
}  // namespace zeren

int main(int count, char** arguments) {
  zeren::measure(
      count > 1 ? zeren::number(arguments[1], zeren::kUnitsByDefault) : zeren::kUnitsByDefault,
      count > 2 ? zeren::number(arguments[2], zeren::kAppointmentsByDefault)
                : zeren::kAppointmentsByDefault);
  return 0;
}
