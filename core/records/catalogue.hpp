// Lists of things with codes that fields refer to: what a module ships, and what a locality adds. Nobody takes away.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace zeren::records {

struct CatalogueItem {
  std::string code;
  base::Json title;                           ///< in both languages
  base::Json values = base::Json::object();  ///< whatever else it says: fields of a record made from it
  bool local = false;                         ///< added by a locality
};

/// By name, in the order declared.
using Catalogues = std::map<std::string, std::vector<CatalogueItem>, std::less<>>;

/// The manifest's section `catalogues`.
Catalogues read_catalogues(const base::Json& section);

/// `T11 Title` as an item; nullopt for any other text.
std::optional<CatalogueItem> local_item(std::string_view text);

/// The items of `shipped` and those that `texts` add; what has the code of one that is there already adds nothing.
std::vector<CatalogueItem> with_local(std::vector<CatalogueItem> shipped, const std::vector<std::string>& texts);

}  // namespace zeren::records
