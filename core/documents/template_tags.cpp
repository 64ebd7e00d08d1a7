#include "documents/template_tags.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "documents/fault.hpp"

namespace zeren::documents {
namespace {

using base::Result;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  };
  return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), plain);
}

Fault unclosed(int line) {
  return {line, "a tag is opened by {{ and not closed by }}", "“{{”没有对应的“}}”"};
}

class TagReader {
 public:
  explicit TagReader(std::string_view text) : rest_(text) {}

  std::optional<Fault> run() {
    if (rest_.size() > kMaxTemplate) {
      return Fault{0, "it is longer than 256 KiB", "长度超过 256 KiB"};
    }
    while (true) {
      const auto open = rest_.find("{{");
      take_text(std::min(open, rest_.size()));
      if (open == std::string_view::npos) break;
      if (auto fault = take_tag()) return fault;
    }
    if (open_.empty()) return std::nullopt;
    const auto& tag = made_.tags[open_.back().tag];
    return Fault{tag.line, "the section " + tag.name + " is not closed", "区段 " + tag.name + " 没有结束"};
  }

  TaggedText take() && { return std::move(made_); }

 private:
  struct Open {
    std::size_t tag;
    std::size_t begins;  // in made_.text
  };

  void take_text(std::size_t length) {
    const auto text = rest_.substr(0, length);
    line_ += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    made_.text += text;
    rest_.remove_prefix(length);
  }

  std::optional<Fault> take_tag() {
    const auto close = rest_.find("}}", 2);
    if (close == std::string_view::npos) return unclosed(line_);
    const auto inside = rest_.substr(2, close - 2);
    const auto tag = trimmed(inside);
    auto fault = tag.empty() ? std::optional(unclosed(line_)) : read(tag);
    line_ += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
    rest_.remove_prefix(close + 2);
    return fault;
  }

  std::optional<Fault> read(std::string_view tag) {
    const auto name = trimmed(tag.substr(1));
    switch (tag.front()) {
      case '!':
        return std::nullopt;
      case '#':
        return begin(TagKind::Section, "#", name);
      case '^':
        return begin(TagKind::Inverted, "^", name);
      case '/':
        return end(name);
      default:
        break;
    }
    if (!is_name(tag)) {
      const auto written = "{{" + std::string(tag) + "}}";
      return Fault{line_, written + " is neither a value, {{#section}}, {{^section}} nor a comment",
                   written + " 不是取值、{{#区段}}、{{^区段}} 或注释"};
    }
    add(TagKind::Value, "", tag);
    return std::nullopt;
  }

  std::optional<Fault> begin(TagKind kind, const char* mark, std::string_view name) {
    if (!is_name(name)) return unclosed(line_);
    if (open_.size() == kMaxSections) {
      return Fault{line_, "sections are nested more than 16 deep", "区段嵌套超过 16 层"};
    }
    add(kind, mark, name);
    open_.push_back({made_.tags.size() - 1, made_.text.size()});
    return std::nullopt;
  }

  std::optional<Fault> end(std::string_view name) {
    if (open_.empty() || made_.tags[open_.back().tag].name != name) {
      return Fault{line_, "{{/" + std::string(name) + "}} closes no section opened last",
                   "{{/" + std::string(name) + "}} 与最近的区段不对应"};
    }
    const auto [tag, begins] = open_.back();
    open_.pop_back();
    made_.tags[tag].length = made_.text.size() - begins;
    made_.text += "{{/" + std::to_string(tag) + "}}";
    return std::nullopt;
  }

  void add(TagKind kind, const char* mark, std::string_view name) {
    made_.text += "{{" + std::string(mark) + std::to_string(made_.tags.size()) + "}}";
    made_.tags.push_back({kind, std::string(name), line_});
  }

  std::string_view rest_;
  int line_ = 1;
  TaggedText made_;
  std::vector<Open> open_;
};

}  // namespace

Result<TaggedText> read_tags(std::string_view text, const std::string& file) {
  TagReader reader(text);
  if (const auto fault = reader.run()) return template_fault(*fault, file);
  return std::move(reader).take();
}

}  // namespace zeren::documents
