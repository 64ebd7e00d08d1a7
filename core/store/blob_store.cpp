#include "store/blob_store.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "base/system_reason.hpp"

namespace zeren::store {
namespace {

using base::Code;
using base::Result;
namespace fs = std::filesystem;

constexpr auto kIncoming = "incoming";
constexpr std::size_t kShard = 2;  // hex digits: 256 folders

tl::unexpected<base::Error> not_written(const fs::path& file) {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) return base::fail(Code::DatabaseFull);
  return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, errno));
}

tl::unexpected<base::Error> not_as_kept(const base::Digest& digest, const fs::path& file) {
  return base::fail(Code::AttachmentCorrupt, {{"name", base::to_hex(digest)}, {"file", file.string()}});
}

// Durable in its parent, else the file in it could be lost with it.
bool make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return false;
  return base::sync_folder(folder.parent_path());
}

timespec to_timespec(base::Instant at) {
  const auto millis = base::to_millis(at);
  return {static_cast<time_t>(millis / 1000), static_cast<long>(millis % 1000 * 1'000'000)};
}

// When it was kept last: on the host's clock, not the file system's.
bool stamp(const fs::path& file, base::Instant at) {
  const auto time = to_timespec(at);
  const timespec times[] = {time, time};
  return ::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0;
}

std::optional<base::Digest> digest_of_name(const fs::path& file) {
  const auto bytes = base::from_hex(file.filename().string());
  base::Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->is_regular_file(failure)) files.push_back(at->path());
  }
  return files;
}

}  // namespace

Result<std::string> BlobReader::read(std::int64_t offset, std::int64_t count) const {
  std::string bytes(static_cast<std::size_t>(count), '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto n = ::pread(file_.get(), bytes.data() + got, bytes.size() - got,
                           offset + static_cast<off_t>(got));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return not_as_kept(blob_.digest, path_);
    got += static_cast<std::size_t>(n);
  }
  return bytes;
}

bool BlobReader::ends() const {
  struct stat found{};
  return ::fstat(file_.get(), &found) == 0 && found.st_size == blob_.size;
}

BlobStore::Incoming::~Incoming() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<void> BlobStore::Incoming::add(std::string_view piece) {
  hash_.add(piece);
  size_ += static_cast<std::int64_t>(piece.size());
  if (base::write_all(file_.get(), piece)) return {};
  return not_written(path_);
}

const base::Digest& BlobStore::Incoming::digest() {
  if (!digest_) digest_ = hash_.finish();
  return *digest_;
}

Result<void> BlobStore::prepare() const {
  const auto incoming = folder_ / kIncoming;
  if (!make_folder(folder_) || !make_folder(incoming)) return not_written(incoming);
  for (const auto& left : files_in(incoming)) {
    if (::unlink(left.c_str()) != 0) return not_written(left);
  }
  return {};
}

Result<BlobStore::Incoming> BlobStore::receive() const {
  auto path = (folder_ / kIncoming / "XXXXXX").string();
  base::Descriptor file(::mkostemp(path.data(), O_CLOEXEC));  // mode 0600
  if (file.get() < 0) return not_written(folder_ / kIncoming);
  return Incoming(path, std::move(file));
}

Result<Blob> BlobStore::keep(Incoming incoming, base::Instant now) {
  if (::fsync(incoming.file_.get()) != 0) return not_written(incoming.path_);
  const Blob blob{incoming.digest(), incoming.size()};
  if (auto done = settle(incoming.path_, blob.digest, now); !done) return base::pass(std::move(done));
  incoming.path_.clear();
  return blob;
}

Result<void> BlobStore::settle(const fs::path& temporary, const base::Digest& digest,
                               base::Instant now) {
  const auto file = path_of(digest);
  const std::lock_guard lock(settling_);
  if (!make_folder(file.parent_path())) return not_written(file);
  // Over what is there, if anything is: the same bytes, or damaged ones that are mended so.
  if (!stamp(temporary, now) || ::rename(temporary.c_str(), file.c_str()) != 0 ||
      !base::sync_folder(file.parent_path())) {
    return not_written(file);
  }
  return {};
}

Result<BlobReader> BlobStore::open(const Blob& blob) const {
  constexpr std::int64_t kPiece = 1 << 18;
  const auto file = path_of(blob.digest);
  BlobReader reader(base::Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), blob, file);
  base::Sha256 hash;
  for (std::int64_t at = 0; at < blob.size; at += kPiece) {
    const auto piece = reader.read(at, std::min(kPiece, blob.size - at));
    if (!piece) return base::pass(piece);
    hash.add(*piece);
  }
  if (!reader.ends() || hash.finish() != blob.digest) return not_as_kept(blob.digest, file);
  return reader;
}

Result<std::size_t> BlobStore::sweep(base::Instant before,
                                     const std::function<Result<bool>(const base::Digest&)>& needed) {
  std::size_t removed = 0;
  for (const auto& file : files_in(folder_)) {
    const auto digest = digest_of_name(file);
    if (!digest || file.parent_path().filename() == kIncoming) continue;
    const auto wanted = needed(*digest);
    if (!wanted) return base::pass(wanted);
    if (*wanted) continue;
    const auto gone = remove_if_old(file, before);
    if (!gone) return base::pass(gone);
    removed += *gone ? 1 : 0;
  }
  return removed;
}

// Whoever keeps the same bytes again meanwhile stamps them first, under the same lock.
Result<bool> BlobStore::remove_if_old(const fs::path& file, base::Instant before) {
  const std::lock_guard lock(settling_);
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0) return not_written(file);
  const auto limit = to_timespec(before);
  const bool old = std::pair(found.st_mtim.tv_sec, found.st_mtim.tv_nsec) <
                   std::pair(limit.tv_sec, limit.tv_nsec);
  if (!old) return false;
  if (::unlink(file.c_str()) != 0) return not_written(file);
  return true;
}

fs::path BlobStore::path_of(const base::Digest& digest) const {
  const auto name = base::to_hex(digest);
  return folder_ / name.substr(0, kShard) / name;
}

}  // namespace zeren::store
