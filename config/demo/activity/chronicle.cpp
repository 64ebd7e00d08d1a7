#include "activity/chronicle.hpp"

#include <algorithm>
#include <utility>

#include "app/setup.hpp"

namespace zeren::demo {
namespace {

using base::Result;

constexpr std::string_view kUnits = "units.csv";
constexpr std::string_view kPosts = "posts.csv";
constexpr std::string_view kAppointments = "appointments.csv";

std::optional<std::size_t> column(const org::CsvTable& table, std::string_view name) {
  const auto found = std::ranges::find(table.columns, name);
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.columns.begin());
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + quoted(cells[i]);
  return out + "\n";
}

bool within(const std::string& date, const std::string& after, const std::string& until) {
  return !date.empty() && date > after && date <= until;
}

}  // namespace

Result<Chronicle> Chronicle::read(const std::filesystem::path& folder) {
  const auto texts = app::read_import_folder(folder);
  if (!texts) return base::pass(texts);
  std::map<std::string, org::CsvTable> tables;
  for (const auto& [file, text] : *texts) {
    auto table = org::read_csv(text, file);
    if (!table) return base::pass(std::move(table));
    tables.emplace(file, std::move(*table));
  }
  Chronicle chronicle;
  const auto units = tables.find(std::string(kUnits));
  if (units != tables.end()) chronicle.take(units->second);  // posts ask when their units began
  for (const auto& [file, table] : tables) {
    if (file != kUnits) chronicle.take(table);
  }
  return chronicle;
}

// Persons have no dates and are known from the start; posts begin with their units.
void Chronicle::take(const org::CsvTable& table) {
  heads_[table.file] = line(table.columns);
  const auto begin = column(table, "valid_from");
  const auto end = column(table, "valid_to");
  for (const auto& row : table.rows) {
    Told told{table.file, row.cells, begin ? row.cells[*begin] : "0", end ? row.cells[*end] : "", end};
    if (table.file == kUnits) begun_[row.cells[*column(table, "code")]] = told.from;
    if (table.file == kPosts) told.from = begun_[row.cells[*column(table, "unit")]];
    told_.push_back(std::move(told));
  }
}

org::ImportTexts Chronicle::as_of(base::Date date) const { return rows("", base::to_string(date)); }

org::ImportTexts Chronicle::changes(base::Date after, base::Date until) const {
  return rows(base::to_string(after), base::to_string(until));
}

org::ImportTexts Chronicle::rows(const std::string& after, const std::string& until) const {
  org::ImportTexts texts;
  for (const auto& told : told_) {
    const bool begins = within(told.from, after, until);
    const bool ends = told.from <= until && within(told.to, after, until);
    if (!begins && !ends) continue;
    auto cells = told.cells;
    if (told.end && told.to > until) cells[*told.end].clear();
    auto& text = texts[told.file];
    if (text.empty()) text = heads_.at(told.file);
    text += line(cells);
  }
  return texts;
}

std::string Chronicle::holder_of(const std::string& post, base::Date date) const {
  const auto day = base::to_string(date);
  constexpr std::size_t kPerson = 0;
  constexpr std::size_t kPost = 1;
  for (const auto& told : told_) {
    const bool holds = told.file == kAppointments && told.cells[kPost] == post && told.from <= day &&
                       (told.to.empty() || day < told.to);
    if (holds) return told.cells[kPerson];
  }
  return {};
}

}  // namespace zeren::demo
