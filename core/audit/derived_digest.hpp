// The digest of a derived table. Whoever rebuilds such a table commits to its digest in an entry;
// verify computes it again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::audit {

/// The action of entries that rebuild the obligations, and the committed value that holds the
/// digest.
inline constexpr std::string_view kDeriveAction = "obligation.derive";
inline constexpr std::string_view kDeriveDigest = "digest";
inline constexpr std::string_view kDerivedTable = "obligation";

/// The column that names the record which a row follows from. Such a row is kept with its record and not by runs; it
/// stands outside the digest (ADR 19).
inline constexpr std::string_view kDerivedSource = "source";

/// Base64 SHA-256 of the canonical JSON of all rows without a source as they stand, in the order of the key: an
/// array of arrays of column values, integers as numbers; NULLs at the end of a row are left out, so that a
/// later migration's column changes no digest. Call it in the transaction that wrote the
/// rows. Fails as Session::query(), and with JsonNumberRange or TextNotUtf8 on a damaged cell.
base::Result<std::string> table_digest(store::Session& session, std::string_view table);

/// The digest of a table that a run changes part by part: known after each, without reading the others again. A part
/// is what begins with the same kPartName characters of the first key column; its digest is SHA-256 over the
/// canonical JSON of its rows, as in table_digest(). One thread at a time.
class PartedDigest final {
 public:
  static constexpr std::size_t kPartName = 3;
  /// What text() begins with; an older entry holds a digest without it, of the table as a whole.
  static constexpr std::string_view kMark = "parts:";

  /// Forgets the parts in [from, to) and takes those of `fresh`; an empty `to` is the end.
  void replace(const std::string& from, const std::string& to, const PartedDigest& fresh);
  void set(const std::string& part, const base::Digest& digest) { parts_[part] = digest; }

  /// `parts:` and the base64 SHA-256 of the canonical JSON `[[part, base64 digest], …]`, ordered by part.
  base::Result<std::string> text() const;

  bool operator==(const PartedDigest&) const = default;

 private:
  std::map<std::string, base::Digest> parts_;
};

/// Makes a PartedDigest of rows that come in the order of their keys. One thread at a time.
class PartDigester final {
 public:
  /// `row` as store::append_canonical() writes it.
  void add(std::string_view key, std::string_view row);
  PartedDigest finish();

 private:
  void end_part();

  PartedDigest digest_;
  std::string part_;
  std::optional<base::Sha256> rows_;
};

/// Of all rows as they stand. Fails as table_digest().
base::Result<PartedDigest> parted_digest(store::Session& session, std::string_view table);

/// The digest of the table in the form of `example`: that of a whole, or of parts.
base::Result<std::string> digest_like(std::string_view example, store::Session& session, std::string_view table);

}  // namespace zeren::audit
