#include "app/host.hpp"

#include <spdlog/spdlog.h>

#include "access/account.hpp"
#include "access/sign_in.hpp"
#include "access/token.hpp"
#include "app/commands/module_quarantine.hpp"
#include "app/idempotency.hpp"
#include "app/source_obligations.hpp"
#include "audit/publisher.hpp"
#include "base/digest.hpp"
#include "base/messages.hpp"
#include "records/attachment.hpp"
#include "store/migrations.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

constexpr int kMaxAttempts = 5;

bool somebody_was_first(const base::Error& error) {
  return error.code == Code::StaleRead || error.code == Code::UniqueViolated;
}

Result<audit::SigningKey> key_of(const DataFolder& folder, base::Entropy& entropy) {
  const auto& file = folder.paths().key();
  const auto& origin = folder.deployment().origin;
  // A missing key is only ever made before the first entry; later it must be restored.
  if (!std::filesystem::exists(file) && !std::filesystem::exists(folder.paths().database())) {
    return audit::SigningKey::create(file, origin, entropy);
  }
  return audit::SigningKey::load(file, origin);
}

bool concerns_organisation(const std::set<std::string>& tables) { return tables.contains("epoch"); }

bool concerns_grants(const std::set<std::string>& tables) { return tables.contains("access_grant"); }

bool concerns_modules(const std::set<std::string>& tables) {
  return tables.contains("module") || tables.contains("rule_layer") || tables.contains("waiver");
}

// Also of what a machine did the log says that it was a machine.
void name_token(store::ChangeSet& change, const access::Principal& principal) {
  const auto& token = principal.token;
  if (!token.id.empty()) change.act.objects.push_back({"token", token.id, token.version});
}

}  // namespace

Host::Host(Key, DataFolder folder, audit::SigningKey key, const base::Clock& clock,
           base::Entropy& entropy)
    : folder_(std::move(folder)),
      key_(std::move(key)),
      clock_(clock),
      entropy_(entropy),
      ids_(clock, entropy),
      store_(folder_.paths().store()),
      blobs_(folder_.paths().blobs()),
      readers_(folder_.paths().database()) {}

Host::~Host() {
  // What was refused since the last minute, and the head that the log ends with.
  for (const auto& done : {write_notes(), enter_refusals(true), publish_checkpoint()}) {
    if (!done) spdlog::error("{}", base::text_of(done.error()));
  }
}

Result<std::unique_ptr<Host>> Host::open(DataFolder folder, const base::Clock& clock,
                                         base::Entropy& entropy) {
  auto key = key_of(folder, entropy);
  if (!key) return base::pass(std::move(key));
  auto host = std::make_unique<Host>(Key{}, std::move(folder), std::move(*key), clock, entropy);
  if (auto started = host->start(); !started) return base::pass(std::move(started));
  return host;
}

Result<void> Host::start() {
  auto settings = read_host_settings(folder_.paths().settings());
  if (!settings) return base::pass(std::move(settings));
  settings_ = std::move(*settings);
  if (auto opened = open_committer(); !opened) return opened;
  if (auto read = refresh_calendar(); !read) return read;
  if (auto prepared = blobs_.prepare(); !prepared) return prepared;
  if (auto learnt = learn({"epoch", "access_grant"}); !learnt) return learnt;
  // Before any module is loaded: the one that ended the last process would end this one, too.
  if (auto watched = watch_modules(); !watched) return watched;
  return learn({"module"});
}

Result<void> Host::refresh_calendar() {
  auto calendar = rules::Calendar::read(folder_.paths().calendars());
  if (!calendar) return base::pass(std::move(calendar));
  auto fresh = std::make_shared<const rules::Calendar>(std::move(*calendar));
  const std::lock_guard learning(learning_);
  const std::lock_guard lock(mutex_);
  known_.calendar = std::move(fresh);
  return {};
}

Result<void> Host::watch_modules() {
  const auto left = modules::InFlight::left_in(folder_.paths().in_flight());
  if (!left) return base::pass(left);
  {
    auto lease = readers_.borrow();
    if (!lease) return base::pass(std::move(lease));
    const auto change = quarantine(lease->session(), *left);
    if (!change) return base::pass(change);
    if (!change->rows.empty()) {
      if (auto entered = committer_->commit(*change); !entered) return entered;
    }
  }
  // Only now: what the last process left must not be lost before it is entered.
  auto watch = modules::InFlight::create(folder_.paths().in_flight());
  if (!watch) return base::pass(std::move(watch));
  in_flight_.emplace(std::move(*watch));
  return {};
}

