// From a deployment description to a folder that can be served: organisation, administrators, modules with
// their shipped rules, and the first derivation. Every step is a command of its own, in the log.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/host.hpp"
#include "base/error.hpp"
#include "org/organisation_import.hpp"

namespace zeren::app {

/// `deployment.json` of a configuration (config/demo/deployment.json is one).
struct Plan {
  Deployment deployment;
  std::filesystem::path organisation;   ///< folder of CSV files; empty for none
  std::filesystem::path policy;         ///< folder of <module>.json: shipped parameter values
  std::string issuer;                   ///< code of the unit that introduces the rules
  std::vector<std::string> modules;
  std::vector<std::string> demo_people;  ///< codes of posts whose holders get an account to try things with
  /// Makes these accounts, and leaves the passwords that it hands out as they are: everything is made up, and several
  /// people may try it. Otherwise each must be changed at the first sign-in.
  bool demo = false;
};

/// Reads it. Fails with ConfigInvalid, which names file and line. `modules` is the folder of packages.
base::Result<Plan> read_plan(const std::filesystem::path& file, const std::filesystem::path& policy,
                             const std::filesystem::path& modules);

struct SignIn {
  std::string account;
  std::string password;
  base::Json who;  ///< name and post, for people: {"en", "zh-CN"}
};

/// Carries the plan out, whatever of it is done already. `os_user` becomes the system administrator's.
/// Answers the accounts it made, with their passwords, which are kept nowhere. Fails as the commands. Blocks.
base::Result<std::vector<SignIn>> set_up(Host& host, const Plan& plan, std::int64_t os_user);

/// Copies every `*.ics` of `from` that `to` does not have under that name: what an operator has put there stays.
/// A folder `from` that is not there holds none. Before the host is opened, which reads them. Fails with
/// CalendarInvalid, and then copies nothing; with FileUnreadable, FileUnwritable. Blocks.
base::Result<void> copy_calendars(const std::filesystem::path& from, const std::filesystem::path& to);

/// Every text file of `folder` whose name an import knows, in UTF-8 whatever it was written in; of other tables the
/// name alone, which the import refuses rather than overlook a misspelt one. Fails with
/// FileUnreadable, or with TextNotUtf8 or OrgRowsRejected, which name the cells that no encoding explains.
base::Result<org::ImportTexts> read_import_folder(const std::filesystem::path& folder);

/// Takes back what a set-up began: unless keep() was called, everything in `folder` goes with the object. Only when
/// there was nothing in it before; a folder that is set up again is never touched. Declared before whatever has the
/// folder open.
class BegunFolder final {
 public:
  explicit BegunFolder(std::filesystem::path folder);
  BegunFolder(const BegunFolder&) = delete;
  BegunFolder& operator=(const BegunFolder&) = delete;
  ~BegunFolder();
  void keep() { taken_back_ = false; }

 private:
  std::filesystem::path folder_;
  bool existed_;
  bool taken_back_;
};

}  // namespace zeren::app
