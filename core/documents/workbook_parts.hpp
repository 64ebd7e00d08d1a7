// The parts of an XLSX workbook, each as a handler of its XML.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/workbook_reader.hpp"
#include "documents/xml_reader.hpp"

namespace zeren::documents {

/// xl/workbook.xml: the first sheet, and from when its days count.
struct WorkbookPart final : XmlHandler {
  std::string sheet;
  std::string relation;
  bool from_1904 = false;
  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override;
  std::optional<Fault> end(std::string_view) override { return std::nullopt; }
  std::optional<Fault> text(std::string_view) override { return std::nullopt; }
};

/// xl/_rels/workbook.xml.rels: where the sheets are.
struct RelationsPart final : XmlHandler {
  std::map<std::string, std::string> targets;
  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override;
  std::optional<Fault> end(std::string_view) override { return std::nullopt; }
  std::optional<Fault> text(std::string_view) override { return std::nullopt; }
};

/// xl/sharedStrings.xml, without the readings that East Asian texts may carry.
struct StringsPart final : XmlHandler {
  std::vector<std::string> strings;
  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override;
  std::optional<Fault> end(std::string_view element) override;
  std::optional<Fault> text(std::string_view piece) override;

 private:
  bool in_text_ = false;
  bool in_reading_ = false;
};

/// xl/styles.xml: which cell formats show a number as a date.
struct StylesPart final : XmlHandler {
  std::vector<bool> is_date;  ///< by number of the cell format
  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override;
  std::optional<Fault> end(std::string_view element) override;
  std::optional<Fault> text(std::string_view) override { return std::nullopt; }

 private:
  std::map<std::string, bool> formats_;
  bool in_cell_formats_ = false;
};

/// A sheet.
class SheetPart final : public XmlHandler {
 public:
  SheetPart(const StringsPart& strings, const StylesPart& styles, bool from_1904, const ReadLimits& limits)
      : strings_(strings), styles_(styles), from_1904_(from_1904), limits_(limits) {}

  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override;
  std::optional<Fault> end(std::string_view element) override;
  std::optional<Fault> text(std::string_view piece) override;

  /// Which limit the sheet exceeds, if the reading was ended for that.
  const std::optional<Fault>& too_large() const { return too_large_; }
  std::vector<ReadRow> take() && { return std::move(rows_); }

 private:
  std::optional<Fault> begin_row(const XmlAttributes& attributes);
  std::optional<Fault> begin_cell(const XmlAttributes& attributes);
  std::optional<Fault> end_cell();
  std::optional<std::string> value() const;
  std::optional<Fault> limit(std::string en, std::string zh);

  const StringsPart& strings_;
  const StylesPart& styles_;
  bool from_1904_;
  ReadLimits limits_;
  std::vector<ReadRow> rows_;
  std::optional<Fault> too_large_;
  std::uint32_t row_ = 0;
  std::uint32_t next_column_ = 0;
  std::uint32_t column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string raw_;
  bool in_value_ = false;
  bool in_reading_ = false;
  std::size_t cells_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace zeren::documents
