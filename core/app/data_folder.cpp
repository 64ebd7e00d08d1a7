#include "app/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/located_json.hpp"
#include "base/system_reason.hpp"
#include "store/address.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
namespace fs = std::filesystem;

constexpr auto kLockName = "lock";

// Who holds the lock, as it wrote about itself.
std::string holder(int fd) {
  std::array<char, 32> text{};
  const auto n = ::pread(fd, text.data(), text.size() - 1, 0);
  return n > 0 ? std::string(text.data(), static_cast<std::size_t>(n)) : "?";
}

Result<void> make_folders(const DataPaths& paths) {
  std::error_code failure;
  fs::create_directories(paths.key().parent_path(), failure);
  if (!failure) fs::permissions(paths.folder, fs::perms::owner_all, failure);
  if (failure) {
    return base::fail(Code::FileUnwritable, base::with_reason({{"file", paths.folder.string()}}, failure));
  }
  return {};
}

}  // namespace

Result<int> DataFolder::lock(const fs::path& folder) {
  const auto file = folder / kLockName;
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, errno));
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const auto process = holder(fd);
    ::close(fd);
    return base::fail(Code::DataFolderInUse, {{"folder", folder.string()}, {"process", process}});
  }
  const auto self = std::to_string(::getpid());
  // Only for people to read: the lock itself is the kernel's.
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, self.data(), self.size(), 0) < 0) {
    ::close(fd);
    return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, errno));
  }
  return fd;
}

Result<DataFolder> DataFolder::create(const fs::path& folder, const Deployment& deployment) {
  DataPaths paths{folder};
  if (fs::exists(paths.deployment())) {
    return base::fail(Code::DataFolderExists, {{"folder", folder.string()}});
  }
  if (auto made = make_folders(paths); !made) return base::pass(std::move(made));
  const auto fd = lock(folder);
  if (!fd) return base::pass(fd);
  DataFolder made(std::move(paths), deployment, *fd);
  const auto json = deployment_json(deployment);
  if (auto written = base::write_file(made.paths().deployment(), json.dump(2) + "\n"); !written) {
    return base::pass(std::move(written));
  }
  return made;
}

Result<DataFolder> DataFolder::open(const fs::path& folder) {
  auto deployment = read_deployment(folder);
  if (!deployment) return base::pass(std::move(deployment));
  const auto fd = lock(folder);
  if (!fd) return base::pass(fd);
  return DataFolder({folder}, std::move(*deployment), *fd);
}

DataFolder::DataFolder(DataPaths paths, Deployment deployment, int lock)
    : paths_(std::move(paths)), deployment_(std::move(deployment)), lock_(lock) {}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : paths_(std::move(other.paths_)),
      deployment_(std::move(other.deployment_)),
      lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) ::close(lock_);
}

Result<void> check_database(const DataPaths& paths, std::string_view address) {
  const auto parsed = store::Address::parse(address);
  if (!parsed) return base::pass(parsed);
  if (parsed->dialect() != store::Dialect::Sqlite) {
    return base::fail(Code::DatabaseNotServed, {{"database", parsed->shown()}});
  }
  // Its journal, its backup and the lock of the folder belong together.
  const auto own = paths.database();
  if (fs::absolute(parsed->file()).lexically_normal() == fs::absolute(own).lexically_normal()) return {};
  return base::fail(Code::ConfigInvalid,
                    {{"what", "--database " + parsed->shown()},
                     {"remedy", "the data folder keeps its database in " + own.string()},
                     {"remedy.zh-CN", "数据目录的数据库固定为 " + own.string()}});
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("[::1]:") || address.starts_with("::1:");
}

Result<Deployment> read_deployment(const fs::path& folder) {
  const DataPaths paths{folder};
  if (!fs::exists(paths.deployment())) {
    return base::fail(Code::DataFolderMissing, {{"folder", folder.string()}});
  }
  const auto json = base::LocatedJson::read(paths.deployment());
  if (!json) return base::pass(json);
  return read_deployment_file(*json);
}

}  // namespace zeren::app
