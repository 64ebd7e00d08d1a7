#include "store/value.hpp"

#include <algorithm>
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

bool is_plain(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x20 && byte < 0x7F && character != '"' && character != '\\';
}

// Most texts of a table are codes, ids and dates; quotation marks stand in JSON. The rest takes the long way.
base::Result<void> append_text(const std::string& text, std::string& out) {
  const auto simple = [](char each) { return is_plain(each) || each == '"'; };
  if (!std::all_of(text.begin(), text.end(), simple)) {
    const auto canonical = base::canonical(base::Json(text));
    if (!canonical) return base::pass(canonical);
    out += *canonical;
    return {};
  }
  out += '"';
  for (const char each : text) {
    if (each == '"') out += '\\';
    out += each;
  }
  out += '"';
  return {};
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

base::Result<void> append_canonical(std::span<const Value> row, std::string& out) {
  while (!row.empty() && std::holds_alternative<std::monostate>(row.back())) row = row.first(row.size() - 1);
  out += '[';
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    if (const auto* text = std::get_if<std::string>(&row[i])) {
      if (auto done = append_text(*text, out); !done) return done;
    } else {
      const auto canonical = base::canonical(to_json(row[i]));
      if (!canonical) return base::pass(canonical);
      out += *canonical;
    }
  }
  out += ']';
  return {};
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
