#include "activity/stage.hpp"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "access/account.hpp"
#include "access/password.hpp"
#include "app/commands/account_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/settings_file.hpp"
#include "base/file.hpp"
#include "cli/table.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::demo {
namespace {

using base::Json;
using base::Result;
using std::chrono::minutes;

// China has kept one time, without summer time, since 1992.
constexpr std::chrono::hours kShanghai{8};
constexpr minutes kMorning = std::chrono::hours(8);

// Between two acts of one hour, so that a busy hour is a busy hour in the log.
constexpr std::chrono::milliseconds kBetweenActs{1700};

// Whose institutions play.cpp has. The others come into force on the last day: what was owed before is no debt (启用前).
const std::set<std::string> kPlayed{"dual_reports"};

base::Instant on(base::Date day, minutes time) { return base::Instant(day) + time - kShanghai; }

}  // namespace

Stage::Stage(app::Plan plan, Chronicle chronicle, const StageSettings& settings, base::Instant start)
    : plan_(std::move(plan)),
      chronicle_(std::move(chronicle)),
      settings_(settings),
      clock_(start),
      entropy_(base::system_entropy()),
      today_(settings.from) {
  for (const auto& post : plan_.demo_people) {
    const auto person = chronicle_.holder_of(post, settings.until);
    if (!person.empty()) tried_as_.emplace(person, post);
  }
}

Result<std::unique_ptr<Stage>> Stage::open(const StageSettings& settings) {
  auto plan = app::read_plan(settings.deployment, settings.config / "policy", settings.modules);
  if (!plan) return base::pass(std::move(plan));
  plan->demo = true;
  auto chronicle = Chronicle::read(plan->organisation);
  if (!chronicle) return base::pass(std::move(chronicle));
  auto folder = app::DataFolder::create(settings.data, plan->deployment);
  if (!folder) return base::pass(std::move(folder));
  const auto calendars = folder->paths().calendars();
  if (auto copied = app::copy_calendars(settings.config / "calendars", calendars); !copied) {
    return base::pass(std::move(copied));
  }
  auto calendar = rules::Calendar::read(calendars);
  if (!calendar) return base::pass(std::move(calendar));
  std::unique_ptr<Stage> stage(
      new Stage(std::move(*plan), std::move(*chronicle), settings, on(settings.from, kMorning)));
  stage->calendar_ = std::move(*calendar);
  auto host = app::Host::open(std::move(*folder), stage->clock_, *stage->entropy_);
  if (!host) return base::pass(std::move(host));
  stage->host_ = std::move(*host);
  if (auto done = stage->introduce(); !done) return base::pass(std::move(done));
  stage->scheduler_.emplace(*stage->host_);
  stage->messengers_.emplace(*stage->host_, nullptr);
  return stage;
}

// What app::set_up() does, but for the two things it takes from today: the organisation is the one that was known, and
// the modules begin in the middle of a year.
Result<void> Stage::introduce() {
  auto bare = plan_;
  bare.organisation.clear();
  bare.modules.clear();
  bare.demo_people.clear();
  auto made = app::set_up(*host_, bare, static_cast<std::int64_t>(::getuid()));
  if (!made) return base::pass(std::move(made));
  sign_ins_ = std::move(*made);
  if (auto done = import(chronicle_.as_of(today_)); !done) return done;
  return enable(true);
}

Result<void> Stage::enable(bool played) {
  for (const auto& module : plan_.modules) {
    if (kPlayed.contains(module) != played) continue;
    const auto enabled = host_->execute(
        system(), app::enable_module(system().principal, {module, plan_.issuer, today_},
                                     {plan_.deployment.modules, host_->store()}));
    if (!enabled) return base::pass(enabled);
    const auto policy = plan_.policy / (module + ".json");
    if (!std::filesystem::exists(policy)) continue;
    const auto read = app::read_settings(policy);
    if (!read) return base::pass(read);
    const auto set = host_->execute(system(), app::set_parameters(system().principal, module, plan_.issuer,
                                                                  read->settings, read->basis, today_));
    if (!set) return base::pass(set);
  }
  return {};
}

