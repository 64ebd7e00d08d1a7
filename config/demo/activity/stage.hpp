// The deployment in which the story is played: a host like the one that serves, under a clock that the story moves, and
// the people of the city, each of whom acts by an account of their own. Everything that changes goes through the
// commands of the host; there is no other way in.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "activity/chronicle.hpp"
#include "activity/played_clock.hpp"
#include "app/host.hpp"
#include "app/messengers.hpp"
#include "app/scheduler.hpp"
#include "app/setup.hpp"
#include "records/obligation.hpp"
#include "records/record.hpp"

namespace zeren::demo {

struct StageSettings {
  std::filesystem::path data;        ///< must not exist, or be empty
  std::filesystem::path deployment;  ///< deployment.json of the city
  std::filesystem::path config;
  std::filesystem::path modules;     ///< folder of packages
  base::Date from;
  base::Date until;                  ///< the last day; who tries the city gets accounts of those who hold posts then
};

class Stage final {
 public:
  /// Sets the city up on the morning of `from`, as it was then, with its modules in force from that day on. Fails as
  /// app::set_up(). Blocks.
  static base::Result<std::unique_ptr<Stage>> open(const StageSettings& settings);

  app::Host& host() { return *host_; }
  const app::Plan& plan() const { return plan_; }

  /// The next morning: the clock goes there, what changed in the organisation is imported, and the scheduler does its
  /// day's work. One thread. Fails as the commands. Blocks.
  base::Result<void> begin(base::Date day);
  /// Moves the clock to `time` after the day's midnight. Any thread.
  void move_to(std::chrono::minutes time);
  /// Modules hear of what happened; the head of the log is signed. One thread. Fails and blocks likewise.
  base::Result<void> end_day();
  /// Makes the accounts to try things with and writes what they are signed in with beside the data.
  base::Result<void> close();

  base::Date today() const { return today_; }
  bool is_working_day(base::Date date) const { return calendar_.is_working_day(date); }
  /// The `count`-th working day after `date`; `date` itself, or the next one, for 0.
  base::Date working_day(base::Date date, int count) const;

  // Any thread from here on; all fail as Host::execute() and Host::query(), and block.

  base::Result<base::Json> run(const access::Principal& who, const app::Command& command);
  base::Result<base::Json> look(const std::function<base::Result<base::Json>(app::Snapshot&)>& look);

  /// Who acts for the unit through a post of one of these classes today, the formal holder first, but none of `without`.
  /// An account is made for whoever has none. nullopt when nobody does.
  base::Result<std::optional<access::Principal>> holder(const org::UnitId& unit,
                                                        const std::vector<std::string_view>& classes,
                                                        const std::set<std::string>& without = {});
  /// One of the three administrators, by account.
  base::Result<access::Principal> administrator(const std::string& account);

  base::Result<records::Record> record(const std::string& id);
  base::Result<records::Obligation> obligation(const std::string& id);
  /// The unit as it is known today; none of that code or id is no error.
  std::optional<org::Unit> unit(const org::UnitId& id);
  std::optional<org::Unit> unit_called(const std::string& code);
  /// The unit that leads it; empty: none.
  org::UnitId superior(const org::UnitId& unit);
  /// One of those that the same unit leads, whichever `lot` falls on; empty: none.
  org::UnitId neighbour(const org::UnitId& unit, std::size_t lot);
  /// A post of the class in the unit that somebody holds today, by code; empty: none.
  std::string post_of(const org::UnitId& unit, std::string_view post_class);

 private:
  Stage(app::Plan plan, Chronicle chronicle, const StageSettings& settings, base::Instant start);

  base::Result<void> introduce();
  base::Result<void> enable(bool played);
  base::Result<void> import(const org::ImportTexts& texts);
  base::Result<access::Principal> signed_in(const std::string& person);
  base::Result<access::Principal> make_account(const std::string& person);
  std::string title_of(const std::string& post);
  app::Caller system() const { return {access::system_principal("setup"), "", "", ""}; }

  app::Plan plan_;
  Chronicle chronicle_;
  StageSettings settings_;
  PlayedClock clock_;
  std::unique_ptr<base::Entropy> entropy_;
  rules::Calendar calendar_;
  base::Date today_;
  std::unique_ptr<app::Host> host_;
  std::optional<app::Scheduler> scheduler_;
  std::optional<app::Messengers> messengers_;
  std::map<std::string, std::string> tried_as_;  // person to the account it is tried by
  std::mutex lists_;                             // guards accounts_ and sign_ins_
  std::vector<app::SignIn> sign_ins_;
  std::map<std::string, access::Principal> accounts_;  // by code of the person
  std::array<std::mutex, 16> making_;            // held while an account is made, by person
};

}  // namespace zeren::demo
