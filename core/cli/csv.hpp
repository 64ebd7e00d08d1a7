// Lists for spreadsheet programs: RFC 4180, with nothing in it that such a program would carry out.
#pragma once

#include <string>
#include <vector>

namespace zeren::cli {

/// Rows of cells with CRLF after each, every cell in quotation marks that needs them. A cell that a spreadsheet
/// would take for a formula (= + - @, their full-width forms, a tab or a carriage return in front) begins with an
/// apostrophe instead, as OWASP advises. `mark` puts a byte order mark first: without it Excel reads UTF-8 as ANSI.
std::string csv(const std::vector<std::vector<std::string>>& rows, bool mark);

}  // namespace zeren::cli
