// An official document as it is put on paper, whatever the form it is handed out in. What each element is and
// where it stands is of GB/T 9704-2012; nothing here is a seal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::documents {

enum class PageKind : std::uint8_t {
  Report,   ///< 上行文: number left, signatory right
  Notice,   ///< 下行文, 平行文: number centred
  Letter,   ///< 信函: two red double lines, number right
  Minutes,  ///< 纪要
  Table,    ///< a title and a table, no red head
};

/// `report`, `notice`, `letter`, `minutes`, `table`; nullopt for anything else.
std::optional<PageKind> page_kind_named(std::string_view name);
std::string_view name_of(PageKind kind);

struct Run {
  std::string text;
  bool strong = false;
  bool operator==(const Run&) const = default;
};

struct Cell {
  std::string text;
  bool head = false;
  int columns = 1;  ///< how many it spans
  int rows = 1;
  bool operator==(const Cell&) const = default;
};

using TableRows = std::vector<std::vector<Cell>>;

/// A heading of level 2 to 4 (一、 （一） 1.), a paragraph (level 0), or a table.
struct Block {
  int level = 0;
  std::vector<Run> runs;
  TableRows rows;  ///< of a table; else empty
  bool operator==(const Block&) const = default;
};

/// Absent elements are empty.
struct Page {
  PageKind kind = PageKind::Table;
  bool draft = false;     ///< not issued yet: it says so at its head
  std::string issuer;     ///< 发文机关标志
  std::string number;     ///< 发文字号
  std::string signatory;  ///< 签发人
  std::string title;
  std::string to;  ///< 主送机关
  std::vector<Block> body;
  std::vector<std::string> attachments;  ///< 附件说明
  std::string signature;                 ///< 发文机关署名
  std::string date;                      ///< 成文日期
  std::string note;                      ///< 附注
  std::string copies;                    ///< 抄送机关
  std::string printer;                   ///< 印发机关
  std::string printed;                   ///< 印发日期
};

/// Reads a filled body: well-formed XML in the vocabulary of docs/configure/documents.md and nothing else. A
/// line break in a paragraph begins another one. Fails with TemplateInvalid, which names `file` and line: on
/// other elements and classes, and on what the kind of page needs and the body does not have. Any thread.
base::Result<Page> read_page(std::string_view body, PageKind kind, const std::string& file);

/// The page as the templates of this folder take it: texts, widths in characters, tables as grids.
base::Json page_context(const Page& page);

/// How many characters of the type area a text is wide: 1 for an ideograph, ½ for a Latin letter or digit.
double width_of(std::string_view text);

}  // namespace zeren::documents
