// A page in the forms in which it is handed out.
#pragma once

#include <chrono>
#include <string>

#include "base/error.hpp"
#include "documents/page.hpp"

namespace zeren::documents {

struct Html {
  std::string text;
  std::string style;  ///< the one style sheet in it, for a policy that allows no other
};

/// One page that refers to nothing outside itself and holds no script. Fails with TemplateInvalid when larger
/// than a document may be. Any thread.
base::Result<Html> html_of(const Page& page);

/// For Word, WPS and LibreOffice: the same page always gives the same bytes. Fails as html_of() and with
/// PackingFailed. Any thread.
base::Result<std::string> docx_of(const Page& page);

/// The part `word/document.xml` of docx_of().
base::Result<std::string> document_part_of(const Page& page);

inline constexpr int kPdfsAtOnce = 2;  ///< in the whole process
inline constexpr int kPdfsWaiting = 4;

struct Printer {
  std::string program = "weasyprint";  ///< a name to be looked for, or a path
  std::chrono::milliseconds limit{60'000};
};

/// By WeasyPrint, in a process of its own with a limit on time. `html` must be of html_of(): it names no
/// resource, so none is fetched. Fails with PdfUnavailable when the program is not there, else with
/// PdfFailed; with TooBusy when kPdfsAtOnce are being made and kPdfsWaiting callers wait, or none ends in time.
/// Any thread; blocks.
base::Result<std::string> pdf_of(const Html& html, const Printer& printer = {});

}  // namespace zeren::documents