Result<void> Host::open_committer() {
  auto session =
      store::Session::open(folder_.paths().database(), store::Access::ReadWrite);
  if (!session) return base::pass(std::move(session));
  if (auto migrated = store::migrate(*session); !migrated) return migrated;
  // Without its guards the database would take what no entry accounts for.
  const auto damage = store::schema_damage(*session);
  if (!damage) return base::pass(damage);
  if (!damage->empty()) return base::fail(Code::SchemaChanged, {{"step", damage->front()}});
  // Before anything is written: entries after the older ones would be a second history.
  auto same = audit::check_last_signed(*session, folder_.deployment().origin, folder_.paths().last_signed());
  if (!same) return same;
  auto log = audit::Log::open(*session);
  if (!log) return base::pass(std::move(log));
  committer_ = std::make_unique<Committer>(
      std::move(*session), std::move(*log), clock_, entropy_, ids_,
      [this](const std::set<std::string>& tables, const audit::Head&) {
        if (const auto learnt = learn(tables); !learnt) {
          spdlog::critical("what was committed cannot be read: {}", base::text_of(learnt.error()));
        }
      });
  return {};
}

Result<void> Host::learn(const std::set<std::string>& tables) {
  if (!concerns_organisation(tables) && !concerns_modules(tables) && !concerns_grants(tables)) return {};
  const std::lock_guard learning(learning_);
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  Knowledge fresh;
  {
    const std::lock_guard lock(mutex_);
    fresh = known_;
  }
  if (concerns_organisation(tables)) {
    const auto today = base::local_date(clock_.now(), folder_.deployment().zone);
    if (!today) return base::pass(today);
    auto organisation = org::Organisation::load(lease->session(), *today);
    if (!organisation) return base::pass(std::move(organisation));
    fresh.organisation = std::move(*organisation);
  }
  if (concerns_grants(tables)) {
    auto grants = access::GrantBook::load(lease->session());
    if (!grants) return base::pass(std::move(grants));
    fresh.grants = std::move(*grants);
  }
  // Nothing is loaded before its calls can be noted.
  if (concerns_modules(tables) && in_flight_) {
    auto modules = ModuleSet::load(lease->session(),
                                   {store_, &*in_flight_},
                                   fresh.modules.get());
    if (!modules) return base::pass(std::move(modules));
    fresh.modules = std::move(*modules);
  }
  const std::lock_guard lock(mutex_);
  known_ = std::move(fresh);
  return {};
}

Result<Knowledge> Host::knowledge() {
  const auto today = base::local_date(clock_.now(), folder_.deployment().zone);
  if (!today) return base::pass(today);
  std::unique_lock lock(mutex_);
  const bool outdated = known_.organisation->today() != *today;
  if (outdated) {
    lock.unlock();
    // Midnight: appointments begin and end without anybody writing.
    if (auto learnt = learn({"epoch"}); !learnt) return base::pass(std::move(learnt));
    lock.lock();
  }
  return known_;
}

Result<Snapshot> Host::look(ReadPool::Lease& lease) {
  auto known = knowledge();
  if (!known) return base::pass(std::move(known));
  const auto today = known->organisation->today();
  return Snapshot{lease.session(), std::move(*known), clock_.now(), today, ids_, entropy_,
                  folder_.deployment().zone};
}

Result<store::ChangeSet> Host::plan(const Caller& caller, const Command& command) {
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  // In the snapshot that is planned on: the first request's answer and what it did are seen together.
  auto earlier = earlier_answer(lease->session(), caller.principal.id, caller.idempotency_key,
                                caller.request_digest);
  if (!earlier) return base::pass(std::move(earlier));
  if (*earlier) {
    store::ChangeSet nothing;
    nothing.answer = std::move(**earlier);
    return nothing;
  }
  auto snapshot = look(*lease);
  if (!snapshot) return base::pass(std::move(snapshot));
  auto change = command.plan(*snapshot);
  if (!change) return change;
  if (auto kept = keep_sources(*snapshot, *change); !kept) return base::pass(std::move(kept));
  if (change->act.account.empty()) change->act.account = caller.principal.id;
  change->act.request = caller.request;
  name_token(*change, caller.principal);
  // What was done in parts is answered with the last.
  if (change->more) return change;
  remember_answer(*change, caller.principal.id, caller.idempotency_key, caller.request_digest,
                  snapshot->now);
  return change;
}

Result<Json> Host::answer_once(const Caller& caller, const Command& command) {
  int attempt = 0;
  while (attempt < kMaxAttempts) {
    auto change = plan(caller, command);
    if (!change) return base::pass(std::move(change));
    if (change->rows.empty() && change->act.action.empty()) return std::move(change->answer);
    auto done = committer_->commit(*change);
    if (done) roll_up_.note(*change);
    if (done && !change->more) return std::move(change->answer);
    if (!done && !somebody_was_first(done.error())) return base::pass(std::move(done));
    attempt = done ? 0 : attempt + 1;
  }
  return base::fail(Code::TryAgain);
}

