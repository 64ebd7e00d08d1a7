#include "base/located_json.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "base/file.hpp"
#include "base/unicode.hpp"

namespace zeren::base {
namespace {

using Places = std::map<std::string, std::pair<int, int>, std::less<>>;

// nlohmann reads through iterators; this one counts how far the lexer has come, which is the only way to
// learn where a value stands.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    if (furthest_ != nullptr) *furthest_ = at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor old = *this;
    ++*this;
    return old;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }
  bool operator!=(const Cursor& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

// Builds the value and notes each place on the way.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  Builder(std::string_view text, std::string file, Remember remember)
      : text_(text), file_(std::move(file)), remember_(remember), reached_(text.data()) {}

  const char** reached() { return &reached_; }
  std::optional<Error> error() && { return std::move(error_); }
  std::pair<Json, Places> result() && { return {std::move(root_), std::move(places_)}; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto& frame = frames_.back();
    frame.key = name;
    if (frame.value->contains(name)) {
      return refuse(Code::JsonDuplicateKey, {{"key", name}}, frame.pointer + pointer_step(name));
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& failure) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: the part for people"
    std::string reason = failure.what();
    const auto cut = reason.find(": ");
    if (cut != std::string::npos) reason.erase(0, cut + 2);
    // It quotes what it read, which need not be UTF-8.
    std::replace_if(reason.begin(), reason.end(), [](char c) { return c < ' '; }, '?');
    const auto place = place_of(text_.data() + std::min(position > 0 ? position - 1 : 0, text_.size()));
    const bool surrogate = reason.find("surrogate") != std::string::npos;
    error_ = Error{Code::JsonSyntax,
                   {{"reason", reason},
                    {"reason.zh-CN", surrogate ? "\\u 转义写出的字符不完整，代理项须成对"
                                               : "请检查此处及之前的引号、逗号和括号"}},
                   {file_, place.first, place.second, {}},
                   {}};
    return false;
  }

 private:
  struct Frame {
    Json* value;
    std::string pointer;
    std::string key;
  };

  std::pair<int, int> place_of(const char* at) {
    // Places are asked for in rising order, so the text is counted once.
    if (at < counted_to_) {
      counted_to_ = text_.data();
      line_ = 1;
      column_ = 1;
    }
    for (; counted_to_ < at; ++counted_to_) {
      const bool newline = *counted_to_ == '\n';
      line_ += newline ? 1 : 0;
      column_ = newline ? 1 : column_ + 1;
    }
    return {line_, column_};
  }

  // The last character of the token just read; a number's lexer stands one further, perhaps on the next
  // line.
  const char* last_read() const { return std::max(text_.data(), reached_ - 1); }

  bool refuse(Code code, std::map<std::string, std::string> args, std::string pointer) {
    const auto place = place_of(last_read());
    error_ = Error{code, std::move(args), {file_, place.first, place.second, std::move(pointer)}, {}};
    return false;
  }

  std::string child_pointer() const {
    if (frames_.empty()) return {};
    const auto& frame = frames_.back();
    return frame.pointer +
           pointer_step(frame.value->is_array() ? std::to_string(frame.value->size()) : frame.key);
  }

  Json* place_value(Json value) {
    if (remember_ == Remember::Places) places_.emplace(child_pointer(), place_of(last_read()));
    if (frames_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    auto& frame = frames_.back();
    if (frame.value->is_array()) {
      frame.value->push_back(std::move(value));
      return &frame.value->back();
    }
    return &((*frame.value)[frame.key] = std::move(value));
  }

  bool add(Json value) {
    place_value(std::move(value));
    return true;
  }

  bool open(Json value) {
    const auto pointer = child_pointer();
    if (frames_.size() >= static_cast<std::size_t>(kMaxJsonDepth)) {
      return refuse(Code::JsonTooDeep, {{"limit", std::to_string(kMaxJsonDepth)}}, pointer);
    }
    auto* placed = place_value(std::move(value));
    frames_.push_back({placed, pointer, {}});
    return true;
  }

  bool close() {
    frames_.pop_back();
    return true;
  }

  std::string_view text_;
  std::string file_;
  Remember remember_;
  const char* reached_;
  const char* counted_to_ = text_.data();
  int line_ = 1;
  int column_ = 1;
  Json root_;
  std::vector<Frame> frames_;
  Places places_;
  std::optional<Error> error_;
};

}  // namespace

Result<LocatedJson> LocatedJson::read(const std::filesystem::path& path) {
  const auto text = read_file(path);
  if (!text) return pass(text);
  return parse(*text, path.string());
}

std::string pointer_step(std::string_view key) {
  return (Json::json_pointer() / std::string(key)).to_string();
}

namespace {

// What the parser would call a syntax error, though no comma will mend it.
Result<void> check_text(std::string_view text, const std::string& file) {
  const auto good = text.substr(0, valid_utf8_in(text));
  if (good.size() < text.size()) {
    const auto line = 1 + static_cast<int>(std::count(good.begin(), good.end(), '\n'));
    const auto column = static_cast<int>(good.size() - (good.rfind('\n') + 1)) + 1;
    return fail(Code::TextNotUtf8, {{"what", "the JSON text"}, {"what.zh-CN", "JSON 文本"}}, {file, line, column, {}});
  }
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) return {};
  return fail(Code::JsonSyntax,
              {{"reason", "it is empty; write at least {}"}, {"reason.zh-CN", "内容为空，至少应为 {}"}}, {file, 1, 1, {}});
}

}  // namespace

Result<LocatedJson> LocatedJson::parse(std::string_view text, std::string file, Comments comments,
                                       Remember remember) {
  if (auto readable = check_text(text, file); !readable) return pass(std::move(readable));
  Builder builder(text, file, remember);
  const Cursor begin(text.data(), builder.reached());
  const Cursor end(text.data() + text.size(), nullptr);
  const bool parsed = Json::sax_parse(begin, end, &builder, Json::input_format_t::json, true,
                                      comments == Comments::Allowed);
  if (!parsed) {
    auto error = std::move(builder).error();
    if (error) return tl::unexpected<Error>(std::move(*error));
    return fail(Code::JsonSyntax, {{"reason", "unreadable"}, {"reason.zh-CN", "无法读取"}}, {file, 0, 0, {}});
  }
  LocatedJson document;
  document.file_ = std::move(file);
  std::tie(document.value_, document.places_) = std::move(builder).result();
  return document;
}

Where LocatedJson::where(std::string_view pointer) const {
  std::string_view known = pointer;
  while (true) {
    if (const auto place = places_.find(known); place != places_.end()) {
      return {file_, place->second.first, place->second.second, std::string(pointer)};
    }
    if (known.empty()) return {file_, 0, 0, std::string(pointer)};
    const auto parent = known.rfind('/');
    known = known.substr(0, parent == std::string_view::npos ? 0 : parent);
  }
}

}  // namespace zeren::base
