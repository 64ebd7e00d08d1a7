#include "bench/unguarded.hpp"

#include "bench/must.hpp"

namespace zeren::bench {

Unguarded::Unguarded(const std::filesystem::path& database)
    : session_(must(store::Session::open(database, store::Access::ReadWrite))) {
  std::string drops;
  for (const auto& row : must(session_.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))) {
    drops += "DROP TRIGGER " + row.text(0) + ";";
    triggers_ += row.text(1) + ";";
  }
  must(session_.script("PRAGMA synchronous = OFF"));
  must(session_.script(drops));
  must(session_.script("BEGIN IMMEDIATE"));
}

Unguarded::~Unguarded() {
  must(session_.script("COMMIT"));
  must(session_.script(triggers_));
}

}  // namespace zeren::bench
