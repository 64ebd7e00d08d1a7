// Whatever is uploaded as a workbook: it is refused with a reason, or its cells are in order and have
// addresses.
#include "documents/archive.hpp"
#include "documents/workbook_reader.hpp"
#include "fuzz/input.hpp"

namespace {

using zeren::documents::ReadSheet;
using zeren::fuzz::promise;

void check(const ReadSheet& sheet) {
  std::uint32_t row = 0;
  for (const auto& each : sheet.rows) {
    promise(each.number > row && !each.cells.empty(), "rows are in order and hold something");
    row = each.number;
    std::int64_t column = -1;
    for (const auto& cell : each.cells) {
      promise(cell.column > column && !cell.text.empty(), "cells are in order and hold something");
      column = cell.column;
    }
  }
}

}  // namespace

// The first byte chooses: an archive as it is, or a sheet in a workbook that is otherwise sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  if (size == 0) return 0;
  std::string bytes(fuzz::text_of(data + 1, size - 1));
  if (data[0] != 'P') {
    const auto packed = documents::pack(
        {{"xl/workbook.xml",
          R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="1" Target="s.xml"/></Relationships>)"},
         {"xl/styles.xml",
          R"(<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)"},
         {"xl/sharedStrings.xml", "<sst><si><t>x</t></si></sst>"},
         {"xl/s.xml", bytes}},
        "fuzz");
    promise(packed.has_value(), "parts can be packed");
    bytes = *packed;
  } else {
    bytes = std::string(1, 'P') + bytes;
  }
  documents::ReadLimits limits;
  limits.cells = 10'000;
  const auto read = documents::read_workbook(bytes, "input.xlsx", limits);
  if (read) check(*read);
  return 0;
}
