#include "bench/wide_host.hpp"

#include "app/setup.hpp"
#include "bench/must.hpp"
#include "bench/unguarded.hpp"

namespace zeren::bench {
namespace {

using store::Value;

constexpr std::int64_t kNoUser = 4'000'000'000;

// The provinces stand below the issuer of the city's rules, so that these bind everybody.
void bind_country(store::Session& session, const VillageCountry& country) {
  const auto row = must(session.first("SELECT issuer FROM module"));
  for (std::uint32_t i = 0; country.tier_of(i) == 0; ++i) {
    must(session.execute(
        "INSERT INTO relation (id, rev, from_unit, to_unit, kind, valid_from, valid_to, known_from, entry)"
        " VALUES (:1, 1, :2, :3, 'party_superior', '2010-01-01', '9999-12-31', 1767225600000, :4)",
        std::array<Value, 4>{Value("bound-" + std::to_string(i)), VillageCountry::committee(i), row->text(0),
                             Unguarded::kEntry}));
  }
}

}  // namespace

WideHost::WideHost(const std::filesystem::path& folder, const VillageCountry& country)
    : folder_(folder), clock_(base::system_clock()), entropy_(base::system_entropy()) {
  const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
  auto plan = must(app::read_plan(config / "demo" / "deployment.json", config / "policy",
                                  ZEREN_BINARY_DIR "/modules"));
  plan.demo_people.clear();
  must(app::DataFolder::create(folder_, plan.deployment));
  must(app::copy_calendars(config / "calendars", app::DataPaths{folder_}.calendars()));
  open();
  must(app::set_up(*host_, plan, kNoUser));
  refill([&](store::Session& session) {
    must(country.write(session, Unguarded::kEntry));
    bind_country(session, country);
    // What was derived of the city at set-up is derived again, with all the rest.
    must(session.execute("DELETE FROM obligation"));
  });
}

void WideHost::open() {
  host_ = must(app::Host::open(must(app::DataFolder::open(folder_)), *clock_, *entropy_));
}

void WideHost::refill(const std::function<void(store::Session& session)>& fill) {
  const auto file = database();
  host_.reset();
  {
    Unguarded database(file);
    fill(database.session());
  }
  open();
}

}  // namespace zeren::bench
