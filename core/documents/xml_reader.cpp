#include "documents/xml_reader.hpp"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <type_traits>

namespace zeren::documents {
namespace {

constexpr int kMaxXmlDepth = 64;
constexpr std::size_t kXmlPiece = 1U << 20U;  // expat counts in int

std::string_view local(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Reading {
  XML_Parser parser = nullptr;
  XmlHandler& handler;
  int depth = 0;
  std::optional<Fault> fault;

  void stop(std::optional<Fault> found) {
    if (!found || fault) return;
    fault = std::move(found);
    fault->line = static_cast<int>(XML_GetCurrentLineNumber(parser));
    XML_StopParser(parser, XML_FALSE);
  }
};

Reading& reading(void* user) { return *static_cast<Reading*>(user); }

void XMLCALL on_begin(void* user, const XML_Char* name, const XML_Char** pairs) {
  auto& self = reading(user);
  if (self.fault) return;
  if (++self.depth > kMaxXmlDepth) {
    return self.stop(Fault{0, "elements are nested more than 64 deep", "元素嵌套超过 64 层"});
  }
  XmlAttributes attributes;
  for (; *pairs != nullptr; pairs += 2) attributes.emplace(local(pairs[0]), pairs[1]);
  self.stop(self.handler.begin(local(name), attributes));
}

void XMLCALL on_end(void* user, const XML_Char* name) {
  auto& self = reading(user);
  if (self.fault) return;
  --self.depth;
  self.stop(self.handler.end(local(name)));
}

void XMLCALL on_text(void* user, const XML_Char* text, int length) {
  auto& self = reading(user);
  if (!self.fault) self.stop(self.handler.text({text, static_cast<std::size_t>(length)}));
}

void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  reading(user).stop(Fault{0, "a document type is not accepted", "不接受文档类型声明（DOCTYPE）"});
}

}  // namespace

std::optional<Fault> read_xml(std::string_view xml, XmlHandler& handler) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(nullptr), XML_ParserFree);
  Reading state{parser.get(), handler, 0, std::nullopt};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  while (true) {
    const auto piece = xml.substr(0, kXmlPiece);
    xml.remove_prefix(piece.size());
    const auto status =
        XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), xml.empty() ? 1 : 0);
    if (state.fault) return state.fault;
    if (status != XML_STATUS_OK) {
      const std::string why = XML_ErrorString(XML_GetErrorCode(parser.get()));
      return Fault{static_cast<int>(XML_GetCurrentLineNumber(parser.get())),
                   "it is not well-formed XML: " + why, "XML 格式错误：" + why};
    }
    if (xml.empty()) return std::nullopt;
  }
}

}  // namespace zeren::documents
