#include "documents/page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace zeren::documents {
namespace {

using base::Json;

constexpr std::array<std::pair<std::string_view, PageKind>, 5> kKinds{{{"report", PageKind::Report},
                                                                       {"notice", PageKind::Notice},
                                                                       {"letter", PageKind::Letter},
                                                                       {"minutes", PageKind::Minutes},
                                                                       {"table", PageKind::Table}}};

constexpr double kLine = 28;         // characters in a line of the type area
constexpr double kSealedDate = 4;    // characters right of the date of a document that is sealed
constexpr int kFullMark = 36;        // points of the issuer's mark, when its name is short
constexpr double kTypeArea = 442.2;  // points: 156 mm

// Who is long is set smaller, so that the mark stays on one line.
int mark_size(const std::string& mark) {
  const auto fits = std::floor(kTypeArea / std::max(1.0, width_of(mark)));
  return std::min(kFullMark, static_cast<int>(fits));
}

// A title of several lines is drawn in from both sides until they are about as long: no line of two
// characters.
double title_indent(const std::string& title) {
  constexpr double kTitleSize = 22;
  const double line = std::floor(kTypeArea / kTitleSize);
  const double width = width_of(title);
  const double lines = std::max(1.0, std::ceil(width / line));
  if (lines == 1) return 0;
  const double each = std::min(line, std::ceil(width / lines) + 1);
  return (line - each) / 2 * kTitleSize;
}

// The signature is centred over the date, and neither leaves the type area.
std::pair<double, double> closing_indents(const Page& page) {
  const double overhang = (width_of(page.signature) - width_of(page.date)) / 2;
  const double date = std::max(kSealedDate, overhang);
  return {std::clamp(date - overhang, 0.0, kLine), date};
}

Json cell_json(const Cell& cell) {
  return {{"text", cell.text}, {"head", cell.head}, {"columns", cell.columns}, {"rows", cell.rows}};
}

// For DOCX, where a cell that spans rows comes again in each of them.
struct Grid {
  int width;                                  // of a column, in twentieths of a point
  std::vector<std::pair<Cell, int>> hanging;  // from rows above, with the column where each begins

  Json row(const std::vector<Cell>& cells) {
    auto out = Json::array();
    int column = 0;
    std::vector<std::pair<Cell, int>> next;
    const auto resume = [&] {
      for (const auto& [cell, at] : hanging) {
        if (at != column) continue;
        out.push_back({{"text", ""},
                       {"head", cell.head},
                       {"columns", cell.columns},
                       {"width", cell.columns * width},
                       {"begins", false},
                       {"continues", true}});
        column += cell.columns;
        if (cell.rows > 2) next.push_back({{"", cell.head, cell.columns, cell.rows - 1}, at});
      }
    };
    for (const auto& cell : cells) {
      resume();
      out.push_back({{"text", cell.text},
                     {"head", cell.head},
                     {"columns", cell.columns},
                     {"width", cell.columns * width},
                     {"begins", cell.rows > 1},
                     {"continues", false}});
      if (cell.rows > 1) next.emplace_back(cell, column);
      column += cell.columns;
    }
    resume();
    std::sort(next.begin(), next.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    hanging = std::move(next);
    return out;
  }
};

int columns_of(const TableRows& rows) {
  int most = 1;
  for (const auto& row : rows) {
    int columns = 0;
    for (const auto& cell : row) columns += cell.columns;
    most = std::max(most, columns);
  }
  return most;
}

Json table_json(const TableRows& rows) {
  constexpr int kTwipsWide = 8844;  // 156 mm
  const int columns = columns_of(rows);
  auto head = Json::array();
  auto lines = Json::array();
  Grid grid{kTwipsWide / columns, {}};
  for (const auto& row : rows) {
    auto cells = Json::array();
    for (const auto& cell : row) cells.push_back(cell_json(cell));
    const bool heads = std::all_of(row.begin(), row.end(), [](const Cell& cell) { return cell.head; });
    auto& part = heads && lines.empty() ? head : lines;
    part.push_back({{"cells", std::move(cells)}, {"grid", grid.row(row)}});
  }
  return {{"head", std::move(head)},
          {"lines", std::move(lines)},
          {"widths", std::vector<int>(static_cast<std::size_t>(columns), grid.width)}};
}

Json block_json(const Block& block) {
  auto runs = Json::array();
  for (const auto& run : block.runs) runs.push_back({{"text", run.text}, {"strong", run.strong}});
  const bool table = !block.rows.empty();
  return {{"paragraph", !table && block.level == 0},
          {"h2", block.level == 2},
          {"h3", block.level == 3},
          {"h4", block.level == 4},
          {"runs", std::move(runs)},
          {"table", table ? table_json(block.rows) : Json()}};
}

}  // namespace

std::optional<PageKind> page_kind_named(std::string_view name) {
  for (const auto& [known, kind] : kKinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string_view name_of(PageKind kind) { return kKinds.at(static_cast<std::size_t>(kind)).first; }

double width_of(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += 0.5;
    if (byte >= 0xC0) width += 1;  // the first byte of a character beyond ASCII
  }
  return width;
}

Json page_context(const Page& page) {
  const bool official = page.kind == PageKind::Report || page.kind == PageKind::Notice;
  const auto mark = official ? page.issuer + "文件" : page.issuer;
  const auto [signature, date] = closing_indents(page);
  auto body = Json::array();
  for (const auto& block : page.body) body.push_back(block_json(block));
  auto attachments = Json::array();
  for (std::size_t i = 0; i < page.attachments.size(); ++i) {
    const auto number = page.attachments.size() == 1 ? "" : std::to_string(i + 1) + ". ";
    attachments.push_back({{"lead", i == 0 ? "附件：" : "　　　"}, {"text", number + page.attachments[i]}});
  }
  const auto hundredths = [](double characters) { return std::lround(characters * 100); };
  Json context{{"draft", page.draft},
               {"red_head", page.kind != PageKind::Table},
               {"mark", page.issuer.empty() ? "" : mark},
               {"mark_size", mark_size(mark)},
               {"mark_half_points", mark_size(mark) * 2},
               {"number", page.number},
               {"signatory", page.signatory},
               {"title", page.title},
               {"title_points", std::lround(title_indent(page.title))},
               {"title_twips", std::lround(title_indent(page.title) * 20)},
               {"to", page.to},
               {"body", std::move(body)},
               {"has_attachments", !page.attachments.empty()},
               {"attachments", std::move(attachments)},
               {"closing", !page.signature.empty() || !page.date.empty()},
               {"signature", page.signature},
               {"date", page.date},
               {"signature_indent", hundredths(signature)},
               {"date_indent", hundredths(date)},
               {"signature_points", std::lround(signature * 16)},
               {"date_points", std::lround(date * 16)},
               {"signature_twips", std::lround(signature * 320)},
               {"date_twips", std::lround(date * 320)},
               {"note", page.note},
               {"copies", page.copies},
               {"printer", page.printer},
               {"printed", page.printed},
               {"imprint", !page.copies.empty() || !page.printer.empty()}};
  for (const auto& [name, kind] : kKinds) context[std::string(name)] = kind == page.kind;
  return context;
}

}  // namespace zeren::documents
