// Writes the organisation of the demonstration: `demo_city FOLDER`. The same on every machine and
// every day.
#include <cstdlib>
#include <iostream>

#include "generator/careers.hpp"
#include "generator/city.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: demo_city FOLDER, such as config/demo/organisation\n";
    return 2;
  }
  zeren::demo::Chance chance(20261101);
  zeren::demo::Tables tables;
  const auto city = zeren::demo::make_city();
  add_rows(city, tables);
  add_careers(city, chance, tables);
  if (write_tables(tables, argv[1])) return EXIT_SUCCESS;
  std::cerr << "demo_city: cannot write into " << argv[1] << "\n";
  return EXIT_FAILURE;
}
