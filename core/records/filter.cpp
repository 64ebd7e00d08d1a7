#include "records/filter.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace zeren::records {
namespace {

using base::Json;

bool are_alike(const Json& a, const Json& b) {
  return (a.is_string() && b.is_string()) || (a.is_boolean() && b.is_boolean()) ||
         (a.is_number_integer() && b.is_number_integer());
}

const Json& operand(const Json& given, const Json& row) {
  return given.is_object() ? value_of_variable(row, given.at("var").get_ref<const std::string&>())
                           : given;
}

struct Comparison {
  std::string_view sign;
  bool (*holds)(const Json& a, const Json& b);
};

constexpr std::array kComparisons{
    Comparison{"==", [](const Json& a, const Json& b) { return are_alike(a, b) && a == b; }},
    Comparison{"!=", [](const Json& a, const Json& b) { return !are_alike(a, b) || a != b; }},
    Comparison{"<", [](const Json& a, const Json& b) { return are_alike(a, b) && a < b; }},
    Comparison{"<=", [](const Json& a, const Json& b) { return are_alike(a, b) && a <= b; }},
    Comparison{">", [](const Json& a, const Json& b) { return are_alike(a, b) && a > b; }},
    Comparison{">=", [](const Json& a, const Json& b) { return are_alike(a, b) && a >= b; }},
    Comparison{"in", [](const Json& a, const Json& b) {
                 return std::ranges::any_of(
                     b, [&](const Json& one) { return are_alike(a, one) && a == one; });
               }}};

}  // namespace

const Json& value_of_variable(const Json& row, std::string_view name) {
  static const Json kNone;
  constexpr std::string_view kContent = "content.";
  const bool of_content = name.starts_with(kContent);
  if (of_content) name.remove_prefix(kContent.size());
  const auto content = of_content ? row.find("content") : row.end();
  if (of_content && content == row.end()) return kNone;
  const auto& from = of_content ? *content : row;
  const auto found = from.find(name);
  return found == from.end() ? kNone : *found;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxJsonDepth, which the parser of manifests
// enforces
bool is_meant(const Json& filter, const Json& row) {
  if (filter.empty()) return true;
  const auto& sign = filter.begin().key();
  const auto& body = filter.begin().value();
  const auto meant = [&](const Json& each) { return is_meant(each, row); };
  if (sign == "and") return std::ranges::all_of(body, meant);
  if (sign == "or") return std::ranges::any_of(body, meant);
  if (sign == "!") return !is_meant(body, row);
  if (sign == "var") return value_of_variable(row, body.get_ref<const std::string&>()) == true;
  const auto* const comparison = std::ranges::find(kComparisons, sign, &Comparison::sign);
  return comparison != kComparisons.end() &&
         comparison->holds(operand(body[0], row), operand(body[1], row));
}

}  // namespace zeren::records
