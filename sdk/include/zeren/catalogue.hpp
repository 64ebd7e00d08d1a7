// The texts of a module's i18n/ folder, which zeren_add_institution() compiles in as i18n.hpp: a
// plugin reads no files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "zeren/result.hpp"
#include "zeren/text.hpp"

namespace zeren {

class Catalogue {
 public:
  /// Two flat JSON objects from key to sentence. Fails when one is not that, or when their keys
  /// differ.
  static Result<Catalogue> parse(std::string_view en, std::string_view zh_cn) {
    Catalogue catalogue;
    catalogue.en_ = Json::parse(en, nullptr, false);
    catalogue.zh_cn_ = Json::parse(zh_cn, nullptr, false);
    if (!is_flat(catalogue.en_)) return fail("i18n/en.json is not a flat object of texts");
    if (!is_flat(catalogue.zh_cn_)) return fail("i18n/zh-CN.json is not a flat object of texts");
    for (const auto& [key, text] : catalogue.en_.items()) {
      if (!catalogue.zh_cn_.contains(key)) return fail("i18n/zh-CN.json lacks \"" + key + "\"");
    }
    if (catalogue.en_.size() != catalogue.zh_cn_.size()) {
      return fail("i18n/zh-CN.json has texts that i18n/en.json lacks");
    }
    return catalogue;
  }

  /// The text of `key` with each `{name}` replaced by its argument; the key itself when there is no
  /// such text, so that a slip shows on the screen instead of hiding it. Any thread.
  Text text(std::string_view key, const std::map<std::string, std::string>& args = {}) const {
    return {filled(en_, key, args), filled(zh_cn_, key, args)};
  }

 private:
  static bool is_flat(const Json& json) {
    if (!json.is_object()) return false;
    for (const auto& value : json) {
      if (!value.is_string()) return false;
    }
    return true;
  }

  static std::string filled(const Json& texts, std::string_view key,
                            const std::map<std::string, std::string>& args) {
    const auto found = texts.find(key);
    if (found == texts.end()) return std::string(key);
    const auto& pattern = found->get_ref<const std::string&>();
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
      const auto open = pattern.find('{', at);
      const auto close = open == std::string::npos ? open : pattern.find('}', open);
      if (close == std::string::npos) break;
      const auto arg = args.find(pattern.substr(open + 1, close - open - 1));
      out.append(pattern, at, open - at);
      out.append(arg == args.end() ? pattern.substr(open, close - open + 1) : arg->second);
      at = close + 1;
    }
    return out.append(pattern, at, std::string::npos);
  }

  Json en_;
  Json zh_cn_;
};

}  // namespace zeren
