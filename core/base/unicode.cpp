#include "base/unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdio>
#include <memory>

#include "base/invariant.hpp"

namespace zeren::base {
namespace {

// The code point that begins at `at`, which moves behind it; negative when the bytes are no UTF-8.
// NOLINTNEXTLINE(readability-function-size): ICU's macro is a decoder
UChar32 next_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  UChar32 point = 0;
  U8_NEXT(bytes, at, text.size(), point);
  return point;
}

// Calls `visit(code point, begin, end)` until it answers false; broken bytes count as U+FFFD.
template <class Visit>
void each_character(std::string_view text, Visit visit) {
  constexpr UChar32 kReplacement = 0xFFFD;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto point = next_point(text, at);
    if (!visit(point < 0 ? kReplacement : point, begin, at)) return;
  }
}

bool is_seen(UChar32 point) {
  return u_isUWhiteSpace(point) == 0 && u_charType(point) != U_FORMAT_CHAR &&
         u_charType(point) != U_CONTROL_CHAR;
}

bool turns_direction(UChar32 point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// As Unicode writes it; those we name have four digits.
std::string name_of_point(UChar32 point) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(point));
  return text.data();
}

}  // namespace

std::size_t valid_utf8_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    if (next_point(text, at) < 0) return begin;
  }
  return text.size();
}

bool is_utf8(std::string_view text) { return valid_utf8_in(text) == text.size(); }

bool is_blank(std::string_view text) {
  bool blank = true;
  each_character(text, [&](UChar32 point, std::size_t, std::size_t) {
    blank = !is_seen(point);
    return blank;
  });
  return blank;
}

std::optional<std::string> hidden_control_in(std::string_view text) {
  std::optional<std::string> hidden;
  each_character(text, [&](UChar32 point, std::size_t, std::size_t) {
    const bool control = u_charType(point) == U_CONTROL_CHAR && point != '\n' && point != '\t';
    if (control || turns_direction(point)) hidden = name_of_point(point);
    return !hidden;
  });
  return hidden;
}

std::string trimmed(std::string_view text) {
  std::size_t first = text.size();
  std::size_t last = 0;
  each_character(text, [&](UChar32 point, std::size_t begin, std::size_t end) {
    if (u_isUWhiteSpace(point) != 0) return true;
    if (first == text.size()) first = begin;
    last = end;
    return true;
  });
  return std::string(first < last ? text.substr(first, last - first) : std::string_view());
}

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  each_character(text, [&](UChar32, std::size_t, std::size_t) {
    ++length;
    return true;
  });
  return length;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  each_character(text, [&](UChar32 point, std::size_t, std::size_t) {
    const auto type = u_charType(point);
    const auto wide = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    if (type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR || type == U_CONTROL_CHAR) return true;
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
    return true;
  });
  return width;
}

std::string from_gb18030(std::string_view bytes) {
  auto status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open("gb18030", &status),
                                                                &ucnv_close);
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), &ucnv_close);
  invariant(U_SUCCESS(status), "ICU's data holds GB18030");
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string text(bytes.size() * 2 + 4, '\0');  // two bytes are at most three, four are four
  char* out = text.data();
  const char* in = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &out, out + text.size(), &in, in + bytes.size(), nullptr, nullptr,
                 nullptr, nullptr, 1, 1, &status);
  if (U_FAILURE(status)) return {};
  text.resize(static_cast<std::size_t>(out - text.data()));
  return text;
}

}  // namespace zeren::base
