// The answer to a computation: a table that screens, exports and documents show alike.
#pragma once

#include <string>
#include <utility>

#include "zeren/result.hpp"
#include "zeren/text.hpp"

namespace zeren {

class Table final {
 public:
  explicit Table(const Text& title)
      : json_{{"title", zeren::to_json(title)},
              {"columns", Json::array()},
              {"rows", Json::array()}} {}

  /// Columns stand in the order of these calls.
  Table& column(std::string key, const Text& title) {
    json_["columns"].push_back({{"key", std::move(key)}, {"title", zeren::to_json(title)}});
    return *this;
  }

  /// An object from column key to cell: a string, integer, boolean, null or a Text's JSON.
  Table& row(Json cells) {
    json_["rows"].push_back(std::move(cells));
    return *this;
  }

  const Json& to_json() const { return json_; }

 private:
  Json json_;
};

}  // namespace zeren
