// Where a deployment's files lie, and the lock that makes one process their owner.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/deployment.hpp"
#include "base/error.hpp"

namespace zeren::app {

struct DataPaths {
  std::filesystem::path folder;
  std::filesystem::path database() const { return folder / "zeren.db"; }
  std::filesystem::path key() const { return folder / "keys" / "log.pem"; }
  std::filesystem::path last_signed() const { return folder / "keys" / "last_signed"; }
  std::filesystem::path checkpoint() const { return folder / "checkpoint"; }
  std::filesystem::path socket() const { return folder / "zeren.sock"; }
  /// Where the serving process listens, such as `127.0.0.1:8080`; gone when it has ended.
  std::filesystem::path address() const { return folder / "address"; }
  std::filesystem::path store() const { return folder / "store"; }          ///< approved packages
  std::filesystem::path blobs() const { return folder / "blobs"; }          ///< bytes of attachments
  std::filesystem::path in_flight() const { return folder / "in-flight"; }  ///< modules being called
  std::filesystem::path deployment() const { return folder / "deployment.json"; }
  /// Holidays and make-up working days, one iCalendar file per year (rules/calendar.hpp).
  std::filesystem::path calendars() const { return folder / "config" / "calendars"; }
  /// What the operator decides (app/host_settings.hpp).
  std::filesystem::path settings() const { return folder / "config" / "settings.json"; }
  std::filesystem::path demo_sign_ins() const { return folder / "demo-sign-ins.txt"; }
};

class DataFolder final {
 public:
  /// Makes the folder (0700) and its deployment.json, and takes the lock. Fails with DataFolderExists,
  /// DataFolderInUse or FileUnwritable.
  static base::Result<DataFolder> create(const std::filesystem::path& folder,
                                         const Deployment& deployment);

  /// Takes the lock of a folder that create() made. Fails with DataFolderMissing, DataFolderInUse (naming
  /// the process that has it) or ConfigInvalid.
  static base::Result<DataFolder> open(const std::filesystem::path& folder);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();  ///< gives the lock back

  const DataPaths& paths() const { return paths_; }
  const Deployment& deployment() const { return deployment_; }

 private:
  DataFolder(DataPaths paths, Deployment deployment, int lock);
  static base::Result<int> lock(const std::filesystem::path& folder);

  DataPaths paths_;
  Deployment deployment_;
  int lock_;  // file descriptor; -1 once moved from
};

/// Whether a host of this folder can keep its data at `address` (store::Address::parse()). Fails with
/// DatabaseUrlInvalid, with DatabaseNotServed for PostgreSQL, and with ConfigInvalid for another file than
/// the folder's own. Touches nothing.
base::Result<void> check_database(const DataPaths& paths, std::string_view address);

/// Whether `address`, such as `127.0.0.1:8080` or `[::1]:0`, can be reached from this machine only.
bool is_loopback(std::string_view address);

/// Reads deployment.json without taking the lock: for commands that only read. Fails with
/// DataFolderMissing or ConfigInvalid.
base::Result<Deployment> read_deployment(const std::filesystem::path& folder);

}  // namespace zeren::app
