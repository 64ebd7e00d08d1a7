#include "documents/archive.hpp"

#include <zip.h>

#include <algorithm>

#include "documents/fault.hpp"

namespace zeren::documents {
namespace {

using base::Code;
using base::Result;

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;

tl::unexpected<base::Error> unpackable(const std::string& what, zip_t* zip) {
  if (zip == nullptr) {
    return base::fail(Code::PackingFailed,
                      {{"what", what}, {"reason", "out of memory"}, {"reason.zh-CN", "内存不足"}});
  }
  auto* error = zip_get_error(zip);
  return base::fail(Code::PackingFailed,
                    {{"what", what},
                     {"reason", zip_error_strerror(error)},
                     {"reason.zh-CN", "打包程序出错，代码 " + std::to_string(zip_error_code_zip(error))}});
}

bool add(zip_t* zip, const std::string& path, const std::string& bytes) {
  auto* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
  if (source == nullptr) return false;
  const auto index = zip_file_add(zip, path.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  // 1980-01-01, the first day that ZIP knows: the time of packing is nobody's business.
  constexpr zip_uint16_t kFirstDay = 0x0021;
  return zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, kFirstDay, 0) == 0;
}

std::string read_all(zip_source_t* source) {
  std::string bytes;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return bytes;
  bytes.resize(stat.size);
  const auto read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  bytes.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
  return bytes;
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

}  // namespace

Result<std::string> pack(const Parts& parts, const std::string& what) {
  zip_error_t error;
  zip_error_init(&error);
  // Kept beyond the archive, which would otherwise free it on closing.
  const Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) return unpackable(what, nullptr);
  zip_source_keep(target.get());
  Zip zip(zip_open_from_source(target.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!zip) {
    zip_source_free(target.get());
    return unpackable(what, nullptr);
  }
  for (const auto& [path, bytes] : parts) {
    if (!add(zip.get(), path, bytes)) return unpackable(what, zip.get());
  }
  if (zip_close(zip.get()) != 0) return unpackable(what, zip.get());
  static_cast<void>(zip.release());
  auto packed = read_all(target.get());
  if (packed.empty()) return unpackable(what, nullptr);
  return packed;
}

struct Archive::Handle {
  std::unique_ptr<zip_t, void (*)(zip_t*)> zip;
  std::size_t unpacked = 0;
};

Archive::Archive(std::unique_ptr<Handle> handle, std::string file, UnpackLimits limits)
    : handle_(std::move(handle)), file_(std::move(file)), limits_(limits) {}
Archive::Archive(Archive&& other) noexcept = default;
Archive& Archive::operator=(Archive&& other) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(std::string_view bytes, std::string file, UnpackLimits limits) {
  if (bytes.size() > limits.archive) {
    return base::fail(Code::SheetTooLarge, {{"what", file}, {"limit", megabytes(limits.archive)}});
  }
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  Zip zip(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!zip) {
    if (source != nullptr) zip_source_free(source);
    return base::fail(Code::SheetInvalid,
                      reason_of({0, "it is no ZIP archive", "不是 ZIP 压缩格式"}, {{"file", file}}));
  }
  if (zip_get_num_entries(zip.get(), 0) > limits.parts) {
    return base::fail(Code::SheetTooLarge, {{"what", file},
                                            {"limit", std::to_string(limits.parts) + " parts"},
                                            {"limit.zh-CN", std::to_string(limits.parts) + " 个部件"}});
  }
  return Archive(std::make_unique<Handle>(Handle{{zip.release(), zip_discard}, 0}), std::move(file), limits);
}

Result<std::optional<std::string>> Archive::part(const std::string& path) {
  auto* zip = handle_->zip.get();
  const auto index = zip_name_locate(zip, path.c_str(), 0);
  if (index < 0) return std::optional<std::string>{};
  const std::unique_ptr<zip_file_t, CloseEntry> entry(
      zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
  const auto broken = [&] {
    const std::string why = zip_error_strerror(entry ? zip_file_get_error(entry.get()) : zip_get_error(zip));
    return base::fail(
        Code::SheetInvalid,
        reason_of({0, path + " cannot be unpacked: " + why, path + " 无法解压：" + why}, {{"file", file_}}));
  };
  if (!entry) return broken();
  // What the archive says of sizes is the sender's word; what comes out is counted.
  const auto limit = std::min(limits_.part, limits_.total - std::min(limits_.total, handle_->unpacked));
  std::string bytes;
  constexpr std::size_t kPiece = 64U << 10U;
  while (true) {
    const auto had = bytes.size();
    bytes.resize(had + kPiece);
    const auto read = zip_fread(entry.get(), bytes.data() + had, kPiece);
    if (read < 0) return broken();
    bytes.resize(had + static_cast<std::size_t>(read));
    if (bytes.size() > limit) {
      return base::fail(Code::SheetTooLarge,
                        {{"what", file_ + " (" + path + ")"}, {"limit", megabytes(limits_.part)}});
    }
    if (read == 0) break;
  }
  handle_->unpacked += bytes.size();
  return std::optional(std::move(bytes));
}

}  // namespace zeren::documents
