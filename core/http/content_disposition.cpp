#include "http/content_disposition.hpp"

#include <algorithm>

#include "http/message.hpp"

namespace zeren::http {
namespace {

// RFC 8187 attr-char: what needs no percent sign.
bool is_attr_char(char c) {
  const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return alphanumeric || std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view without_spaces(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Where the parameter ends that begins at 0: a semicolon that no quotation marks enclose.
std::size_t end_of_parameter(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') ++i;
    else if (text[i] == '"') quoted = !quoted;
    else if (text[i] == ';' && !quoted) return i;
  }
  return text.size();
}

std::optional<std::string> unquoted(std::string_view text) {
  if (!text.starts_with('"')) return std::string(text);
  if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

// UTF-8'zh'%E9%99%84, whatever the language.
std::optional<std::string> extended(std::string_view text) {
  const auto first = text.find('\'');
  const auto second = first == std::string_view::npos ? first : text.find('\'', first + 1);
  if (second == std::string_view::npos || lower(text.substr(0, first)) != "utf-8") return std::nullopt;
  return percent_decoded(text.substr(second + 1));
}

}  // namespace

std::optional<std::string> filename_in(std::string_view header) {
  std::optional<std::string> plain;
  while (!header.empty()) {
    const auto end = end_of_parameter(header);
    const auto part = without_spaces(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = lower(without_spaces(part.substr(0, equals)));
    const auto value = without_spaces(part.substr(equals + 1));
    if (name == "filename*") return extended(value);
    if (name == "filename") plain = unquoted(value);
  }
  return plain;
}

std::string as_attachment(std::string_view filename) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string ascii;
  std::string all;
  for (const char c : filename) {
    const auto byte = static_cast<unsigned char>(c);
    const bool shown = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '%';
    ascii += shown ? c : '_';
    if (is_attr_char(c)) all += c;
    else all.append({'%', kHex[byte >> 4U], kHex[byte & 0xFU]});
  }
  return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + all;
}

}  // namespace zeren::http
