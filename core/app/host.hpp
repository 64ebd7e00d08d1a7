// The composition root: opens a data folder, keeps what is known in memory, and runs every command and
// every query under a principal.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/lock_out.hpp"
#include "access/password.hpp"
#include "access/principal.hpp"
#include "app/committer.hpp"
#include "app/data_folder.hpp"
#include "app/host_settings.hpp"
#include "app/read_pool.hpp"
#include "app/refusals.hpp"
#include "app/roll_up.hpp"
#include "app/snapshot.hpp"
#include "app/use_notes.hpp"
#include "audit/signing_key.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "modules/in_flight.hpp"
#include "modules/package_store.hpp"
#include "store/blob_store.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

/// On whose behalf, and for which request.
struct Caller {
  access::Principal principal;
  std::string request;            ///< id of the request; empty inside the host
  std::string idempotency_key;    ///< empty when the command has none
  std::string request_digest;     ///< of what the key stands for: method, path and body
};

/// A command: an action for the log, and a plan that may be repeated.
struct Command {
  std::string action;  ///< what a refusal is entered as
  std::function<base::Result<store::ChangeSet>(Snapshot&)> plan;
  std::vector<store::ObjectRef> objects = {};  ///< what it is aimed at, for the entry of a refusal
};

class Host final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it

 public:
  Host(Key, DataFolder folder, audit::SigningKey key, const base::Clock& clock,
       base::Entropy& entropy);

  /// Opens the database of `folder` (making it on first use), brings its schema up to date, loads
  /// organisation and modules. `clock` and `entropy` must outlive the host. Fails as its parts, and before it writes an
  /// entry with AuditRollback or AuditOriginChanged when the log is not what was signed last. Blocks.
  static base::Result<std::unique_ptr<Host>> open(DataFolder folder, const base::Clock& clock,
                                                  base::Entropy& entropy);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host();

  /// Plans, commits, answers. Plans again, at most 5 times, when somebody was first; then TryAgain. What a
  /// rule or a right forbids (Family::Refused) is entered into the log as refused. A repeated idempotency
  /// key gets the first answer. Blocks; any thread.
  base::Result<base::Json> execute(const Caller& caller, const Command& command);

  /// Enters that the command was refused, for a reason that execute() does not enter by itself. Blocks; any thread.
  void enter_refusal(const Caller& caller, const Command& command, const base::Error& why);

  /// Looks, and changes nothing. Blocks; any thread.
  base::Result<base::Json> query(const std::function<base::Result<base::Json>(Snapshot&)>& look);

  /// Whose token this is, or whose session: one that was not used for the deployment's `idle` time has ended.
  /// NotSignedIn is counted against `source`. Any thread.
  base::Result<access::Principal> authenticate(std::string_view token, const std::string& source);
  /// Whether what `principal` came with still stands: its session is open, and was used not too long ago. Asking is
  /// no use. Fails with NotSignedIn. Blocks; any thread.
  base::Result<void> still_signed_in(const access::Principal& principal);
  /// The account the operating-system user stands for. Fails with NotSignedIn, AccountDisabled. Any thread.
  base::Result<access::Principal> authenticate_os_user(std::int64_t os_user);
  void count_refusal(const std::string& source, base::Code code);

  /// Notes that the account has read the record. Reading what is sensitive is to be an entry of its own; this is the
  /// place that knows of it. Does not block; any thread.
  void note_read(const std::string& record, const std::string& account);

  /// Writes what was noted in passing (use_notes.hpp). Blocks; any thread.
  base::Result<void> write_notes();

  /// Writes what was counted at the door; everything when `all`. Blocks.
  base::Result<void> enter_refusals(bool all);

  /// Reads the calendar tables again: an operator may have brought a new year. What plans see is one or the other.
  /// Fails as Calendar::read(); then the tables that are known stay. Blocks; any thread.
  base::Result<void> refresh_calendar();

  /// Signs and publishes the head. Blocks; one thread at a time.
  base::Result<void> publish_checkpoint();

  /// Removes the bytes of attachments that no record needs and that were kept some time ago; answers how many.
  /// Blocks; one thread at a time.
  base::Result<std::size_t> sweep_blobs();

  /// Entries in the log. Any thread.
  std::int64_t log_size() const { return committer_->log_size(); }

  const DataFolder& folder() const { return folder_; }
  const HostSettings& settings() const { return settings_; }
  const modules::PackageStore& store() const { return store_; }
  store::BlobStore& blobs() { return blobs_; }
  const audit::SigningKey& key() const { return key_; }
  const base::Clock& clock() const { return clock_; }
  base::Entropy& entropy() const { return entropy_; }
  base::IdGenerator& ids() { return ids_; }
  access::PasswordHasher& passwords() { return passwords_; }
  access::LockOut& lock_out() { return lock_out_; }
  RollUp& roll_up() { return roll_up_; }

 private:
  base::Result<void> start();
  base::Result<void> open_committer();
  base::Result<void> watch_modules();
  base::Result<void> learn(const std::set<std::string>& tables);
  base::Result<Knowledge> knowledge();
  base::Result<Snapshot> look(ReadPool::Lease& lease);
  // A change of nothing, with the first request's answer, when the request is a repeated one.
  base::Result<store::ChangeSet> plan(const Caller& caller, const Command& command);
  base::Result<base::Json> answer_once(const Caller& caller, const Command& command);
  base::Result<void> check_use(store::Session& session, const std::string& signed_in) const;

  DataFolder folder_;
  HostSettings settings_;  // read once, at the start
  audit::SigningKey key_;
  const base::Clock& clock_;
  base::Entropy& entropy_;
  base::IdGenerator ids_;
  modules::PackageStore store_;
  store::BlobStore blobs_;
  std::optional<modules::InFlight> in_flight_;  // before known_: modules are called until they are gone
  ReadPool readers_;
  Refusals refusals_;
  UseNotes notes_;
  RollUp roll_up_;
  std::mutex writing_notes_;  // held while notes_ is planned and written
  access::PasswordHasher passwords_;
  access::LockOut lock_out_;
  std::mutex learning_;  // held while learn() reads, so that an older look never replaces a newer one
  std::mutex mutex_;     // guards known_
  Knowledge known_;
  std::unique_ptr<Committer> committer_;  // last: its thread uses all of the above
};

}  // namespace zeren::app
