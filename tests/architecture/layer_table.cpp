#include "architecture/layer_table.hpp"

#include <algorithm>
#include <set>

namespace zeren::architecture {
namespace {

using Cells = std::vector<std::string>;

struct TableRow {
  int line;
  Cells cells;
};

Cells split(std::string_view text, char separator) {
  Cells parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Cells names(std::string_view cell) {
  if (cell.empty() || cell == "—") return {};
  return split(cell, ',');
}

// The rows of the table that follows `marker`, without its head; `columns` cells each.
std::vector<TableRow> rows_after(const SourceFile& page, std::string_view marker,
                                 std::size_t columns, Findings& findings) {
  const auto lines = lines_of(page.text);
  auto at = std::find(lines.begin(), lines.end(), marker);
  std::vector<TableRow> rows;
  if (at == lines.end()) {
    findings.push_back({page.path, 0, "has no " + std::string(marker) + " before its table"});
    return rows;
  }
  const auto number = [&] { return static_cast<int>(at - lines.begin()) + 1; };
  for (std::advance(at, std::min<std::ptrdiff_t>(3, lines.end() - at));
       at != lines.end() && at->starts_with("|"); ++at) {
    auto cells = split(at->substr(1, at->size() - 2), '|');
    if (cells.size() == columns) {
      rows.push_back({number(), std::move(cells)});
    } else {
      findings.push_back(
          {page.path, number(), "the row needs " + std::to_string(columns) + " cells"});
    }
  }
  if (rows.empty()) findings.push_back({page.path, 0, std::string(marker) + " has no rows"});
  return rows;
}

void check_row(const Layer& layer, const std::set<std::string>& above, LayerTable& table) {
  const std::string page(kTablePage);
  for (const auto& target : layer.targets) {
    if (above.contains(target)) continue;
    table.findings.push_back(
        {page, layer.line, layer.name + " may use only rows above it, not " + target});
  }
  for (const auto& library : layer.third_party) {
    if (table.prefixes.contains(library)) continue;
    table.findings.push_back({page, layer.line, library + " is not in the third-party table"});
  }
}

}  // namespace

bool lies_in(std::string_view path, std::string_view folder) {
  const auto star = folder.find('*');
  if (star == std::string_view::npos) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
  }
  if (!path.starts_with(folder.substr(0, star))) return false;
  const auto slash = path.find('/', star);
  if (slash == std::string_view::npos) return false;
  const auto rest = folder.substr(star + 1);
  path.remove_prefix(slash);
  return path.size() > rest.size() && path.starts_with(rest) && path[rest.size()] == '/';
}

const Layer* LayerTable::layer_of(std::string_view path) const {
  const Layer* best = nullptr;
  for (const auto& layer : layers) {
    if (!lies_in(path, layer.folder)) continue;
    if (best == nullptr || layer.folder.size() > best->folder.size()) best = &layer;
  }
  return best;
}

const Layer* LayerTable::named(std::string_view name) const {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const auto& layer) { return layer.name == name; });
  return found == layers.end() ? nullptr : &*found;
}

LayerTable read_layers(const SourceTree& tree) {
  LayerTable table;
  const auto* page = tree.find(kTablePage);
  if (page == nullptr) {
    table.findings.push_back({std::string(kTablePage), 0, "is missing"});
    return table;
  }
  for (auto& [line, cells] : rows_after(*page, "<!-- third-party -->", 3, table.findings)) {
    table.prefixes[cells[0]] = names(cells[1]);
  }
  std::set<std::string> above;
  for (auto& [line, cells] : rows_after(*page, "<!-- layers -->", 4, table.findings)) {
    table.layers.push_back({cells[0], cells[1], names(cells[2]), names(cells[3]), line});
    check_row(table.layers.back(), above, table);
    above.insert(cells[0]);
  }
  return table;
}

}  // namespace zeren::architecture
