// Whatever happened, and however often it was corrected: the organisation answers for any day, as known on
// any other, exactly what a look through every row ever recorded answers. Seeded, so that a failure repeats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "org/code_tables.hpp"
#include "org/succession.hpp"
#include "org/vacancy.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

constexpr base::Date kFirstDay = base::Date{std::chrono::year{2019} / 1 / 1};
constexpr int kDays = 60;
constexpr int kMoments = 40;
constexpr std::uint32_t kUnitCount = 6;
constexpr std::uint32_t kPersons = 4;
constexpr std::uint32_t kPosts = 9;

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(engine_() % bound);
  }
  bool once_in(std::uint32_t times) { return below(times) == 0; }

  base::Date day() { return kFirstDay + std::chrono::days{below(kDays)}; }

  base::Period period() {
    const auto from = day();
    if (once_in(3)) return {from, base::kForever};
    return {from, from + std::chrono::days{1 + below(kDays / 2)}};
  }

  AsOf as_of() {
    const auto valid = day();
    if (once_in(4)) return {valid};
    return {valid, base::from_millis(below(kMoments))};
  }

  template <class Id>
  Id id(std::uint32_t bound) {
    return {std::to_string(below(bound))};
  }

  std::string code(CodeTable table) {
    return std::string(table[below(static_cast<std::uint32_t>(table.size()))].code);
  }

 private:
  std::mt19937 engine_;
};

// One thing, corrected a few times: revisions that follow each other in record time, with gaps.
template <class T, class Make>
void record(Dice& dice, std::vector<Revision<T>>& rows, Make make) {
  std::int64_t known = dice.below(10);
  for (std::int64_t rev = 1; known < kMoments; ++rev) {
    Revision<T> revision{make(), rev, base::from_millis(known), {}};
    known += 1 + dice.below(15);
    const bool last = dice.once_in(3);
    if (!last) revision.known_to = base::from_millis(known);
    rows.push_back(std::move(revision));
    if (last) return;
    known += dice.once_in(4) ? 3 : 0;
  }
}

OrganisationRows random_history(std::uint32_t seed) {
  Dice dice(seed);
  OrganisationRows rows;
  for (std::uint32_t i = 0; i < kUnitCount; ++i) {
    const auto id = std::to_string(i);
    record(dice, rows.units, [&] {
      return Unit{{id}, id, id, id, "city", "party_committee", dice.period()};
    });
  }
  for (std::uint32_t i = 0; i < kPosts; ++i) {
    const auto id = std::to_string(i);
    record(dice, rows.posts, [&] {
      return Post{{id},          id, dice.id<UnitId>(kUnitCount), id, dice.code(post_classes()),
                  dice.period()};
    });
  }
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto id = std::to_string(i);
    const auto kind = static_cast<RelationKind>(dice.below(5));
    const auto from = dice.id<UnitId>(kUnitCount);
    const auto to = dice.id<UnitId>(kUnitCount);
    record(dice, rows.relations, [&] {
      return Relation{{id}, from, to, kind, dice.period(),
                      kind == RelationKind::Successor ? dice.code(successions()) : ""};
    });
    record(dice, rows.appointments, [&] {
      return Appointment{{id}, dice.id<PersonId>(kPersons), dice.id<PostId>(kPosts),
                         dice.code(appointment_modes()), "", dice.period()};
    });
    record(dice, rows.portfolios, [&] {
      return Portfolio{{id}, dice.id<AppointmentId>(20), dice.id<UnitId>(kUnitCount), dice.period()};
    });
  }
  return rows;
}

// The slow way: every row, every time.
class Scan {
 public:
  Scan(const OrganisationRows& rows, const AsOf& as_of) : rows_(rows), as_of_(as_of) {}

  template <class T>
  bool believed(const Revision<T>& row) const {
    return row.known_from <= as_of_.known && (!row.known_to || as_of_.known < *row.known_to);
  }

  template <class T>
  bool stood(const Revision<T>& row) const {
    return believed(row) && row.value.valid.from <= as_of_.valid && as_of_.valid < row.value.valid.to;
  }

  template <class T, class Fits>
  std::set<std::string> standing(const std::vector<Revision<T>>& rows, Fits fits) const {
    std::set<std::string> ids;
    for (const auto& row : rows) {
      if (stood(row) && fits(row.value)) ids.insert(row.value.id.value);
    }
    return ids;
  }

  std::set<std::string> units() const {
    return standing(rows_.units, [](const Unit&) { return true; });
  }

  std::set<std::string> related(const UnitId& unit, RelationKind kind, Direction direction) const {
    std::set<std::string> others;
    const auto there = units();
    for (const auto& row : rows_.relations) {
      const bool forward = direction == Direction::Forward;
      const auto& near = forward ? row.value.from : row.value.to;
      const auto& far = forward ? row.value.to : row.value.from;
      const bool edge = stood(row) && row.value.kind == kind && near == unit;
      if (edge && there.contains(far.value)) others.insert(far.value);
    }
    return others;
  }

