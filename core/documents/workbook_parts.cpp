#include "documents/workbook_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/civil_time.hpp"

namespace zeren::documents {
namespace {

constexpr std::size_t kMaxStyles = 100'000;

std::string attribute(const XmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// `yyyy"年"m"月"` shows a date, `"日均"0.00` does not.
bool shows_date(std::string_view code) {
  bool quoted = false;
  bool bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == ']') bracketed = c == '[';
    if (c == '\\' || c == '_')
      ++i;
    else if (!bracketed && std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos)
      return true;
  }
  return false;
}

bool is_built_in_date(std::uint32_t id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

struct CellPlace {
  std::uint32_t column;
  std::uint32_t row;
};

std::optional<CellPlace> place_of(std::string_view address) {
  std::uint32_t column = 0;
  std::size_t i = 0;
  for (; i < address.size() && i < 4 && address[i] >= 'A' && address[i] <= 'Z'; ++i) {
    column = column * 26 + static_cast<std::uint32_t>(address[i] - 'A') + 1;
  }
  const auto row = number_in<std::uint32_t>(address.substr(i));
  if (column == 0 || !row || *row == 0) return std::nullopt;
  return CellPlace{column - 1, *row};
}

// Excel's 1900 was a leap year: days before 1 March are one behind.
std::optional<std::string> date_text(double serial, bool from_1904) {
  constexpr double kLast = 2'958'466;  // after 9999-12-31
  if (!(serial >= 0 && serial < kLast)) return std::nullopt;
  constexpr int kSecondsADay = 86'400;
  const auto seconds = std::llround(serial * kSecondsADay);
  const auto days = seconds / kSecondsADay;
  const auto in_day = seconds % kSecondsADay;
  auto first = base::make_date(1899, 12, days < 60 ? 31 : 30);
  if (from_1904) first = base::make_date(1904, 1, 1);
  auto text = base::to_string(first + std::chrono::days(days));
  if (in_day == 0) return text;
  const auto two = [](long long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return text + " " + two(in_day / 3600) + ":" + two(in_day / 60 % 60) + ":" + two(in_day % 60);
}

std::string shortest(double value) {
  std::array<char, 32> digits{};
  const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), failed == std::errc() ? end : digits.data()};
}

}  // namespace

std::optional<Fault> WorkbookPart::begin(std::string_view element, const XmlAttributes& attributes) {
  if (element == "workbookPr") {
    const auto value = attribute(attributes, "date1904");
    from_1904 = value == "1" || value == "true";
  }
  if (element == "sheet" && relation.empty()) {
    sheet = attribute(attributes, "name");
    relation = attribute(attributes, "id");
  }
  return std::nullopt;
}

std::optional<Fault> RelationsPart::begin(std::string_view element, const XmlAttributes& attributes) {
  if (element == "Relationship")
    targets.emplace(attribute(attributes, "Id"), attribute(attributes, "Target"));
  return std::nullopt;
}

std::optional<Fault> StringsPart::begin(std::string_view element, const XmlAttributes&) {
  if (element == "si") strings.emplace_back();
  if (element == "rPh") in_reading_ = true;
  in_text_ = element == "t" && !in_reading_ && !strings.empty();
  return std::nullopt;
}

std::optional<Fault> StringsPart::end(std::string_view element) {
  if (element == "rPh") in_reading_ = false;
  in_text_ = false;
  return std::nullopt;
}

std::optional<Fault> StringsPart::text(std::string_view piece) {
  if (in_text_) strings.back() += piece;
  return std::nullopt;
}

std::optional<Fault> StylesPart::begin(std::string_view element, const XmlAttributes& attributes) {
  const auto id = attribute(attributes, "numFmtId");
  if (element == "numFmt") formats_.emplace(id, shows_date(attribute(attributes, "formatCode")));
  if (element == "cellXfs") in_cell_formats_ = true;
  if (element != "xf" || !in_cell_formats_) return std::nullopt;
  if (is_date.size() == kMaxStyles) {
    return Fault{0, "it has more than 100,000 cell formats", "单元格格式超过 100,000 种"};
  }
  const auto own = formats_.find(id);
  is_date.push_back(own != formats_.end() ? own->second
                                          : is_built_in_date(number_in<std::uint32_t>(id).value_or(0)));
  return std::nullopt;
}

