// The tables of the organisation as a chronicle: what somebody would have imported on a day, knowing nothing of what
// came later. So the log tells of an appointment, a merger or a split on the day it happened.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/csv_reader.hpp"
#include "org/organisation_import.hpp"

namespace zeren::demo {

class Chronicle final {
 public:
  /// Fails as app::read_import_folder() and org::read_csv(). Blocks.
  static base::Result<Chronicle> read(const std::filesystem::path& folder);

  /// All that had begun by the evening of `date`, with the ends that had come by then. Any thread, as all that follows.
  org::ImportTexts as_of(base::Date date) const;

  /// What began or ended after `after` and no later than `until`; empty when nothing did.
  org::ImportTexts changes(base::Date after, base::Date until) const;

  /// Code of the person who holds the post on `date`; empty: nobody.
  std::string holder_of(const std::string& post, base::Date date) const;

 private:
  /// One row, by the texts of its dates: they compare as the dates do.
  struct Told {
    std::string file;
    std::vector<std::string> cells;
    std::string from;
    std::string to;                      ///< empty: until further notice
    std::optional<std::size_t> end = {}; ///< the column of `to`; none in a table without dates
  };

  void take(const org::CsvTable& table);
  org::ImportTexts rows(const std::string& after, const std::string& until) const;

  std::map<std::string, std::string> heads_;  // of each file, as written
  std::map<std::string, std::string> begun_;  // unit to its first day
  std::vector<Told> told_;
};

}  // namespace zeren::demo