  std::set<std::string> held_by(const PersonId& person) const {
    return standing(rows_.appointments,
                    [&](const Appointment& each) { return each.person == person; });
  }

  std::set<std::string> ever_held_by(const PersonId& person) const {
    std::set<std::string> ids;
    for (const auto& row : rows_.appointments) {
      if (believed(row) && row.value.person == person) ids.insert(row.value.id.value);
    }
    return ids;
  }

  std::set<std::string> team(const UnitId& unit) const {
    const auto posts = standing(rows_.posts, [&](const Post& each) {
      return each.unit == unit && is_team_class(each.post_class);
    });
    return standing(rows_.appointments,
                    [&](const Appointment& each) { return posts.contains(each.post.value); });
  }

  std::set<std::string> covering(const UnitId& unit) const {
    return standing(rows_.appointments, [&](const Appointment& held) {
      return !standing(rows_.portfolios, [&](const Portfolio& each) {
                return each.unit == unit && each.appointment == held.id;
              }).empty();
    });
  }

  std::set<std::string> portfolio(const PersonId& person) const {
    const auto held = held_by(person);
    return standing(rows_.units, [&](const Unit& unit) {
      return !standing(rows_.portfolios, [&](const Portfolio& each) {
                return each.unit == unit.id && held.contains(each.appointment.value);
              }).empty();
    });
  }

  // Day by day back from the day asked: how long nobody has been there in a mode that counts.
  template <class Counts>
  base::Date empty_since(const Post& post, Counts counts) const {
    auto day = as_of_.valid;
    const auto taken = [&](base::Date date) {
      return std::any_of(
          rows_.appointments.begin(), rows_.appointments.end(), [&](const auto& row) {
            return believed(row) && row.value.post == post.id && counts(row.value) &&
                   row.value.valid.contains(date);
          });
    };
    while (day > post.valid.from && !taken(day - std::chrono::days{1})) day -= std::chrono::days{1};
    return day;
  }

 private:
  const OrganisationRows& rows_;
  AsOf as_of_;
};

std::set<std::string> ids(const std::vector<UnitId>& units) {
  std::set<std::string> result;
  for (const auto& each : units) EXPECT_TRUE(result.insert(each.value).second) << each.value;
  return result;
}

template <class T>
std::set<std::string> ids(const std::vector<const T*>& values) {
  std::set<std::string> result;
  for (const auto* each : values) EXPECT_TRUE(result.insert(each->id.value).second);
  return result;
}

class AsOfProperty : public testing::TestWithParam<std::uint32_t> {
 protected:
  static constexpr int kQuestions = 60;
  OrganisationRows rows_ = random_history(GetParam());
  std::shared_ptr<const Organisation> org_ =
      Organisation::make(rows_, kFirstDay + std::chrono::days{kDays / 2});
  Dice dice_{GetParam() + 1000};
};

TEST_P(AsOfProperty, UnitsAndTheirRelationsAreThoseOfAScan) {
  for (int i = 0; i < kQuestions; ++i) {
    const auto as_of = dice_.as_of();
    const Scan scan(rows_, as_of);
    EXPECT_EQ(ids(org_->units(as_of)), scan.units());
    const auto unit = dice_.id<UnitId>(kUnitCount);
    const auto kind = static_cast<RelationKind>(dice_.below(5));
    for (const auto direction : {Direction::Forward, Direction::Backward}) {
      EXPECT_EQ(ids(org_->related(unit, kind, direction, as_of)),
                scan.related(unit, kind, direction));
    }
  }
}

TEST_P(AsOfProperty, TeamsAndAppointmentsAreThoseOfAScan) {
  for (int i = 0; i < kQuestions; ++i) {
    const auto as_of = dice_.as_of();
    const Scan scan(rows_, as_of);
    const auto unit = dice_.id<UnitId>(kUnitCount);
    const auto person = dice_.id<PersonId>(kPersons);
    EXPECT_EQ(ids(org_->team_of(unit, as_of)), scan.team(unit));
    EXPECT_EQ(ids(org_->appointments_of(person, as_of)), scan.held_by(person));
    EXPECT_EQ(ids(org_->career_of(person, as_of.known)), scan.ever_held_by(person));
  }
}

TEST_P(AsOfProperty, PortfoliosAreThoseOfAScanFromEitherSide) {
  for (int i = 0; i < kQuestions; ++i) {
    const auto as_of = dice_.as_of();
    const Scan scan(rows_, as_of);
    const auto unit = dice_.id<UnitId>(kUnitCount);
    const auto person = dice_.id<PersonId>(kPersons);
    EXPECT_EQ(ids(org_->covering(unit, as_of)), scan.covering(unit));
    EXPECT_EQ(ids(org_->portfolio_of(person, as_of)), scan.portfolio(person));
  }
}

