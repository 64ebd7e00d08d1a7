// How far a principal reaches today: what it sees, and what it may do beside what its roles let it do. The one answer
// for lists, counts, single reads, events and plans, so that none of them shows what another hides.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/grant.hpp"
#include "access/principal.hpp"
#include "app/snapshot.hpp"
#include "records/actor.hpp"
#include "records/ledger.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"

namespace zeren::app {

/// What of a record decides who sees it.
struct Matter {
  const records::RecordType* type;
  org::UnitId unit;
  std::string author;                        ///< account
  rules::Sensitivity sensitivity;
  std::vector<org::UnitId> recipients = {};  ///< of what was sent and not recalled
  std::vector<org::PostId> holders = {};     ///< of its tasks, but the withdrawn
};

Matter matter_of(const records::RecordType& type, const records::Record& record);
/// Of the record that `author` would draft.
Matter matter_of(const records::RecordType& type, const records::Obligation& obligation,
                 const std::string& author);
/// As far as a list knows it.
Matter matter_of(const records::RecordType& type, const records::RecordLine& line);

/// Made for one principal and one moment: the snapshot must outlive it. Any thread.
class Reach final {
 public:
  Reach(const access::Principal& principal, const Snapshot& snapshot);

  /// The predicate, for the database: every record type in force, on the sides and in the units where the principal
  /// holds a role or a grant; where one of its posts has a task; nothing that its person is recused from.
  const records::Visibility& visibility() const { return visibility_; }

  /// Whether the obligation's owner is a unit where the principal holds a role of the module, or one below such a
  /// unit, or one that a grant reaches. The host itself sees all; administrators see none, but may count all.
  bool sees(const records::Obligation& obligation) const;

  /// Whether it sees every obligation of the module that `unit` and the units below it owe, whatever they are.
  bool sees_below(const EnabledModule& module, const org::UnitId& unit) const;

  /// The principal in `module`, without a record at hand; without a person it holds no role.
  const records::Actor& actor(const EnabledModule& module) const;

  /// The same on a record that it sees: with the groups of fields and the steps it has there, and with the roles of
  /// an appointment that ended and by which it still owes `obligation` (null: none).
  records::Actor actor_on(const EnabledModule& module, const Matter& matter,
                          const records::Obligation* obligation) const;

  /// The units on whose side of the record a grant lets it stand as a reader, or a role of a unit that the record's
  /// type lets read beside the owner.
  std::vector<org::UnitId> granted_sides(const Matter& matter) const;

  /// Whether it reads what the owner says, by a role or by a grant.
  bool reads_as_owner(const EnabledModule& module, const Matter& matter) const;

 private:
  void add_roles(const EnabledModule& module);
  void add_sides(const records::RecordType& type, const records::Visibility::Window& role);
  bool is_beside(const records::Visibility::Window& window, const Matter& matter) const;
  void add_parents(const EnabledModule& module);
  void add_grant(const access::Grant& grant);
  bool stands_above(const records::Actor& actor, const org::UnitId& unit) const;
  bool reaches(const access::Grant& grant, const org::UnitId& unit) const;
  bool fits(const access::Grant& grant, const Matter& matter) const;
  std::vector<org::UnitId> sides_of(const access::Grant& grant, const Matter& matter) const;

  const access::Principal& principal_;
  const Snapshot& snapshot_;
  std::map<std::string, records::Actor> actors_;  // by module, all in force
  std::vector<const access::Grant*> grants_;
  records::Visibility visibility_;
};

}  // namespace zeren::app
