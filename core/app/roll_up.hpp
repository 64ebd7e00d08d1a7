// Lights counted over a whole subtree from memory. The columns are made when somebody first asks along a relation,
// and made again when organisation, modules or rules change; what commands did meanwhile is looked up, one obligation
// each, before the next answer.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "org/model.hpp"
#include "records/ledger.hpp"
#include "records/light_columns.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

class Host;

/// Any thread.
class RollUp final {
 public:
  /// What is to be counted.
  struct Question {
    org::UnitId unit;
    org::RelationKind relation = org::RelationKind::PartySuperior;  ///< a hierarchical one
    std::set<std::string> modules;
    std::set<std::string> without;  ///< records whose obligations are left out
  };

  /// Tells what a durable change has touched, before its caller is answered. Does not block.
  void note(const store::ChangeSet& change);

  /// The lights of what `unit` and all below it owe today. Looks at the newest state there is, through `host`.
  /// Fails as Host::query(). Blocks: the first one for as long as it takes to read all obligations.
  base::Result<records::LightCounts> count(Host& host, const Question& question);

 private:
  /// What is to be looked up again.
  struct Touched {
    bool all = false;
    std::set<std::string> obligations;
    std::set<std::string> records;
  };
  using Columns = std::map<org::RelationKind, records::LightColumns>;

  Touched take_touched();
  bool is_made_by(const Knowledge& known) const;
  base::Result<void> renew(const Snapshot& snapshot, const Touched& touched, org::RelationKind relation);
  base::Result<void> build(const Snapshot& snapshot, org::RelationKind relation);
  base::Result<void> refresh(const Snapshot& snapshot, const Touched& touched);
  base::Result<void> refresh(const Snapshot& snapshot, const std::string& obligation);
  base::Result<records::LightCounts> counted(const Snapshot& snapshot, const Question& question);

  std::mutex noting_;  // guards listening_, touched_
  bool listening_ = false;
  Touched touched_;

  std::mutex counting_;  // guards the rest
  // By which the columns were made. They keep neither: a module that is out of force must go.
  std::weak_ptr<const org::Organisation> organisation_;
  std::weak_ptr<const ModuleSet> set_;
  std::vector<std::string> modules_;  // by group
  records::FulfillingStates fulfilling_;
  Columns columns_;
};

}  // namespace zeren::app
