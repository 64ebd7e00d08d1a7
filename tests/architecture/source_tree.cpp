#include "architecture/source_tree.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace zeren::architecture {
namespace {

constexpr auto kLeftOut =
    std::to_array<std::string_view>({".git", "build", "data", "coverage", "node_modules",
                                     "generated", "corpus", "tests/architecture/fixtures"});

constexpr auto kRead =
    std::to_array<std::string_view>({".hpp", ".cpp", ".h", ".c", ".ts", ".tsx", ".cmake", ".sql",
                                     ".json", ".md", ".txt", ".go", ".in"});

bool left_out(const std::string& path, std::string_view name) {
  return std::any_of(kLeftOut.begin(), kLeftOut.end(),
                     [&](std::string_view skip) { return skip == name || skip == path; });
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string_view SourceFile::name() const {
  const auto slash = path.rfind('/');
  return std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
}

std::string_view SourceFile::extension() const {
  const auto base = name();
  const auto dot = base.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : base.substr(dot);
}

bool SourceFile::under(std::string_view folder) const {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool SourceFile::is_header() const { return extension() == ".hpp" || extension() == ".h"; }

bool SourceFile::is_cpp() const {
  return is_header() || extension() == ".cpp" || extension() == ".c";
}

SourceTree::SourceTree(std::filesystem::path root) : root_(std::move(root)) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator at(root_, error);
  if (error) {
    std::fprintf(stderr, "%s: %s\n", root_.c_str(), error.message().c_str());
    std::abort();
  }
  for (; at != std::filesystem::recursive_directory_iterator(); ++at) {
    const auto path = at->path().lexically_relative(root_).generic_string();
    SourceFile file{path, {}};
    if (at->is_directory() && left_out(path, file.name())) at.disable_recursion_pending();
    if (!at->is_regular_file()) continue;
    if (std::find(kRead.begin(), kRead.end(), file.extension()) == kRead.end()) continue;
    file.text = read(at->path());
    files_.push_back(std::move(file));
  }
  std::sort(files_.begin(), files_.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
}

const SourceFile* SourceTree::find(std::string_view path) const {
  const auto found = std::find_if(files_.begin(), files_.end(),
                                  [&](const auto& file) { return file.path == path; });
  return found == files_.end() ? nullptr : &*found;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

}  // namespace zeren::architecture
