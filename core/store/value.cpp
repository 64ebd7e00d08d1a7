#include "store/value.hpp"

#include <charconv>

#include "base/invariant.hpp"

namespace zeren::store {
namespace {

std::int64_t parsed(const std::string& text) {
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, number);
  base::invariant(failure == std::errc{} && at == end, "integer columns hold integers");
  return number;
}

}  // namespace

const std::string& Row::text(std::size_t column) const {
  static const std::string kEmpty;
  const auto& cell = cells_.at(column);
  return cell ? *cell : kEmpty;
}

std::int64_t Row::integer(std::size_t column) const {
  const auto& cell = cells_.at(column);
  return cell ? parsed(*cell) : 0;
}

std::optional<std::int64_t> Row::optional_integer(std::size_t column) const {
  const auto& cell = cells_.at(column);
  return cell ? std::optional(parsed(*cell)) : std::nullopt;
}

base::Json to_json(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

Value to_value(const base::Json& json) {
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_string()) return json.get<std::string>();
  base::invariant(json.is_null(), "rows hold texts, integers and nulls");
  return std::monostate{};
}

}  // namespace zeren::store
