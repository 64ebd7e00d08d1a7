#include "app/page.hpp"

#include <algorithm>
#include <numeric>

#include "base/digest.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Tells a cursor of this list from one of another, and from what somebody typed.
std::string mark_of(std::string_view list, std::string_view key) {
  constexpr std::size_t kMark = 16;
  return base::to_hex(base::sha256(std::string(list) + "\n" + std::string(key))).substr(0, kMark);
}

}  // namespace

std::string cursor_after(std::string_view list, const Json& key) {
  const auto text = key.dump();
  return mark_of(list, text) + base::to_hex(base::bytes_of(text));
}

Result<Json> key_of_cursor(std::string_view list, const std::string& cursor) {
  if (cursor.empty()) return Json();
  const auto length = mark_of(list, "").size();
  const auto bytes = cursor.size() > length ? base::from_hex(cursor.substr(length)) : std::nullopt;
  if (!bytes) return base::fail(Code::CursorInvalid);
  const std::string text(bytes->begin(), bytes->end());
  if (cursor.substr(0, length) != mark_of(list, text)) return base::fail(Code::CursorInvalid);
  auto key = base::parse_json(text, "cursor");
  if (!key || !key->is_array()) return base::fail(Code::CursorInvalid);
  return key;
}

Result<std::string> text_of_cursor(std::string_view list, const std::string& cursor) {
  const auto key = key_of_cursor(list, cursor);
  if (!key) return base::pass(key);
  if (key->is_null()) return std::string();
  if (key->size() != 1 || !key->front().is_string()) return base::fail(Code::CursorInvalid);
  return key->front().get<std::string>();
}

Result<Cut> cut_page(const Page& page, std::string_view list, const std::vector<Json>& keys, Order order) {
  const auto after = key_of_cursor(list, page.cursor);
  if (!after) return base::pass(after);
  const auto before = [order](const Json& a, const Json& b) {
    return order == Order::Rising ? a < b : b < a;
  };
  std::vector<std::size_t> all(keys.size());
  std::iota(all.begin(), all.end(), 0U);
  if (!after->is_null()) std::erase_if(all, [&](std::size_t i) { return !before(*after, keys[i]); });
  std::sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) { return before(keys[a], keys[b]); });
  Cut cut;
  const auto limit = static_cast<std::size_t>(page.limit);
  cut.chosen.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size())));
  if (all.size() > limit) cut.next = cursor_after(list, keys[cut.chosen.back()]);
  return cut;
}

}  // namespace zeren::app
