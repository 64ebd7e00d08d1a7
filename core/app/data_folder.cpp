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
using base::Json;
using base::Result;
namespace fs = std::filesystem;

constexpr auto kLockName = "lock";
constexpr int kLongestIdle = 720;  // no session lasts longer anyway

// Who holds the lock, as it wrote about itself.
std::string holder(int fd) {
  std::array<char, 32> text{};
  const auto n = ::pread(fd, text.data(), text.size() - 1, 0);
  return n > 0 ? std::string(text.data(), static_cast<std::size_t>(n)) : "?";
}

tl::unexpected<base::Error> unusable(const fs::path& file, const std::string& remedy,
                                     const std::string& chinese) {
  return base::fail(Code::ConfigInvalid,
                    {{"what", file.string()}, {"remedy", remedy}, {"remedy.zh-CN", chinese}});
}

// {"attachments": {"largest_mib": 256, "orphans_kept_minutes": 60}}, all of it optional.
Result<void> read_attachments(const base::LocatedJson& json, Deployment& deployment) {
  constexpr std::int64_t kMost = 1 << 20;
  const auto& value = json.value();
  if (!value.contains("attachments")) return {};
  const auto& settings = value["attachments"];
  for (const auto* key : {"largest_mib", "orphans_kept_minutes"}) {
    if (!settings.is_object()) break;
    if (!settings.contains(key)) continue;
    const bool fits = settings[key].is_number_integer() && settings[key] > 0 && settings[key] <= kMost;
    if (!fits) {
      return unusable(json.file(), std::string("\"") + key + "\" must be a whole number from 1 to 1048576",
                      std::string("\"") + key + "\" 应为 1 至 1048576 的整数");
    }
  }
  if (!settings.is_object()) {
    return unusable(json.file(), "\"attachments\" must be an object", "\"attachments\" 应为对象");
  }
  const auto kept = deployment.orphans_kept.count();
  deployment.largest_attachment =
      settings.value("largest_mib", deployment.largest_attachment >> 20U) << 20U;
  deployment.orphans_kept = std::chrono::minutes(settings.value("orphans_kept_minutes", kept));
  return {};
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
  const base::Json json{{"origin", deployment.origin},
                        {"zone", deployment.zone},
                        {"modules", deployment.modules.string()},
                        {"idle_minutes", deployment.idle.count()}};
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
  const auto& value = json->value();
  for (const auto* key : {"origin", "zone", "modules"}) {
    if (!value.is_object() || !value.contains(key) || !value[key].is_string()) {
      return unusable(paths.deployment(), std::string("it needs the text \"") + key + "\"",
                      std::string("请补充文本 \"") + key + "\"");
    }
  }
  const auto idle = value.value("idle_minutes", Json(kDefaultIdle.count()));
  if (!idle.is_number_integer() || idle < 1 || idle > kLongestIdle) {
    return unusable(paths.deployment(), "\"idle_minutes\" is a whole number from 1 to 720",
                    "\"idle_minutes\" 应为 1 至 720 的整数");
  }
  Deployment deployment{value["origin"], value["zone"], value["modules"].get<std::string>()};
  deployment.idle = std::chrono::minutes(idle.get<int>());
  if (auto read = read_attachments(*json, deployment); !read) return base::pass(std::move(read));
  return deployment;
}

}  // namespace zeren::app
