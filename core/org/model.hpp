// What an organisation is made of, as plain values. Levels, kinds, classes and modes are codes of
// code_tables.hpp, because localities name them; relation kinds are fixed, because paths and
// labelling depend on them. Record time stands beside a value, in history.hpp.
#pragma once

#include <cstdint>
#include <string>

#include "base/civil_time.hpp"
#include "org/id.hpp"

namespace zeren::org {

struct Unit {
  UnitId id;
  std::string code;  ///< stable, `[a-z0-9-]+`
  std::string name;
  std::string short_name;
  std::string level;  ///< of unit_levels()
  std::string kind;   ///< of unit_kinds()
  base::Period valid;
  bool operator==(const Unit&) const = default;
};

/// Read `from` kind `to`: a child to its superior, a commission to its committee, a stationed group
/// to its host, a unit that ended to the one that took over.
enum class RelationKind : std::uint8_t {
  PartySuperior,
  DisciplineSuperior,
  SameLevel,
  StationedAt,
  Successor,
};

struct Relation {
  RelationId id;
  UnitId from;
  UnitId to;
  RelationKind kind = RelationKind::PartySuperior;
  base::Period valid;            ///< of a successor, from the day it took over
  std::string succession = {};   ///< of successions() when the kind is Successor, else empty
  bool operator==(const Relation&) const = default;
};

struct Person {
  PersonId id;
  std::string code;  ///< internal number; never a number of an identity document
  std::string name;
  bool operator==(const Person&) const = default;
};

struct Post {
  PostId id;
  std::string code;
  UnitId unit;
  std::string title;
  std::string post_class;  ///< of post_classes()
  base::Period valid;
  bool operator==(const Post&) const = default;
};

struct Appointment {
  AppointmentId id;
  PersonId person;
  PostId post;
  std::string mode;    ///< of appointment_modes()
  std::string doc_no;  ///< number of the appointing document; may be empty
  base::Period valid;
  bool operator==(const Appointment&) const = default;
};

/// A unit that an appointment answers for (分管单位), over a time of its own within the appointment's.
struct Portfolio {
  PortfolioId id;
  AppointmentId appointment;
  UnitId unit;
  base::Period valid;  ///< an open end lasts as long as the appointment
  bool operator==(const Portfolio&) const = default;
};

}  // namespace zeren::org
