// XML from outside: no document type, so no entities and nothing fetched; bounded depth; text as UTF-8.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "documents/fault.hpp"

namespace zeren::documents {

/// Names are local: `x:row` is `row`.
using XmlAttributes = std::map<std::string, std::string, std::less<>>;

/// What is told of a text as it is read. Whatever is answered ends the reading.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual std::optional<Fault> end(std::string_view element) = 0;
  /// May come in pieces.
  virtual std::optional<Fault> text(std::string_view piece) = 0;
};

/// Reads `xml` to its end, or to the first fault, which has a line. Any thread.
std::optional<Fault> read_xml(std::string_view xml, XmlHandler& handler);

}  // namespace zeren::documents
