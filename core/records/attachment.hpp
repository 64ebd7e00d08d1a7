// Files that are part of a record's content: which versions of it they belong to, and whose bytes must stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "store/blob_store.hpp"
#include "store/session.hpp"

namespace zeren::records {

enum class Classification : std::uint8_t { Public, Internal, Sensitive };

std::string_view name_of(Classification classification);
/// `{"en", "zh-CN"}`
base::Json title_of(Classification classification);

struct Attachment {
  std::string id;
  std::int64_t version = 1;
  store::Blob blob;
  std::string name;
  Classification classification = Classification::Internal;
  std::int64_t added_in = 1;               ///< the first content version it is part of
  std::optional<std::int64_t> removed_in;  ///< the first it is no part of any more
  std::string added_by;                    ///< account
  std::string capacity;
  base::Instant added_at;
  std::optional<base::Instant> removed_at = std::nullopt;
  std::string reason = {};  ///< of the removal

  bool is_part_of(std::int64_t content_version) const {
    return added_in <= content_version && (!removed_in || content_version < *removed_in);
  }
};

/// What is declared about a file before its first byte is sent.
struct Declared {
  std::string name;
  Classification classification = Classification::Internal;
};

/// Checks what was declared. Fails with AttachmentClassified for what must not be here, RequestMalformed for a
/// classification that is none, or a name that is blank, a path or longer than 255 bytes, TextNotUtf8, and
/// TextHidden. Any thread.
base::Result<Declared> declare(std::string_view name, std::string_view classification);

/// The attachments of a record, removed ones included, oldest first. Fails as Session::query(). Blocks.
base::Result<std::vector<Attachment>> load_attachments(store::Session& session,
                                                       const std::string& record);

/// What the digest of a dispatch says of the attachments of one content version.
base::Json digest_members(const std::vector<Attachment>& attachments, std::int64_t content_version);

/// Whether an attachment that stands, or that was part of what was ever sent, has these bytes: they must stay.
/// Fails as Session::query(). Blocks.
base::Result<bool> is_needed(store::Session& session, const base::Digest& digest);

/// All such attachments, each with its bytes; ordered by id. Fails as Session::query(). Blocks.
struct KeptFile {
  std::string id;
  store::Blob blob;
};
base::Result<std::vector<KeptFile>> load_kept_files(store::Session& session);

}  // namespace zeren::records
