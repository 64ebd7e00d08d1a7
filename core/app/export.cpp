#include "app/export.hpp"

#include <array>
#include <utility>

#include "base/invariant.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using documents::Page;

constexpr std::array<std::string_view, 5> kForms{"html", "pdf", "docx", "xlsx", "csv"};

Result<Page> page_of(const Json& ordered) {
  const auto kind = documents::page_kind_named(ordered.at("kind").get_ref<const std::string&>());
  base::invariant(kind.has_value(), "the schema of manifests lists the kinds of pages");
  auto page = documents::read_page(ordered.at("body").get_ref<const std::string&>(), *kind,
                                   ordered.at("file").get<std::string>());
  if (page) page->draft = ordered.at("draft").get<bool>();
  return page;
}

Result<HandedOut> html_file(const Page& page, const std::string& name) {
  auto html = documents::html_of(page);
  if (!html) return base::pass(std::move(html));
  return HandedOut{{name + ".html", documents::kHtml, std::move(html->text)}, std::move(html->style)};
}

Result<HandedOut> pdf_file(const Page& page, const std::string& name, const documents::Printer& printer) {
  const auto html = documents::html_of(page);
  if (!html) return base::pass(html);
  auto pdf = documents::pdf_of(*html, printer);
  if (!pdf) return base::pass(std::move(pdf));
  return HandedOut{{name + ".pdf", documents::kPdf, std::move(*pdf)}, {}};
}

Result<HandedOut> docx_file(const Page& page, const std::string& name) {
  auto docx = documents::docx_of(page);
  if (!docx) return base::pass(std::move(docx));
  return HandedOut{{name + ".docx", documents::kDocx, std::move(*docx)}, {}};
}

}  // namespace

std::string_view name_of(Form form) { return kForms.at(static_cast<std::size_t>(form)); }

std::optional<Form> form_named(std::string_view name) {
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    if (kForms.at(i) == name) return static_cast<Form>(i);
  }
  return std::nullopt;
}

Result<HandedOut> hand_out(Host& host, const DocumentOrder& order, const documents::Printer& printer) {
  const auto ordered = host.query(order.look);
  if (!ordered) return base::pass(ordered);
  const auto page = page_of(*ordered);
  if (!page) return base::pass(page);
  const auto& name = ordered->at("name").get_ref<const std::string&>();
  switch (order.form) {
    case Form::Pdf:
      return pdf_file(*page, name, printer);
    case Form::Docx:
      return docx_file(*page, name);
    default:
      return html_file(*page, name);
  }
}

Result<HandedOut> hand_out(const documents::Sheet& sheet, const std::string& name, Form form) {
  if (form == Form::Csv) return HandedOut{{name + ".csv", documents::kCsv, documents::csv_of(sheet)}, {}};
  auto xlsx = documents::xlsx_of(sheet);
  if (!xlsx) return base::pass(std::move(xlsx));
  return HandedOut{{name + ".xlsx", documents::kXlsx, std::move(*xlsx)}, {}};
}

}  // namespace zeren::app