std::optional<Fault> StylesPart::end(std::string_view element) {
  if (element == "cellXfs") in_cell_formats_ = false;
  return std::nullopt;
}

std::optional<Fault> SheetPart::begin(std::string_view element, const XmlAttributes& attributes) {
  if (element == "row") return begin_row(attributes);
  if (element == "c") return begin_cell(attributes);
  if (element == "rPh") in_reading_ = true;
  in_value_ = row_ > 0 && !in_reading_ && (element == "v" || element == "t");
  return std::nullopt;
}

std::optional<Fault> SheetPart::end(std::string_view element) {
  if (element == "rPh") in_reading_ = false;
  in_value_ = false;
  if (element == "c") return end_cell();
  if (element == "row" && !rows_.empty() && rows_.back().cells.empty()) rows_.pop_back();
  return std::nullopt;
}

std::optional<Fault> SheetPart::text(std::string_view piece) {
  if (in_value_) raw_ += piece;
  return std::nullopt;
}

std::optional<Fault> SheetPart::limit(std::string en, std::string zh) {
  too_large_ = Fault{0, std::move(en), std::move(zh)};
  return too_large_;
}

std::optional<Fault> SheetPart::begin_row(const XmlAttributes& attributes) {
  const auto written = attribute(attributes, "r");
  const auto number = written.empty() ? std::optional(row_ + 1) : number_in<std::uint32_t>(written);
  if (!number || *number <= row_) {
    return Fault{0, "row \"" + written + "\" is out of order", "行号“" + written + "”次序错误"};
  }
  if (*number > limits_.rows) {
    return limit(std::to_string(limits_.rows) + " rows", std::to_string(limits_.rows) + " 行");
  }
  row_ = *number;
  next_column_ = 0;
  rows_.push_back({row_, {}});
  return std::nullopt;
}

std::optional<Fault> SheetPart::begin_cell(const XmlAttributes& attributes) {
  const auto written = attribute(attributes, "r");
  const auto place = written.empty() ? std::optional(CellPlace{next_column_, row_}) : place_of(written);
  if (!place || place->row != row_ || row_ == 0 || place->column < next_column_) {
    return Fault{0, "cell \"" + written + "\" is out of order", "单元格“" + written + "”次序错误"};
  }
  if (place->column >= limits_.columns) {
    return limit(std::to_string(limits_.columns) + " columns", std::to_string(limits_.columns) + " 列");
  }
  if (++cells_ > limits_.cells) {
    return limit(std::to_string(limits_.cells) + " cells", std::to_string(limits_.cells) + " 个单元格");
  }
  column_ = place->column;
  next_column_ = column_ + 1;
  type_ = attribute(attributes, "t");
  style_ = number_in<std::size_t>(attribute(attributes, "s")).value_or(0);
  raw_.clear();
  return std::nullopt;
}

std::optional<std::string> SheetPart::value() const {
  if (type_ == "s") {
    const auto index = number_in<std::size_t>(raw_);
    if (!index || *index >= strings_.strings.size()) return std::nullopt;
    return strings_.strings[*index];
  }
  if (!type_.empty() && type_ != "n") return raw_;  // inline, of a formula, a truth, an error, an ISO date
  if (raw_.empty()) return raw_;
  const auto number = number_in<double>(raw_);
  if (!number || !std::isfinite(*number)) return std::nullopt;
  const bool date = style_ < styles_.is_date.size() && styles_.is_date[style_];
  return date ? date_text(*number, from_1904_) : shortest(*number);
}

std::optional<Fault> SheetPart::end_cell() {
  if (rows_.empty()) return std::nullopt;
  auto text = value();
  const auto address = cell_address(column_, row_);
  if (!text) return Fault{0, "the value of " + address + " cannot be read", address + " 的值无法读取"};
  bytes_ += text->size();
  if (bytes_ > limits_.text) return limit("64 MiB of text", "64 MiB 文字");
  if (!text->empty()) rows_.back().cells.push_back({column_, std::move(*text)});
  return std::nullopt;
}

}  // namespace zeren::documents
