// The organisation in memory, whole and immutable: swapped as one when it changes, so that readers
// need no lock. "Subtree" and "superiors" answer for today from interval labels; everything that
// takes an AsOf walks the dated edges instead.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/code_index.hpp"
#include "org/grouping.hpp"
#include "org/hierarchy.hpp"
#include "org/history.hpp"
#include "org/model.hpp"
#include "org/organisation_rows.hpp"
#include "store/session.hpp"

namespace zeren::org {

/// The organisation as it stood on `valid`, as far as was recorded at `known`; by default all we
/// know.
struct AsOf {
  base::Date valid;
  base::Instant known = base::Instant::max();
};

enum class Direction : std::uint8_t { Forward, Backward };  ///< from → to, or to → from

/// Any thread. Pointers and spans live as long as the snapshot. Vectors of units are ordered by
/// code.
class Organisation final {
 public:
  /// Reads the tables and labels the hierarchies as they stand on `today`; a snapshot is due again
  /// after a change and on the next day. Fails as read_rows(). Blocks. Shared by the host and each
  /// reader that is still at work when the host swaps it.
  static base::Result<std::shared_ptr<const Organisation>> load(store::Session& session,
                                                                base::Date today);

  /// The same from rows in memory.
  static std::shared_ptr<const Organisation> make(OrganisationRows rows, base::Date today);

  Organisation(const Organisation&) = delete;
  Organisation& operator=(const Organisation&) = delete;
  ~Organisation() = default;

  base::Date today() const { return today_; }
  std::int64_t epoch() const { return epoch_; }  ///< version of the epoch kEpochName

  /// What is believed now, whether valid today or not; null when nothing is.
  const Unit* unit(const UnitId& id) const;
  const Unit* unit_by_code(std::string_view code) const;
  const Person* person(const PersonId& id) const;
  const Person* person_by_code(std::string_view code) const;
  const Post* post(const PostId& id) const;
  const Post* post_by_code(std::string_view code) const;

  /// The unit as it stood then; null when it did not.
  const Unit* unit(const UnitId& id, const AsOf& as_of) const;

  /// All units that stood then.
  std::vector<const Unit*> units(const AsOf& as_of) const;

  /// Today's forest of a hierarchical kind (is_hierarchical()); for any other kind, units without
  /// edges.
  const Hierarchy& hierarchy(RelationKind kind) const;

  /// Today's `unit` and all below it, a contiguous range of hierarchy(kind).order().
  std::span<const UnitId> subtree(RelationKind kind, const UnitId& unit) const;

  /// Today's superiors, nearest first.
  std::vector<UnitId> superiors(RelationKind kind, const UnitId& unit) const;

  /// The units at the other end of the edges that stood then, themselves standing then.
  std::vector<UnitId> related(const UnitId& unit, RelationKind kind, Direction direction,
                              const AsOf& as_of) const;

  /// The relations of `unit` that stood then, whether the other end stood or not; ordered by their
  /// beginning.
  std::vector<const Relation*> relations_of(const UnitId& unit, RelationKind kind,
                                            Direction direction, const AsOf& as_of) const;

  /// The posts of `unit` that stood then, ordered by code.
  std::vector<const Post*> posts_of(const UnitId& unit, const AsOf& as_of) const;

  /// All appointments to `post` that were believed at `known`, past and future ones too; the
  /// earliest first.
  std::vector<const Appointment*> tenures_of(const PostId& post, base::Instant known) const;

  /// What the person held, ordered by mode and post; below, likewise.
  std::vector<const Appointment*> appointments_of(const PersonId& person, const AsOf& as_of) const;

  /// All appointments of the person that were believed at `known`, past and future ones too; the
  /// earliest first.
  std::vector<const Appointment*> career_of(const PersonId& person, base::Instant known) const;

  /// Who held posts of `post_class` in `unit`: the formal holder first, then who stands in.
  std::vector<const Appointment*> holders_of(const UnitId& unit, std::string_view post_class,
                                             const AsOf& as_of) const;

  /// The leadership team (is_team_class()), in the order of post_classes().
  std::vector<const Appointment*> team_of(const UnitId& unit, const AsOf& as_of) const;

  /// The units that the portfolio of the appointment covered (分管单位), while it was held; each
  /// standing then.
  std::vector<UnitId> portfolio_of(const AppointmentId& appointment, const AsOf& as_of) const;

  /// The same over all that the person held, each unit once.
  std::vector<UnitId> portfolio_of(const PersonId& person, const AsOf& as_of) const;

  /// The appointments whose portfolio covered `unit`, ordered by mode and post.
  std::vector<const Appointment*> covering(const UnitId& unit, const AsOf& as_of) const;

  /// Every revision ever recorded.
  const History<Unit>& unit_history() const { return units_; }
  const History<Relation>& relation_history() const { return relations_; }
  const History<Person>& person_history() const { return persons_; }
  const History<Post>& post_history() const { return posts_; }
  const History<Appointment>& appointment_history() const { return appointments_; }
  const History<Portfolio>& portfolio_history() const { return portfolios_; }

 private:
  Organisation(OrganisationRows rows, base::Date today);
  void label();
  std::vector<Hierarchy::Edge> edges(RelationKind kind) const;
  void collect(const UnitId& unit, std::string_view post_class, const AsOf& as_of,
               std::vector<const Appointment*>& out) const;
  void order(std::vector<const Appointment*>& appointments) const;
  void collect_portfolio(const AppointmentId& appointment, const AsOf& as_of,
                         std::vector<const Unit*>& out) const;

  base::Date today_;
  std::int64_t epoch_;
  History<Unit> units_;
  History<Relation> relations_;
  History<Person> persons_;
  History<Post> posts_;
  History<Appointment> appointments_;
  History<Portfolio> portfolios_;

  // Views into the histories above.
  CodeIndex<Unit> unit_codes_;
  CodeIndex<Person> person_codes_;
  CodeIndex<Post> post_codes_;
  Grouping<Relation, UnitId> outgoing_;
  Grouping<Relation, UnitId> incoming_;
  Grouping<Post, UnitId> posts_by_unit_;
  Grouping<Appointment, PostId> by_post_;
  Grouping<Appointment, PersonId> by_person_;
  Grouping<Portfolio, AppointmentId> by_appointment_;
  Grouping<Portfolio, UnitId> by_covered_;

  Hierarchy party_;
  Hierarchy discipline_;
  Hierarchy flat_;  // every unit a root, for the kinds that are no hierarchy
};

}  // namespace zeren::org
