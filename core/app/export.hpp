// The one door through which documents and tables leave the host: whatever is handed out as a file is looked
// up by a query, under its caller's rights, and made here.
#pragma once

#include <optional>
#include <string>

#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"
#include "base/error.hpp"
#include "documents/file.hpp"
#include "documents/forms.hpp"
#include "documents/sheet.hpp"

namespace zeren::app {

enum class Form : std::uint8_t { Html, Pdf, Docx, Xlsx, Csv };

/// `html`, `pdf`, `docx`, `xlsx`, `csv`.
std::optional<Form> form_named(std::string_view name);
std::string_view name_of(Form form);

/// What a query for a document answers: a filled template that waits to become a page.
struct DocumentOrder {
  Query look;  ///< document_of_record() or document_of_table()
  Form form = Form::Html;
};

struct HandedOut {
  documents::File file;
  std::string style;  ///< of HTML: the style sheet in it
};

/// Makes what was looked up, after the look and outside its transaction: a PDF takes seconds. Fails as the
/// query, and as documents::html_of(), docx_of() and pdf_of(). Blocks; any thread.
base::Result<HandedOut> hand_out(Host& host, const DocumentOrder& order,
                                 const documents::Printer& printer = {});

/// The table as a file; `name` without an extension. Fails as documents::xlsx_of(). Blocks; any thread.
base::Result<HandedOut> hand_out(const documents::Sheet& sheet, const std::string& name, Form form);

}  // namespace zeren::app
