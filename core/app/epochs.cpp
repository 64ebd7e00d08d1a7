#include "app/epochs.hpp"

#include "org/organisation_rows.hpp"

namespace zeren::app {

store::ReadVersion read_of_organisation(const Snapshot& snapshot) {
  return {"epoch", {{"name", std::string(org::kEpochName)}}, snapshot.organisation().epoch()};
}

store::ReadVersion read_of_rules(const Snapshot& snapshot) {
  return {"epoch", {{"name", std::string(kRulesEpoch)}}, snapshot.modules().rules_epoch()};
}

void bump_rules(store::ChangeSet& change, const Snapshot& snapshot) {
  using Kind = store::RowWrite::Kind;
  const auto version = snapshot.modules().rules_epoch();
  change.reads.push_back(read_of_rules(snapshot));
  change.rows.push_back({version == 0 ? Kind::Insert : Kind::Update,
                         "epoch",
                         {{"name", std::string(kRulesEpoch)}},
                         {{"version", version + 1}}});
}

}  // namespace zeren::app
