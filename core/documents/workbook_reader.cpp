#include "documents/workbook_reader.hpp"

#include <algorithm>
#include <utility>

#include "documents/archive.hpp"
#include "documents/workbook_parts.hpp"

namespace zeren::documents {
namespace {

using base::Code;
using base::Result;

class WorkbookReader {
 public:
  WorkbookReader(Archive archive, std::string file) : archive_(std::move(archive)), file_(std::move(file)) {}

  Result<void> read(const std::string& path, bool required, XmlHandler& handler) {
    const auto xml = archive_.part(path);
    if (!xml) return base::pass(xml);
    if (!*xml && !required) return {};
    if (!*xml) return invalid({0, "it has no part " + path, "缺少部件 " + path});
    const auto fault = read_xml(**xml, handler);
    if (!fault) return {};
    return invalid({fault->line, path + ": " + fault->en, path + "：" + fault->zh});
  }

  tl::unexpected<base::Error> invalid(const Fault& fault) const {
    return base::fail(Code::SheetInvalid, reason_of(fault, {{"file", file_}}));
  }

  tl::unexpected<base::Error> too_large(const Fault& limit) const {
    return base::fail(Code::SheetTooLarge, {{"what", file_}, {"limit", limit.en}, {"limit.zh-CN", limit.zh}});
  }

 private:
  Archive archive_;
  std::string file_;
};

// Targets are relative to xl/, or begin at the root of the archive.
std::string path_of(const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

}  // namespace

std::string cell_address(std::uint32_t column, std::uint32_t row) {
  std::string letters;
  for (auto rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row);
}

Result<ReadSheet> read_workbook(std::string_view bytes, const std::string& file, ReadLimits limits) {
  auto archive = Archive::open(bytes, file);
  if (!archive) return base::pass(std::move(archive));
  WorkbookReader reader(std::move(*archive), file);
  WorkbookPart book;
  if (auto done = reader.read("xl/workbook.xml", true, book); !done) return base::pass(std::move(done));
  RelationsPart relations;
  if (auto done = reader.read("xl/_rels/workbook.xml.rels", true, relations); !done) {
    return base::pass(std::move(done));
  }
  const auto target = relations.targets.find(book.relation);
  if (target == relations.targets.end()) return reader.invalid({0, "it has no sheet", "没有工作表"});
  StringsPart strings;
  if (auto done = reader.read("xl/sharedStrings.xml", false, strings); !done)
    return base::pass(std::move(done));
  StylesPart styles;
  if (auto done = reader.read("xl/styles.xml", false, styles); !done) return base::pass(std::move(done));
  SheetPart sheet(strings, styles, book.from_1904, limits);
  auto done = reader.read(path_of(target->second), true, sheet);
  if (sheet.too_large()) return reader.too_large(*sheet.too_large());
  if (!done) return base::pass(std::move(done));
  return ReadSheet{book.sheet, std::move(sheet).take()};
}

}  // namespace zeren::documents