TEST_P(AsOfProperty, VacanciesBeginWhereACountOfDaysSaysSo) {
  for (int i = 0; i < kQuestions; ++i) {
    const auto as_of = dice_.as_of();
    const Scan scan(rows_, as_of);
    for (const auto& vacancy : vacancies(*org_, as_of)) {
      const auto holds = [](const Appointment& each) { return !stands_in(each.mode); };
      EXPECT_EQ(vacancy.since, scan.empty_since(*vacancy.post, holds));
      EXPECT_EQ(vacancy.unattended_since.has_value(), vacancy.stand_ins.empty());
      if (!vacancy.unattended_since) continue;
      EXPECT_EQ(*vacancy.unattended_since,
                scan.empty_since(*vacancy.post, [](const Appointment&) { return true; }));
    }
  }
}

TEST_P(AsOfProperty, MappingOnAndMappingBackAgree) {
  for (int i = 0; i < kQuestions; ++i) {
    const auto as_of = dice_.as_of();
    for (std::uint32_t from = 0; from < kUnitCount; ++from) {
      const UnitId old{std::to_string(from)};
      const auto reached = ids(mapped_to(*org_, old, as_of));
      for (std::uint32_t to = 0; to < kUnitCount; ++to) {
        const auto stood_for = ids(mapped_from(*org_, UnitId{std::to_string(to)}, as_of));
        EXPECT_EQ(reached.contains(std::to_string(to)), stood_for.contains(old.value));
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AsOfProperty, testing::Range(1U, 21U));

// Import after import, each correcting what was said before.
class BeliefsOverImports : public RecordedOrganisation {
 protected:
  struct Belief {
    base::Instant known;
    std::string told;
  };

  static ImportTexts first_files() {
    std::string units = "code,name,level,kind,valid_from,valid_to\n";
    std::string persons = "code,name\n";
    std::string posts = "code,unit,title,class\n";
    for (const std::string i : {"0", "1", "2"}) {
      units += "u-" + i + ",单位" + i + ",city,party_committee,2019-01-01,\n";
      persons += "p-" + i + ",某" + i + "\n";
      posts += "head-" + i + ",u-" + i + ",书记,PRINCIPAL\n";
    }
    return {{"units.csv", units}, {"persons.csv", persons}, {"posts.csv", posts}};
  }

  static ImportTexts random_files(Dice& dice) {
    const auto days = [&dice] {
      const auto valid = dice.period();
      return base::to_string(valid.from) + "," +
             (valid.to == base::kForever ? "" : base::to_string(valid.to)) + "\n";
    };
    const auto one = [&dice](const char* of) { return of + std::to_string(dice.below(3)); };
    return {{"appointments.csv", "person,post,mode,valid_from,valid_to\n" + one("p-") + "," +
                                     one("head-") + "," + dice.code(appointment_modes()) + "," +
                                     days()},
            {"relations.csv", "from,kind,to,valid_from,valid_to\n" + one("u-") + "," +
                                  (dice.once_in(2) ? "party_superior," : "same_level,") +
                                  one("u-") + "," + days()}};
  }

  // Everything the organisation says of a few days, as a text.
  static std::string told(const Organisation& org, base::Instant known) {
    std::string text;
    for (int day = 0; day < kDays; day += 7) {
      const AsOf as_of{kFirstDay + std::chrono::days{day}, known};
      for (const auto* unit : org.units(as_of)) {
        text += "\n" + base::to_string(as_of.valid) + " " + unit->code + ":";
        for (const auto* held : org.team_of(unit->id, as_of)) text += " " + held->id.value + held->mode;
        for (const auto& up : org.related(unit->id, RelationKind::PartySuperior,
                                          Direction::Forward, as_of)) {
          text += " " + up.value;
        }
      }
    }
    return text;
  }
};

TEST_F(BeliefsOverImports, StayAskableHoweverOftenTheyAreCorrected) {
  Dice dice(20260301);
  std::vector<Belief> beliefs;
  import(first_files());
  for (int i = 0; i < 120; ++i) {
    const auto files = random_files(dice);
    if (!plan(files)) continue;  // it overlaps or goes in a circle; another will not
    import(files);
    beliefs.push_back({clock_.now(), told(org(), base::Instant::max())});
    clock_.set(clock_.now() + std::chrono::hours{1});
  }
  EXPECT_GT(beliefs.size(), 20U);
  for (const auto& belief : beliefs) EXPECT_EQ(told(org(), belief.known), belief.told);
}

}  // namespace
}  // namespace zeren::org
