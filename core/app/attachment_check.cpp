#include "app/attachment_check.hpp"

#include <filesystem>

#include "records/attachment.hpp"

namespace zeren::app {

base::Result<void> check_attachments(store::Session& session, const store::BlobStore& blobs,
                                     audit::Report& report) {
  const auto files = records::load_kept_files(session);
  if (!files) return base::pass(files);
  for (const auto& [id, blob] : *files) {
    if (blobs.open(blob)) continue;
    // Removed since the list was made, perhaps.
    const auto needed = records::is_needed(session, blob.digest);
    if (!needed) return base::pass(needed);
    if (!*needed) continue;
    const auto source = "attachment[id=" + id + "].digest";
    const auto file = blobs.path_of(blob.digest);
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
      report.altered(file.string(), source);
    } else {
      report.missing(file.string(), source);
    }
  }
  return {};
}

}  // namespace zeren::app
