#include "architecture/cpp_text.hpp"

#include <cctype>

namespace zeren::architecture {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Blanker final {
 public:
  explicit Blanker(std::string_view text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void step() {
    if (sees("//")) {
      blank_to(logical_line_end());
    } else if (sees("/*")) {
      blank_past("*/", 2);
    } else if (text_[at_] == '#' && first_on_line()) {
      blank_to(logical_line_end());
    } else if (sees("R\"") && !previous_is_word()) {
      blank_raw();
    } else if (text_[at_] == '"') {
      blank_quoted('"');
    } else if (text_[at_] == '\'' && !previous_is_word()) {  // else it separates digits
      blank_quoted('\'');
    } else {
      ++at_;
    }
  }

  bool previous_is_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  bool first_on_line() const {
    for (auto i = at_; i > 0 && text_[i - 1] != '\n'; --i) {
      if (text_[i - 1] != ' ' && text_[i - 1] != '\t') return false;
    }
    return true;
  }

  std::size_t logical_line_end() const {
    auto end = text_.find('\n', at_);
    while (end != std::string_view::npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    return end == std::string_view::npos ? text_.size() : end;
  }

  void blank_to(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') out_[at_] = ' ';
    }
  }

  void blank_past(std::string_view closing, std::size_t opening_size) {
    const auto found = text_.find(closing, at_ + opening_size);
    blank_to(found == std::string_view::npos ? text_.size() : found + closing.size());
  }

  void blank_raw() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank_to(text_.size());
    const auto closing = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    blank_past(closing, 2);
  }

  void blank_quoted(char quote) {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    blank_to(std::min(end + 1, text_.size()));
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string code_only(std::string_view text) { return Blanker(text).run(); }

}  // namespace zeren::architecture
