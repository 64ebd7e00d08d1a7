#include "architecture/function_scan.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

#include "architecture/cpp_text.hpp"
#include "architecture/source_tree.hpp"

namespace zeren::architecture {
namespace {

// Removes balanced (...) and template <...> so that only the outline of a declaration is left.
std::string outline(std::string_view head) {
  std::string out;
  int depth = 0;
  for (const char c : head) {
    if (c == ')') --depth;
    if (depth == 0) out += c;
    if (c == '(') ++depth;
  }
  static const std::regex kTemplate(R"(template\s*<[^{;]*?>\s*(?=[\w\[:~]))");
  return std::regex_replace(out, kTemplate, " ");
}

bool opens_type_or_namespace(const std::string& outline_text) {
  static const std::regex kScope(R"((^|\s)(namespace|class|struct|union|enum|extern)\b)");
  return std::regex_search(outline_text, kScope) && outline_text.find('(') == std::string::npos;
}

bool opens_function(const std::string& outline_text) {
  const auto paren = outline_text.find('(');
  if (paren == std::string::npos) return false;
  const auto equals = outline_text.find('=');
  const bool is_operator = outline_text.find("operator") != std::string::npos;
  return equals == std::string::npos || equals > paren || is_operator;
}

// `Foo::Foo(…) : member_` — the brace initialises a member, the body is still to come.
bool initialises_member(std::string_view head, const std::string& outline_text) {
  static const std::regex kInitList(R"(\)\s*(noexcept\s*)?:[^:])");
  if (!std::regex_search(outline_text, kInitList)) return false;
  const auto text = trimmed(head);
  if (text.empty()) return false;
  const char last = text.back();
  return std::isalnum(static_cast<unsigned char>(last)) != 0 || last == '_' || last == '>';
}

std::string name_in(std::string_view head) {
  std::string text(head.substr(head.find_first_not_of(" \n\t")));
  std::replace(text.begin(), text.end(), '\n', ' ');
  static const std::regex kTest(R"(^(TEST|TEST_F|TEST_P|TYPED_TEST)\s*\([^)]*\))");
  std::smatch match;
  if (std::regex_search(text, match, kTest)) return match.str();
  static const std::regex kName(R"(([~\w:]+|operator\s*\S+)\s*\()");
  return std::regex_search(text, match, kName) ? match[1].str() : text;
}

class Scanner final {
 public:
  explicit Scanner(std::string_view text) : code_(code_only(text)) {}

  std::vector<FunctionBody> run() {
    while (at_ < code_.size()) step();
    return std::move(found_);
  }

 private:
  void step() {
    const char c = code_[at_];
    if (c == ';' || c == '}') head_from_ = at_ + 1;
    if (c == '{') open_brace();
    ++at_;
  }

  void open_brace() {
    const std::string_view head(code_.data() + head_from_, at_ - head_from_);
    const auto text = outline(head);
    if (opens_type_or_namespace(text)) {
      head_from_ = at_ + 1;
    } else if (initialises_member(head, text)) {
      at_ = partner();
    } else if (opens_function(text)) {
      add(head, partner());
    } else {
      at_ = partner();  // an initialiser: the declaration goes on after it
    }
  }

  void add(std::string_view head, std::size_t close) {
    const auto begin = code_.begin();
    const auto line_at = [&](std::size_t position) {
      return 1 + static_cast<int>(
                     std::count(begin, begin + static_cast<std::ptrdiff_t>(position), '\n'));
    };
    const int line = line_at(at_);
    found_.push_back({name_in(head), line, line_at(close) - line + 1});
    at_ = close;
    head_from_ = close + 1;
  }

  // The place of the brace that closes the one at at_, or the end of the text.
  std::size_t partner() const {
    int depth = 0;
    for (auto i = at_; i < code_.size(); ++i) {
      if (code_[i] == '{') ++depth;
      if (code_[i] == '}' && --depth == 0) return i;
    }
    return code_.size() - 1;
  }

  std::string code_;
  std::vector<FunctionBody> found_;
  std::size_t at_ = 0;
  std::size_t head_from_ = 0;
};

}  // namespace

std::vector<FunctionBody> functions_in(std::string_view text) { return Scanner(text).run(); }

}  // namespace zeren::architecture
