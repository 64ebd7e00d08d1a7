#include "records/catalogue.hpp"

#include <algorithm>

namespace zeren::records {
namespace {

using base::Json;

constexpr std::size_t kLongestCode = 20;

bool is_code(std::string_view text) {
  constexpr std::string_view kMarks = "._-";
  const auto fits = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= kLongestCode && std::ranges::all_of(text, fits);
}

CatalogueItem item_of(const Json& body) {
  CatalogueItem item{body.at("code").get<std::string>(), body.at("title"), body};
  item.values.erase("code");
  item.values.erase("title");
  return item;
}

}  // namespace

Catalogues read_catalogues(const Json& section) {
  Catalogues all;
  for (const auto& [name, items] : section.items()) {
    auto& catalogue = all[name];
    for (const auto& item : items) catalogue.push_back(item_of(item));
  }
  return all;
}

std::optional<CatalogueItem> local_item(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos || !is_code(text.substr(0, space))) return std::nullopt;
  const auto title = text.substr(std::min(text.find_first_not_of(' ', space), text.size()));
  if (title.empty()) return std::nullopt;
  return CatalogueItem{std::string(text.substr(0, space)),
                       {{"en", std::string(title)}, {"zh-CN", std::string(title)}},
                       Json::object(),
                       true};
}

std::vector<CatalogueItem> with_local(std::vector<CatalogueItem> shipped, const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    auto item = local_item(text);
    if (!item || std::ranges::find(shipped, item->code, &CatalogueItem::code) != shipped.end()) continue;
    shipped.push_back(std::move(*item));
  }
  return shipped;
}

}  // namespace zeren::records