Result<Json> Host::execute(const Caller& caller, const Command& command) {
  auto answer = answer_once(caller, command);
  if (!answer && base::family_of(answer.error().code) == base::Family::Refused) {
    enter_refusal(caller, command, answer.error());
  }
  return answer;
}

void Host::enter_refusal(const Caller& caller, const Command& command, const base::Error& why) {
  store::ChangeSet change;
  change.act.action = command.action;
  change.act.outcome = "refused";
  change.act.account = caller.principal.id;
  change.act.request = caller.request;
  change.act.objects = command.objects;
  name_token(change, caller.principal);
  change.act.committed["reason"] = std::string(base::name_of(why.code));
  change.act.committed["args"] = why.args;
  if (const auto entered = committer_->commit(change); !entered) {
    spdlog::error("a refusal could not be entered: {}", base::text_of(entered.error()));
  }
}

Result<Json> Host::query(const std::function<Result<Json>(Snapshot&)>& looking) {
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  auto snapshot = look(*lease);
  if (!snapshot) return base::pass(std::move(snapshot));
  return looking(*snapshot);
}

Result<access::Principal> Host::authenticate(std::string_view token, const std::string& source) {
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  auto principal = access::is_token(token)
                       ? access::authenticate_token(lease->session(), token, clock_.now())
                       : access::authenticate(lease->session(), token, clock_.now());
  if (principal && !principal->session.empty()) {
    auto used = check_use(lease->session(), principal->session);
    if (used) {
      notes_.session_used(principal->session, clock_.now());
    } else {
      principal = base::pass(std::move(used));
    }
  }
  if (!principal && principal.error().code == Code::NotSignedIn) {
    count_refusal(source, Code::NotSignedIn);
  }
  return principal;
}

Result<void> Host::check_use(store::Session& session, const std::string& signed_in) const {
  auto used = notes_.last_use(signed_in);
  if (!used) {
    const auto stored = access::last_use(session, signed_in);
    if (!stored) return base::pass(stored);
    used = *stored;
  }
  if (clock_.now() - *used > folder_.deployment().idle) return base::fail(Code::NotSignedIn);
  return {};
}

Result<void> Host::still_signed_in(const access::Principal& principal) {
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  auto standing = access::check_standing(lease->session(), principal, clock_.now());
  if (!standing || principal.session.empty()) return standing;
  return check_use(lease->session(), principal.session);
}

void Host::note_read(const std::string& record, const std::string& account) {
  notes_.record_read(record, account, clock_.now());
}

Result<void> Host::write_notes() {
  if (!committer_) return {};
  const std::lock_guard writing(writing_notes_);
  Result<store::ChangeSet> change = [this]() -> Result<store::ChangeSet> {
    auto lease = readers_.borrow();
    if (!lease) return base::pass(std::move(lease));
    return notes_.plan(lease->session());
  }();
  if (!change) return base::pass(std::move(change));
  if (change->rows.empty()) return {};
  auto written = committer_->commit(*change);
  if (written) notes_.planned();
  return written;
}

Result<access::Principal> Host::authenticate_os_user(std::int64_t os_user) {
  auto lease = readers_.borrow();
  if (!lease) return base::pass(std::move(lease));
  const auto account = access::find_account_of_os_user(lease->session(), os_user);
  if (!account) return base::pass(account);
  if (!*account) return base::fail(Code::NotSignedIn);
  if ((*account)->disabled_at) return base::fail(Code::AccountDisabled, {{"account", (*account)->name}});
  return access::principal_of(**account);
}

void Host::count_refusal(const std::string& source, Code code) {
  refusals_.count(source, std::string(base::name_of(code)), clock_.now());
}

Result<void> Host::enter_refusals(bool all) {
  if (!committer_) return {};
  for (const auto& change : refusals_.take(clock_.now(), all)) {
    if (auto entered = committer_->commit(change); !entered) return entered;
  }
  return {};
}

Result<void> Host::publish_checkpoint() {
  if (!committer_) return {};
  auto session = store::Session::open(folder_.paths().database(), store::Access::ReadWrite);
  if (!session) return base::pass(std::move(session));
  audit::CheckpointPublisher publisher(
      key_, {folder_.paths().last_signed(), folder_.paths().checkpoint()});
  const auto published = publisher.publish(*session);
  if (!published) return base::pass(published);
  return {};
}

Result<std::size_t> Host::sweep_blobs() {
  const auto before = clock_.now() - folder_.deployment().orphans_kept;
  return blobs_.sweep(before, [this](const base::Digest& digest) -> Result<bool> {
    // A look of its own for each file: what was attached since the sweep began is seen.
    auto lease = readers_.borrow();
    if (!lease) return base::pass(std::move(lease));
    return records::is_needed(lease->session(), digest);
  });
}

}  // namespace zeren::app
