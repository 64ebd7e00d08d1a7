#include "manifest/package_list.hpp"

#include <algorithm>
#include <optional>

namespace zeren::manifest {
namespace {

using base::Code;

constexpr std::size_t kHexDigits = 64;

bool is_part(std::string_view part) {
  if (part.empty() || part.front() == '.' || part.front() == '-') return false;
  return std::ranges::all_of(part, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

bool is_path(std::string_view path) {
  while (true) {
    const auto slash = path.find('/');
    if (!is_part(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

std::optional<base::Digest> digest_of(std::string_view hex) {
  const auto bytes = base::from_hex(hex);
  base::Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::ranges::copy(*bytes, digest.begin());
  if (base::to_hex(digest) != hex) return std::nullopt;  // upper case would be a second text
  return digest;
}

struct LineFault {
  std::string english;
  std::string chinese;
};

/// What is wrong with a line, or nullopt after adding it to `list`.
std::optional<LineFault> add_line(std::string_view line, PackageList& list) {
  if (line.size() < kHexDigits + 3 || line.substr(kHexDigits, 2) != "  ") {
    return LineFault{"a line is \"<sha256>  <path>\"", "每行应为“<sha256>  <路径>”"};
  }
  const auto digest = digest_of(line.substr(0, kHexDigits));
  if (!digest) {
    return LineFault{"the line does not begin with a SHA-256 in 64 lower-case hexadecimal digits",
                     "行首应为 SHA-256（64 位小写十六进制数字）"};
  }
  const auto path = line.substr(kHexDigits + 2);
  if (!is_path(path) || path == "MANIFEST") {
    return LineFault{"\"" + std::string(path) + "\" is not a path in a package",
                     "“" + std::string(path) + "”不是软件包中的路径"};
  }
  if (!list.empty() && list.rbegin()->first >= path) {
    return LineFault{"paths must be sorted, each once", "路径须按顺序排列，各列一次"};
  }
  list.emplace(path, *digest);
  return std::nullopt;
}

}  // namespace

base::Result<PackageList> parse_package_list(std::string_view text, const std::string& file) {
  PackageList list;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const base::Where where{file, number, 1, {}};
    if (end == std::string_view::npos) {
      return base::fail(Code::ManifestSchema,
                        {{"reason", "the last line does not end"}, {"reason.zh-CN", "末行未换行"}}, where);
    }
    const auto fault = add_line(text.substr(0, end), list);
    if (fault) {
      return base::fail(Code::ManifestSchema,
                        {{"reason", fault->english}, {"reason.zh-CN", fault->chinese}}, where);
    }
    text.remove_prefix(end + 1);
  }
  return list;
}

}  // namespace zeren::manifest
