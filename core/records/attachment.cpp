#include "records/attachment.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"
#include "base/unicode.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::Row;
using store::Value;

constexpr std::size_t kLongestName = 255;  // what file systems take

struct Degree {
  std::string_view key;
  std::string_view en;
  std::string_view zh;
};

// In the order of the enumeration.
constexpr auto kDegrees = std::to_array<Degree>({
    {"public", "Public", "公开"},
    {"internal", "Internal", "内部"},
    {"sensitive", "Sensitive", "敏感"},
});

// Each degree of secrecy, and the word for all of them.
constexpr auto kSecret = std::to_array<std::string_view>(
    {"classified", "secret", "confidential", "top_secret", "涉密", "秘密", "机密", "绝密"});

// Stands, or was part of what was sent: recalled or not, somebody may have read it.
constexpr std::string_view kKept =
    " (a.removed_in IS NULL OR EXISTS (SELECT 1 FROM dispatch d WHERE d.record = a.record"
    " AND a.added_in <= d.content_version AND d.content_version < a.removed_in))";

const Degree& degree(Classification classification) {
  return kDegrees.at(static_cast<std::size_t>(classification));
}

Classification classification_named(std::string_view name) {
  const auto* const found = std::ranges::find(kDegrees, name, &Degree::key);
  base::invariant(found != kDegrees.end(), "attachments are written with name_of()");
  return static_cast<Classification>(found - kDegrees.begin());
}

base::Digest stored_digest(const std::string& text) {
  return base::digest_from_base64(text).value_or(base::Digest{});
}

std::optional<base::Instant> instant_in(const Row& row, std::size_t column) {
  const auto millis = row.optional_integer(column);
  return millis ? std::optional(base::from_millis(*millis)) : std::nullopt;
}

tl::unexpected<base::Error> unfit_name(const char* english, const char* chinese) {
  return base::fail(Code::RequestMalformed,
                    {{"reason", std::string("the name of the attachment ") + english},
                     {"reason.zh-CN", std::string("附件名称") + chinese}});
}

Result<void> check_name(std::string_view name) {
  if (!base::is_utf8(name)) {
    return base::fail(Code::TextNotUtf8,
                      {{"what", "the name of the attachment"}, {"what.zh-CN", "附件名称"}});
  }
  if (base::is_blank(name)) return unfit_name("is missing", "不能为空");
  if (name.size() > kLongestName) return unfit_name("is longer than 255 bytes", "超过 255 字节");
  const bool path = name.find_first_of("/\\") != std::string_view::npos || name == "." || name == "..";
  if (path) return unfit_name("must not be a path", "不能含有路径");
  // A line feed is at home in a text, not in a name.
  auto hidden = base::hidden_control_in(name);
  if (!hidden && name.find('\n') != std::string_view::npos) hidden = "U+000A";
  if (!hidden && name.find('\t') != std::string_view::npos) hidden = "U+0009";
  if (!hidden) return {};
  return base::fail(Code::TextHidden, {{"what", "the name of the attachment"},
                                       {"what.zh-CN", "附件名称"},
                                       {"character", *hidden}});
}

Result<Classification> check_classification(std::string_view name) {
  const auto* const found = std::ranges::find(kDegrees, name, &Degree::key);
  if (found != kDegrees.end()) return static_cast<Classification>(found - kDegrees.begin());
  if (std::ranges::find(kSecret, name) != kSecret.end()) return base::fail(Code::AttachmentClassified);
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"classification\" must be declared: public, internal or sensitive"},
                     {"reason.zh-CN", "上传前须声明密级 classification：public（公开）、internal（内部）"
                                      "或 sensitive（敏感）"}});
}

}  // namespace

std::string_view name_of(Classification classification) { return degree(classification).key; }

Json title_of(Classification classification) {
  const auto& each = degree(classification);
  return {{"en", std::string(each.en)}, {"zh-CN", std::string(each.zh)}};
}

Result<Declared> declare(std::string_view name, std::string_view classification) {
  // First of all: what is secret is not looked at any further.
  const auto known = check_classification(classification);
  if (!known) return base::pass(known);
  if (auto fit = check_name(name); !fit) return base::pass(std::move(fit));
  return Declared{std::string(name), *known};
}

Result<std::vector<Attachment>> load_attachments(store::Session& session, const std::string& record) {
  const auto rows = session.query(
      "SELECT id, version, digest, size, name, classification, added_in, removed_in, added_by,"
      " capacity, added_at, removed_at, reason FROM attachment WHERE record = :1 ORDER BY added_in, id",
      std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<Attachment> attachments;
  for (const auto& r : *rows) {
    attachments.push_back({r.text(0), r.integer(1), {stored_digest(r.text(2)), r.integer(3)}, r.text(4),
                           classification_named(r.text(5)), r.integer(6), r.optional_integer(7),
                           r.text(8), r.text(9), base::from_millis(r.integer(10)), instant_in(r, 11),
                           r.text(12)});
  }
  return attachments;
}

Json digest_members(const std::vector<Attachment>& attachments, std::int64_t content_version) {
  auto members = Json::array();
  for (const auto& each : attachments) {
    if (!each.is_part_of(content_version)) continue;
    members.push_back({{"digest", base::to_base64(each.blob.digest)},
                       {"size", each.blob.size},
                       {"name", each.name},
                       {"classification", std::string(name_of(each.classification))}});
  }
  return members;
}

Result<bool> is_needed(store::Session& session, const base::Digest& digest) {
  const auto row =
      session.first("SELECT a.id FROM attachment a WHERE a.digest = :1 AND" + std::string(kKept),
                    std::vector<Value>{base::to_base64(digest)});
  if (!row) return base::pass(row);
  return row->has_value();
}

Result<std::vector<KeptFile>> load_kept_files(store::Session& session) {
  const auto rows = session.query("SELECT a.id, a.digest, a.size FROM attachment a WHERE" +
                                  std::string(kKept) + " ORDER BY a.id");
  if (!rows) return base::pass(rows);
  std::vector<KeptFile> files;
  for (const auto& r : *rows) files.push_back({r.text(0), {stored_digest(r.text(1)), r.integer(2)}});
  return files;
}

}  // namespace zeren::records
