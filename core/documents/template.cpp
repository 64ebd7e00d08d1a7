#include "documents/template.hpp"

#include <charconv>
#include <exception>
#include <kainjow/mustache.hpp>
#include <optional>
#include <utility>

#include "documents/fault.hpp"
#include "documents/template_tags.hpp"

namespace zeren::documents {
namespace {

using base::Json;
using base::Result;
using Data = kainjow::mustache::data;

constexpr std::size_t kMaxOutput = 16U << 20U;

// XML has no place for them, and no reader misses them.
std::string printable(std::string text) {
  std::erase_if(text, [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; });
  for (const auto* never : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = text.find(never); at != std::string::npos; at = text.find(never)) text.erase(at, 3);
  }
  return text;
}

// NOLINTNEXTLINE(misc-no-recursion): contexts are made by the host, a few levels deep
Data to_data(const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      Data data(Data::type::object);
      for (const auto& [key, value] : json.items()) data.set(key, to_data(value));
      return data;
    }
    case Json::value_t::array: {
      Data data(Data::type::list);
      for (const auto& value : json) data.push_back(to_data(value));
      return data;
    }
    case Json::value_t::string: {
      const auto text = printable(json.get_ref<const std::string&>());
      return text.empty() ? Data(false) : Data(text);
    }
    case Json::value_t::boolean:
      return Data(json.get<bool>());
    case Json::value_t::null:
      return Data(false);
    default:
      return Data(json.dump());
  }
}

/// Looks up what a tag names, notes what is not there, and stops giving once the output grows too large.
class Lookup final : public kainjow::mustache::context<std::string> {
 public:
  Lookup(const Data* root, const std::vector<Tag>& tags)
      : kainjow::mustache::context<std::string>(root), tags_(tags) {}

  const Data* get(const std::string& number) const override {
    std::size_t index = 0;
    std::from_chars(number.data(), number.data() + number.size(), index);
    const auto& tag = tags_.at(index);
    if (fault_ || too_large_) return nullptr;
    const auto* found = kainjow::mustache::context<std::string>::get(tag.name);
    if (found == nullptr) {
      fault_ = Fault{tag.line, "there is no value called " + tag.name, "没有名为 " + tag.name + " 的取值"};
      return nullptr;
    }
    spend(tag, *found);
    if (tag.kind != TagKind::Value || !found->is_false()) return found;
    holes_.push_back({tag.name, tag.line});
    return &hole_;
  }

  std::optional<Fault> fault() const {
    if (fault_ || !too_large_) return fault_;
    return Fault{0, "the document would be larger than 16 MiB", "生成的文书超过 16 MiB"};
  }
  std::vector<Hole> take_holes() { return std::move(holes_); }

 private:
  // An upper bound: sections within sections count as often as they are nested.
  void spend(const Tag& tag, const Data& found) const {
    const auto times = found.is_list() ? found.list_value().size() : 1;
    spent_ += found.is_string() ? found.string_value().size() : (tag.length + 1) * times;
    too_large_ = spent_ > kMaxOutput;
  }

  const std::vector<Tag>& tags_;
  Data hole_{std::string(kHole)};
  mutable std::vector<Hole> holes_;  // the library looks up in a const context
  mutable std::optional<Fault> fault_;
  mutable std::size_t spent_ = 0;
  mutable bool too_large_ = false;
};

}  // namespace

struct Template::Content {
  std::string file;
  TaggedText tagged;
};

Result<Template> Template::parse(std::string_view text, std::string file) {
  auto tagged = read_tags(text, file);
  if (!tagged) return base::pass(std::move(tagged));
  return Template(std::make_shared<const Content>(Content{std::move(file), std::move(*tagged)}));
}

const std::string& Template::file() const { return content_->file; }

Result<Filled> Template::render(const Json& context) const {
  const auto root = to_data(context);
  Lookup lookup(&root, content_->tagged.tags);
  std::string text;
  try {
    // Rendering writes into the library's object, so each has its own.
    kainjow::mustache::mustache library(content_->tagged.text);
    text = library.render(lookup);
  } catch (const std::exception& failure) {
    return template_fault({0, failure.what(), failure.what()}, content_->file);
  }
  if (const auto fault = lookup.fault()) return template_fault(*fault, content_->file);
  return Filled{std::move(text), lookup.take_holes()};
}

}  // namespace zeren::documents
