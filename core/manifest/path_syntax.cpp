#include "manifest/path_syntax.hpp"

#include <algorithm>
#include <array>

namespace zeren::manifest {
namespace {

constexpr auto kRelations = std::to_array<std::string_view>(
    {"party_superior", "discipline_superior", "same_level", "stationed_at", "successor"});
constexpr int kMaxDepth = 16;

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/// Recursive descent; the first fault ends it.
///   path = sequence *("|" sequence)
///   sequence = step *("/" step)
///   step = ["^"] (name | "(" path ")")
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<PathFault> fault() {
    path(0);
    if (!fault_ && at_ < text_.size()) refuse("a relation or an operator", "关系或连接符");
    return fault_;
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
  void path(int depth) {
    if (depth > kMaxDepth) return refuse("fewer nested parentheses", "较少层次的括号");
    do {
      sequence(depth);
    } while (!fault_ && take('|'));
  }

  // NOLINTNEXTLINE(misc-no-recursion): as path()
  void sequence(int depth) {
    do {
      step(depth);
    } while (!fault_ && take('/'));
  }

  // NOLINTNEXTLINE(misc-no-recursion): as path()
  void step(int depth) {
    take('^');
    if (!take('(')) return relation();
    path(depth + 1);
    if (!fault_ && !take(')')) refuse("\")\"", "“)”");
  }

  void relation() {
    const auto start = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    const auto name = text_.substr(start, at_ - start);
    if (name.empty()) return refuse("a relation", "关系");
    if (std::ranges::find(kRelations, name) != kRelations.end()) return;
    const std::string unknown(name);
    fault_ = {"\"" + unknown +
                  "\" is not a relation; there are party_superior, discipline_superior, same_level, "
                  "stationed_at and successor",
              "“" + unknown +
                  "”不是关系；现有 party_superior、discipline_superior、same_level、stationed_at、successor"};
  }

  bool take(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void refuse(const std::string& expected, const std::string& in_chinese) {
    const std::string text(text_);
    const auto place = std::to_string(at_ + 1);
    fault_ = {"the path \"" + text + "\" needs " + expected + " at character " + place,
              "路径“" + text + "”第 " + place + " 个字符处应为" + in_chinese};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<PathFault> fault_;
};

}  // namespace

std::optional<PathFault> fault_in_path(std::string_view path) { return Reader(path).fault(); }

}  // namespace zeren::manifest
