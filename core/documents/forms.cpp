#include "documents/forms.hpp"

#include <array>
#include <span>
#include <utility>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"
#include "documents/archive.hpp"
#include "documents/template.hpp"

namespace zeren::documents {

std::span<const base::EmbeddedFile> embedded_parts();  // generated from parts/

namespace {

using base::Result;

std::string_view part(std::string_view name) {
  for (const auto& file : embedded_parts()) {
    if (file.name == name) return file.text;
  }
  base::invariant(false, "every part that is named here is compiled in");
  return {};
}

Result<std::string> filled(const char* name, const base::Json& context) {
  const auto parsed = Template::parse(part(name), name);
  if (!parsed) return base::pass(parsed);
  auto made = parsed->render(context);
  if (!made) return base::pass(std::move(made));
  base::invariant(made->holes.empty(), "our own templates print only what is there");
  return std::move(made->text);
}

// For the title of a browser's tab; the only text that is not the template's.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

}  // namespace

Result<Html> html_of(const Page& page) {
  const auto context = page_context(page);
  auto style = filled("page.css", context);
  if (!style) return base::pass(std::move(style));
  const auto body = filled("page.html", context);
  if (!body) return base::pass(body);
  auto text = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
              escaped(page.title) + "</title>\n<style>" + *style + "</style>\n</head>\n<body>\n" + *body +
              "</body>\n</html>\n";
  return Html{std::move(text), std::move(*style)};
}

Result<std::string> document_part_of(const Page& page) { return filled("document.xml", page_context(page)); }

Result<std::string> docx_of(const Page& page) {
  auto document = document_part_of(page);
  if (!document) return document;
  static constexpr std::array<std::pair<const char*, const char*>, 9> kParts{
      {{"[Content_Types].xml", "content_types.xml"},
       {"_rels/.rels", "package_rels.xml"},
       {"word/_rels/document.xml.rels", "document_rels.xml"},
       {"word/styles.xml", "styles.xml"},
       {"word/settings.xml", "settings.xml"},
       {"word/fontTable.xml", "font_table.xml"},
       {"word/footer1.xml", "footer_odd.xml"},
       {"word/footer2.xml", "footer_even.xml"},
       {"word/footer3.xml", "footer_first.xml"}}};
  Parts parts;
  for (const auto& [path, name] : kParts) parts.emplace_back(path, part(name));
  parts.emplace_back("word/document.xml", std::move(*document));
  return pack(parts, page.title + ".docx");
}

}  // namespace zeren::documents