Result<void> Stage::import(const org::ImportTexts& texts) {
  const auto imported = host_->execute(system(), app::import_organisation(system().principal, texts));
  if (!imported) return base::pass(imported);
  return {};
}

Result<void> Stage::begin(base::Date day) {
  const auto yesterday = today_;
  today_ = day;
  clock_.move_to(on(day, kMorning));
  if (yesterday < day) {
    const auto texts = chronicle_.changes(yesterday, day);
    if (!texts.empty()) {
      if (auto done = import(texts); !done) return done;
    }
  }
  for (bool more = true; more;) {
    const auto done = scheduler_->round();
    if (!done) return base::pass(done);
    more = *done;
  }
  return {};
}

void Stage::move_to(minutes time) { clock_.move_to(on(today_, time)); }

Result<void> Stage::end_day() {
  if (auto told = messengers_->set_out(); !told) return told;
  messengers_->wait();
  return host_->publish_checkpoint();
}

Result<void> Stage::close() {
  if (auto done = enable(false); !done) return done;
  auto accounts = plan_;
  accounts.organisation.clear();
  accounts.modules.clear();
  auto made = app::set_up(*host_, accounts, static_cast<std::int64_t>(::getuid()));
  if (!made) return base::pass(std::move(made));
  sign_ins_.insert(sign_ins_.end(), made->begin(), made->end());
  std::vector<std::vector<std::string>> rows;
  for (const auto& each : sign_ins_) {
    const auto who = each.who.is_null() ? title_of(each.account) : each.who.value("zh-CN", "");
    rows.push_back({each.account, each.password, who});
  }
  return base::write_file(host_->folder().paths().demo_sign_ins(), cli::table(rows), base::FileMode::Private);
}

// 市财政局党组 党组书记 某某: of who holds the post today.
std::string Stage::title_of(const std::string& code) {
  std::string title;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    const auto& organisation = snapshot.organisation();
    const auto* post = organisation.post_by_code(code);
    if (post == nullptr) return Json{};
    for (const auto* held : organisation.holders_of(post->unit, post->post_class, {snapshot.today})) {
      if (held->post != post->id) continue;
      title = organisation.unit(post->unit)->short_name + " " + post->title + " " +
              organisation.person(held->person)->name;
    }
    return Json{};
  });
  return looked ? title : std::string();
}

base::Date Stage::working_day(base::Date date, int count) const {
  if (count == 0) return calendar_.next_working_day(date).date;
  return calendar_.add_working_days(date, count).date;
}

Result<Json> Stage::run(const access::Principal& who, const app::Command& command) {
  clock_.pass(kBetweenActs);
  return host_->execute({who, "", "", ""}, command);
}

Result<Json> Stage::look(const std::function<Result<Json>(app::Snapshot&)>& look) { return host_->query(look); }

Result<std::optional<access::Principal>> Stage::holder(const org::UnitId& unit,
                                                       const std::vector<std::string_view>& classes,
                                                       const std::set<std::string>& without) {
  std::string person;
  const auto found = look([&](app::Snapshot& snapshot) -> Result<Json> {
    for (const auto post_class : classes) {
      for (const auto* held : snapshot.organisation().holders_of(unit, post_class, {snapshot.today})) {
        const auto& code = snapshot.organisation().person(held->person)->code;
        if (person.empty() && !without.contains(code)) person = code;
      }
    }
    return Json{};
  });
  if (!found) return base::pass(found);
  if (person.empty()) return std::optional<access::Principal>();
  auto principal = signed_in(person);
  if (!principal) return base::pass(std::move(principal));
  return std::optional(std::move(*principal));
}

Result<access::Principal> Stage::signed_in(const std::string& person) {
  // One account for each, whoever asks first.
  const std::lock_guard one(making_[std::hash<std::string>()(person) % making_.size()]);
  {
    const std::lock_guard lock(lists_);
    if (const auto known = accounts_.find(person); known != accounts_.end()) return known->second;
  }
  auto made = make_account(person);
  if (!made) return made;
  const std::lock_guard lock(lists_);
  return accounts_.emplace(person, std::move(*made)).first->second;
}

