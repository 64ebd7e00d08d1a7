#include "org/path.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "org/code_tables.hpp"

namespace zeren::org {
namespace {

// Deeper nesting is refused before it can exhaust the stack.
constexpr int kMaxDepth = 16;

}  // namespace

// Recursive descent, one function per rule of the grammar:
//   alternative := sequence ('|' sequence)*
//   sequence    := element ('/' element)*
//   element     := '^'? (name | '(' alternative ')')
class PathParser final {
 public:
  PathParser(std::string_view text, base::Where where) : text_(text), where_(std::move(where)) {}

  base::Result<Path> parse() {
    auto root = list('|', 0);
    if (!root) return base::pass(std::move(root));
    skip_space();
    if (at_ != text_.size()) return wrong("expected \"/\", \"|\" or the end", "此处应为“/”“|”或者结束");
    return Path(std::move(*root));
  }

 private:
  using Node = Path::Node;

  // NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
  base::Result<Node> list(char separator, int depth) {
    const bool outer = separator == '|';
    Node node{outer ? Path::Shape::Alternative : Path::Shape::Sequence, {}, {}, {}};
    do {
      auto part = outer ? list('/', depth) : element(depth);
      if (!part) return part;
      node.parts.push_back(std::move(*part));
    } while (take(separator));
    if (node.parts.size() > 1) return node;
    return Node(std::move(node.parts.front()));
  }

  // NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
  base::Result<Node> element(int depth) {
    const bool inverse = take('^');
    auto node = take('(') ? group(depth + 1) : step();
    if (node && inverse) Path::invert(*node);
    return node;
  }

  // NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
  base::Result<Node> group(int depth) {
    if (depth > kMaxDepth) return wrong("use fewer parentheses", "括号层数过多，请减少");
    auto node = list('|', depth);
    if (node && !take(')')) return wrong("expected \")\"", "此处应为“)”");
    return node;
  }

  base::Result<Node> step() {
    skip_space();
    const auto rest = text_.substr(at_);
    const auto length =
        std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), rest.size());
    const auto kind = relation_kind(rest.substr(0, length));
    const auto known = codes_of(relation_kinds());
    if (!kind) return wrong("expected one of " + known, "此处应为：" + codes_in_chinese(relation_kinds()));
    at_ += length;
    return Node{Path::Shape::Step, *kind, Direction::Forward, {}};
  }

  bool take(char wanted) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  tl::unexpected<base::Error> wrong(const std::string& remedy, const std::string& chinese) const {
    auto where = where_;
    if (where.column > 0) where.column += static_cast<int>(at_);
    return base::fail(base::Code::ConfigInvalid,
                      {{"what", "the path \"" + std::string(text_) + "\""},
                       {"what.zh-CN", "路径“" + std::string(text_) + "”"},
                       {"remedy", "character " + std::to_string(at_ + 1) + ": " + remedy},
                       {"remedy.zh-CN", "第 " + std::to_string(at_ + 1) + " 个字符：" + chinese}},
                      std::move(where));
  }

  std::string_view text_;
  base::Where where_;
  std::size_t at_ = 0;
};

base::Result<Path> Path::parse(std::string_view text, base::Where where) {
  return PathParser(text, std::move(where)).parse();
}

// ^(a/b) is ^b/^a: inverses are pushed down to the steps once, so that evaluation knows steps only.
// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
void Path::invert(Node& node) {
  if (node.shape == Shape::Step) {
    node.direction =
        node.direction == Direction::Forward ? Direction::Backward : Direction::Forward;
  }
  if (node.shape == Shape::Sequence) std::reverse(node.parts.begin(), node.parts.end());
  for (auto& part : node.parts) invert(part);
}

Path Path::inverse() const {
  auto root = root_;
  invert(root);
  return Path(std::move(root));
}

std::vector<UnitId> Path::evaluate(const Organisation& organisation, const UnitId& unit,
                                   const AsOf& as_of) const {
  auto found = reach(root_, organisation, {unit}, as_of);
  std::sort(found.begin(), found.end(), [&](const UnitId& a, const UnitId& b) {
    return organisation.unit(a, as_of)->code < organisation.unit(b, as_of)->code;
  });
  return found;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxDepth
std::vector<UnitId> Path::reach(const Node& node, const Organisation& organisation,
                                std::vector<UnitId> from, const AsOf& as_of) {
  if (node.shape == Shape::Sequence) {
    for (const auto& part : node.parts) from = reach(part, organisation, std::move(from), as_of);
    return from;
  }
  std::vector<UnitId> found;
  const auto add = [&found](const std::vector<UnitId>& more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  for (const auto& part : node.parts) add(reach(part, organisation, from, as_of));
  if (node.shape == Shape::Step) {
    for (const auto& unit : from) {
      add(organisation.related(unit, node.kind, node.direction, as_of));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace zeren::org
