#include "audit/note.hpp"

#include <algorithm>
#include <utility>

#include "base/json.hpp"

namespace zeren::audit {
namespace {

using base::Result;

constexpr std::string_view kDash = "\u2014 ";
constexpr std::string_view kGap = "\n\n";

// Unicode's White_Space beyond ASCII. UTF-8 is self-synchronising, so a plain search finds them.
constexpr std::array<std::string_view, 19> kSpaces = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
    "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

tl::unexpected<base::Error> malformed(std::string reason, std::string chinese) {
  return base::fail(base::Code::NoteMalformed,
                    {{"reason", std::move(reason)}, {"reason.zh-CN", std::move(chinese)}});
}

// The canonical form refuses exactly the strings that are not UTF-8.
bool is_utf8(std::string_view text) { return base::canonical(base::Json(text)).has_value(); }

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 0 && c < ' ' && c != '\n'; });
}

Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(kDash)) return malformed("a signature line must begin with an em dash", "签名行应以破折号（—）开头");
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return malformed("a signature line lacks its signature", "签名行缺少签名");
  const auto name = line.substr(0, space);
  if (!is_key_name(name)) return malformed("a signature line names no key", "签名行未写明密钥名称");
  const auto bytes = base::from_base64(line.substr(space + 1));
  NoteSignature signature{std::string(name), {}, {}};
  if (!bytes || bytes->size() <= signature.key.size())
    return malformed("a signature is not base64", "签名不是 base64");
  std::copy_n(bytes->begin(), signature.key.size(), signature.key.begin());
  signature.bytes.assign(bytes->begin() + signature.key.size(), bytes->end());
  return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
  const auto forbidden = [](char c) { return (c >= 0 && c <= ' ') || c == '+'; };
  if (name.empty() || std::ranges::any_of(name, forbidden) || !is_utf8(name)) return false;
  return std::ranges::none_of(
      kSpaces, [&](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kMaxNote) {
    const auto most = std::to_string(kMaxNote);
    return malformed("longer than " + most + " bytes", "超过 " + most + " 字节");
  }
  if (!is_utf8(bytes)) return malformed("not UTF-8", "不是 UTF-8 文本");
  if (has_control(bytes)) return malformed("holds control characters", "含有控制字符");
  const auto gap = bytes.rfind(kGap);
  if (gap == std::string_view::npos) return malformed("no empty line before the signatures", "签名前缺少空行");
  Note note{std::string(bytes.substr(0, gap + 1)), {}};
  auto lines = bytes.substr(gap + kGap.size());
  if (lines.empty()) return malformed("no signature", "没有签名");
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) return malformed("the last line does not end", "末行未换行");
    if (note.signatures.size() == kMaxNoteSignatures) return malformed("too many signatures", "签名过多");
    auto signature = parse_line(lines.substr(0, end));
    if (!signature) return base::pass(std::move(signature));
    note.signatures.push_back(*std::move(signature));
    lines.remove_prefix(end + 1);
  }
  return note;
}

std::string to_string(const Note& note) {
  std::string out = note.text + '\n';
  for (const auto& signature : note.signatures) {
    base::Bytes bytes(signature.key.begin(), signature.key.end());
    bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
    out.append(kDash)
        .append(signature.name)
        .append(" ")
        .append(base::to_base64(bytes))
        .append("\n");
  }
  return out;
}

}  // namespace zeren::audit
