// Files by the SHA-256 of their bytes: written once, synced before a row may refer to them, never changed.
// Which of them are needed the tables say; this knows files only.
//
//   <folder>/ab/abcdef…64   the bytes whose digest is that, mode 0600
//   <folder>/incoming/…     what is being written; emptied by prepare()
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/civil_time.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"

namespace zeren::store {

struct Blob {
  base::Digest digest{};
  std::int64_t size = 0;
  auto operator<=>(const Blob&) const = default;
};

/// A blob that was found whole. Reads stay right whatever happens to the file's name meanwhile.
class BlobReader final {
 public:
  BlobReader(base::Descriptor file, Blob blob, std::filesystem::path path)
      : file_(std::move(file)), blob_(blob), path_(std::move(path)) {}
  const Blob& blob() const { return blob_; }
  /// `count` bytes from `offset`; all of them must be there. Fails with AttachmentCorrupt. Blocks.
  base::Result<std::string> read(std::int64_t offset, std::int64_t count) const;
  /// Whether nothing follows the blob's last byte.
  bool ends() const;

 private:
  base::Descriptor file_;
  Blob blob_;
  std::filesystem::path path_;
};

class BlobStore final {
 public:
  explicit BlobStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Makes the folders and removes what an earlier process had not finished writing; only for the owner of the
  /// data folder, before it receives. Fails with FileUnwritable. Blocks.
  base::Result<void> prepare() const;

  /// Bytes on their way in. Its file is gone with it, unless kept.
  class Incoming final {
   public:
    Incoming(Incoming&&) noexcept = default;
    Incoming& operator=(Incoming&&) = delete;
    ~Incoming();
    /// Fails with FileUnwritable, and DatabaseFull when the disk is. Blocks.
    base::Result<void> add(std::string_view piece);
    std::int64_t size() const { return size_; }
    /// Of all bytes; none may follow.
    const base::Digest& digest();

   private:
    friend class BlobStore;
    Incoming(std::filesystem::path path, base::Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}
    std::filesystem::path path_;  // empty once moved from
    base::Descriptor file_;
    base::Sha256 hash_;
    std::optional<base::Digest> digest_;
    std::int64_t size_ = 0;
  };

  /// Fails as Incoming::add(). Any thread.
  base::Result<Incoming> receive() const;

  /// Makes the bytes durable under their digest, as of `now`; the same bytes are kept once. A row must refer to
  /// them within sweep()'s time. Fails as Incoming::add(). Blocks; any thread.
  base::Result<Blob> keep(Incoming incoming, base::Instant now);

  /// Opens it, after reading it whole once. Fails with AttachmentCorrupt, naming the file, when it is missing or
  /// changed. Blocks; any thread.
  base::Result<BlobReader> open(const Blob& blob) const;

  /// Removes what was kept before `before`, is not kept again since, and is not `needed`. Answers how many.
  /// `needed` tells of one digest. Fails with FileUnwritable and as `needed`. Blocks; any thread.
  base::Result<std::size_t> sweep(base::Instant before,
                                  const std::function<base::Result<bool>(const base::Digest&)>& needed);

  std::filesystem::path path_of(const base::Digest& digest) const;

 private:
  base::Result<void> settle(const std::filesystem::path& temporary, const base::Digest& digest,
                            base::Instant now);
  base::Result<bool> remove_if_old(const std::filesystem::path& file, base::Instant before);

  std::filesystem::path folder_;
  std::mutex settling_;  // held while a file gets or loses its name
};

}  // namespace zeren::store
