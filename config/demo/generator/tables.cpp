#include "generator/tables.hpp"

#include <fstream>

namespace zeren::demo {
namespace {

void write_row(std::ostream& out, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) out << (i == 0 ? "" : ",") << row[i];
  out << '\n';
}

}  // namespace

bool write_tables(const Tables& tables, const std::filesystem::path& folder) {
  for (const auto* table : {&tables.units, &tables.relations, &tables.persons, &tables.posts,
                            &tables.appointments, &tables.portfolios}) {
    std::ofstream out(folder / table->file, std::ios::binary);
    write_row(out, table->columns);
    for (const auto& row : table->rows) write_row(out, row);
    if (!out.flush()) return false;
  }
  return true;
}

}  // namespace zeren::demo
