// Pages of lists. A cursor says after which key a page begins, not after how many items: what is added or taken away
// between two pages moves nothing, so that nobody sees an item twice or misses one. To a client it is opaque.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

struct Page {
  static constexpr std::int64_t kUsual = 50;
  static constexpr std::int64_t kMost = 200;
  static constexpr std::int64_t kAll = std::int64_t{1} << 40;  ///< for files, which have no pages; not for requests
  std::int64_t limit = kUsual;  ///< 1 to kMost
  std::string cursor;           ///< `next` of the page before; empty for the first
};

enum class Order : std::uint8_t { Rising, Falling };

/// The cursor of the page that begins after `key` in the list called `list`. The name holds its filter, too, so that a
/// cursor is not carried over to another question. It grants nothing: who may see what is asked on every page anew.
std::string cursor_after(std::string_view list, const base::Json& key);

/// The key that `cursor` was made from; null for an empty one. Fails with CursorInvalid for anything that
/// cursor_after() did not make for this list.
base::Result<base::Json> key_of_cursor(std::string_view list, const std::string& cursor);

/// Likewise of a list whose key is one text; empty for the first page, before any text.
base::Result<std::string> text_of_cursor(std::string_view list, const std::string& cursor);

/// Which of the items with these keys are on the page, in order, and the cursor of the next one, or null.
struct Cut {
  std::vector<std::size_t> chosen;
  base::Json next;
};

/// Keys are unique arrays of texts and numbers, in any order. Fails as key_of_cursor().
base::Result<Cut> cut_page(const Page& page, std::string_view list, const std::vector<base::Json>& keys,
                           Order order = Order::Rising);

}  // namespace zeren::app
