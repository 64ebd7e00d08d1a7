#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/system_reason.hpp"

namespace zeren::base {
namespace {

tl::unexpected<Error> unwritable(const std::filesystem::path& path) {
  return fail(Code::FileUnwritable, with_reason({{"file", path.string()}}, errno));
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool sync_folder(const std::filesystem::path& folder) {
  const Descriptor dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return dir.get() >= 0 && ::fsync(dir.get()) == 0;
}

Result<std::string> read_file(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (std::filesystem::is_directory(path)) errno = EISDIR;
  if (!in || errno == EISDIR || (in.peek() != EOF && !(text << in.rdbuf()))) {
    return fail(Code::FileUnreadable, with_reason({{"file", path.string()}}, errno));
  }
  return text.str();
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text, FileMode mode) {
  const auto folder = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
  auto temporary = path;
  temporary += ".new";
  {
    const mode_t bits = mode == FileMode::Private ? 0600 : 0644;
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, bits));
    if (file.get() < 0) return unwritable(temporary);
    // A leftover temporary file may have been made with wider rights.
    if (::fchmod(file.get(), bits) != 0 || !write_all(file.get(), text) ||
        ::fsync(file.get()) != 0) {
      return unwritable(temporary);
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0 || !sync_folder(folder)) {
    return unwritable(path);
  }
  return {};
}

}  // namespace zeren::base
