// The files of a repository, held in memory: what every check reads. Build trees, version control
// and the bad examples of this folder are left out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace zeren::architecture {

struct SourceFile {
  std::string path;  ///< relative to the root, with '/'
  std::string text;

  std::string_view name() const;       ///< `reader.hpp`
  std::string_view extension() const;  ///< `.hpp`, or empty
  bool under(std::string_view folder) const;
  bool is_cpp() const;  ///< C or C++, source or header
  bool is_header() const;
};

class SourceTree final {
 public:
  /// Reads the code, build files, catalogues and documentation under `root`, in the order of their
  /// paths. Ends the process when `root` is no folder: a check of nothing must not pass. Blocks.
  explicit SourceTree(std::filesystem::path root);

  /// A tree that is nowhere on disk.
  explicit SourceTree(std::vector<SourceFile> files) : files_(std::move(files)) {}

  const std::filesystem::path& root() const { return root_; }
  const std::vector<SourceFile>& files() const { return files_; }
  /// The file at `path`, or null.
  const SourceFile* find(std::string_view path) const;

 private:
  std::filesystem::path root_;
  std::vector<SourceFile> files_;
};

/// The lines of `text`, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// `text` without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace zeren::architecture
