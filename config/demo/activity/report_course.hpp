// The way of one report through its unit and to its recipients, act by act. Every act looks at the record as it stands
// and does nothing when somebody else has moved it on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "activity/fate.hpp"
#include "activity/institution.hpp"

namespace zeren::demo {

/// One thing that is owed, and what becomes of it.
struct Filing {
  std::string obligation;
  int year = 0;  ///< that it is about
  base::Date due;
  Fate fate;
  Chance chance;
  std::string record = {};  ///< once it is drafted
  int patience = 12;        ///< how often somebody waits for a vacant post to be filled
};
using Item = std::shared_ptr<Filing>;

class ReportCourse final {
 public:
  explicit ReportCourse(const Story& story) : story_(story), stage_(story.stage) {}

  /// Puts the first act on the agenda.
  void begin(const Item& item);

 private:
  using Done = base::Result<void>;
  using Doing = Done (ReportCourse::*)(const Item& item);

  // In the unit.
  Done draft(const Item& item);
  Done look_after(const Item& item);
  Done ask_signers(const Item& item);
  Done sign(const Item& item);
  Done ask_for_time(const Item& item);
  Done submit(const Item& item);
  Done send_back(const Item& item);
  Done approve(const Item& item);
  Done put_off_until_due(const Item& item);
  Done withdraw(const Item& item);
  Done amend(const Item& item);
  Done shelve(const Item& item);
  Done correct(const Item& item);

  // Where it is sent.
  void tell_recipients(const Item& item);
  Done receive(const Item& item, const std::string& leg);
  Done give_back(const Item& item);
  Done urge(const Item& item);

  // What all of them use.
  void on(base::Date day, Hour hour, Doing doing, const Item& item);
  void later(const Item& item, Doing doing);
  Done put_off(const Item& item, Doing doing);
  base::Result<std::optional<access::Principal>> clerk_of(const org::UnitId& unit);
  base::Result<std::optional<access::Principal>> head_of(const org::UnitId& unit);
  Done step(const Item& item, const std::optional<access::Principal>& who, const std::string& key,
            const std::string& reason = {});
  Done comment_on(const Item& item, const access::Principal& who, const std::string& text);
  Done attach_minutes(const Item& item, const access::Principal& clerk, const org::Unit& unit);
  Done give(const Item& item, const access::Principal& who, records::TaskKind kind, const std::string& post,
            std::optional<base::Date> due = std::nullopt);

  Story story_;
  Stage& stage_;
};

}  // namespace zeren::demo
