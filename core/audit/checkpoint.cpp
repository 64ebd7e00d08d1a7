#include "audit/checkpoint.hpp"

#include <array>
#include <charconv>

#include "audit/note.hpp"

namespace zeren::audit {
namespace {

tl::unexpected<base::Error> malformed(const char* reason, const char* chinese) {
  return base::fail(base::Code::NoteMalformed, {{"reason", reason}, {"reason.zh-CN", chinese}});
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
         base::to_base64(checkpoint.root) + '\n';
}

base::Result<Checkpoint> parse_checkpoint(std::string_view text) {
  std::array<std::string_view, 3> lines;
  for (auto& line : lines) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return malformed("a checkpoint has three whole lines", "检查点应为完整的三行");
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!text.empty()) return malformed("a checkpoint has three lines", "检查点只有三行");
  if (!is_key_name(lines[0])) return malformed("the checkpoint names no origin", "检查点未写明来源（origin）");
  const auto size = parse_tree_size(lines[1]);
  if (!size) return malformed("the checkpoint's size is not a number", "检查点的条数不是数字");
  const auto root = base::digest_from_base64(lines[2]);
  if (!root) return malformed("the checkpoint's root is not a hash", "检查点的根不是哈希值");
  return Checkpoint{std::string(lines[0]), *size, *root};
}

std::optional<std::int64_t> parse_tree_size(std::string_view text) {
  std::int64_t size = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, size);
  if (failure != std::errc{} || at != end || std::to_string(size) != text || size < 0) return {};
  return size;
}

}  // namespace zeren::audit
