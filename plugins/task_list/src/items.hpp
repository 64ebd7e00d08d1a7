// What the task list counts in records that are linked to the one a step is about: its items, what was granted for
// them, and the answers to orders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "zeren/step.hpp"

/// A task item at the other end of a link.
struct Item {
  std::string code;
  std::string title;
  std::string state;
  std::string leader;
  std::string section;
  std::string due;
  std::string verified_on;
  bool nil = false;
  std::vector<std::string> measures;

  /// What nobody could carry out: no measure, no person or no date.
  bool is_bare() const { return measures.empty() || leader.empty() || due.empty(); }
};

/// Items that stand and are linked to the record by confirmed links of this kind, by code.
std::vector<Item> items_of(const zeren::StepRequest& step, std::string_view kind);

/// How many records of the type say they belong to this one and are in the state.
std::int64_t count_in(const zeren::StepRequest& step, std::string_view type, std::string_view state);

/// The latest day until which a suspension of this item was granted; nullopt where none was.
std::optional<std::string> granted_until(const zeren::StepRequest& step);

/// The ten of article 8 that are not among the items: `T03、T07`; empty when all are there.
std::string missing_of_ten(const std::vector<Item>& items);

/// Whether it is one of the ten, which nobody takes away.
bool is_of_ten(std::string_view code);

/// The rows that go into the list as it is sent.
zeren::Json rows_of(const std::vector<Item>& items);

/// Between when and when somebody was principal, both days included.
struct Tenure {
  std::string from;
  std::string to;
};

/// The figures and lines of a principal's summary: what was struck off within the tenure is theirs, what was struck off
/// before is the predecessor's, the rest was open when the tenure ended.
std::map<std::string, zeren::Json> summary_of(const std::vector<Item>& items, const Tenure& tenure);