// Those who act only in the story cannot sign in: nobody hashes a thousand passwords for a demonstration.
Result<access::Principal> Stage::make_account(const std::string& person) {
  app::NewAccount account;
  account.person = person;
  account.name = person;
  if (const auto tried = tried_as_.find(person); tried != tried_as_.end()) {
    account.name = tried->second;
    account.password = access::random_password(*entropy_);
    account.keeps_password = true;
    const std::lock_guard lock(lists_);
    sign_ins_.push_back({account.name, account.password, Json()});
  }
  const auto security = access::system_principal("setup");
  const auto command = app::create_account(*host_, security, account);
  if (!command) return base::pass(command);
  if (const auto made = run(security, *command); !made) return base::pass(made);
  return administrator(account.name);
}

Result<access::Principal> Stage::administrator(const std::string& account) {
  std::optional<access::Account> found;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    auto known = access::find_account(snapshot.session, account);
    if (!known) return base::pass(std::move(known));
    found = std::move(*known);
    return Json{};
  });
  if (!looked) return base::pass(looked);
  if (!found) return base::fail(base::Code::AccountUnknown, {{"account", account}});
  return access::principal_of(*found);
}

Result<records::Record> Stage::record(const std::string& id) {
  std::optional<records::Record> found;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    auto record = records::load_record(snapshot.session, id);
    if (!record) return base::pass(std::move(record));
    found = std::move(*record);
    return Json{};
  });
  if (!looked) return base::pass(looked);
  return std::move(*found);
}

Result<records::Obligation> Stage::obligation(const std::string& id) {
  std::optional<records::Obligation> found;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    auto obligation = records::load_obligation(snapshot.session, id);
    if (!obligation) return base::pass(std::move(obligation));
    found = std::move(*obligation);
    return Json{};
  });
  if (!looked) return base::pass(looked);
  return std::move(*found);
}

std::optional<org::Unit> Stage::unit(const org::UnitId& id) {
  std::optional<org::Unit> found;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    if (const auto* unit = snapshot.organisation().unit(id)) found = *unit;
    return Json{};
  });
  return looked ? found : std::nullopt;
}

std::optional<org::Unit> Stage::unit_called(const std::string& code) {
  std::optional<org::Unit> found;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    if (const auto* unit = snapshot.organisation().unit_by_code(code)) found = *unit;
    return Json{};
  });
  return looked ? found : std::nullopt;
}

org::UnitId Stage::superior(const org::UnitId& unit) {
  org::UnitId above;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    for (const auto kind : {org::RelationKind::PartySuperior, org::RelationKind::DisciplineSuperior}) {
      const auto found = snapshot.organisation().related(unit, kind, org::Direction::Forward, {snapshot.today});
      if (above.value.text().empty() && !found.empty()) above = found.front();
    }
    return Json{};
  });
  return looked ? above : org::UnitId();
}

org::UnitId Stage::neighbour(const org::UnitId& unit, std::size_t lot) {
  const auto above = superior(unit);
  org::UnitId beside;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    auto all = snapshot.organisation().related(above, org::RelationKind::PartySuperior, org::Direction::Backward,
                                               {snapshot.today});
    std::erase(all, unit);
    if (!all.empty()) beside = all[lot % all.size()];
    return Json{};
  });
  return looked ? beside : org::UnitId();
}

std::string Stage::post_of(const org::UnitId& unit, std::string_view post_class) {
  std::string code;
  const auto looked = look([&](app::Snapshot& snapshot) -> Result<Json> {
    const auto held = snapshot.organisation().holders_of(unit, post_class, {snapshot.today});
    if (!held.empty()) code = snapshot.organisation().post(held.front()->post)->code;
    return Json{};
  });
  return looked ? code : std::string();
}

}  // namespace zeren::demo
