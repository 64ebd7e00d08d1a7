#include "audit/last_signed.hpp"

#include <utility>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

namespace zeren::audit {
namespace {

using base::Json;
using base::Result;

std::optional<LastSigned> parse(std::string_view text) {
  const auto json = base::parse_json(text);
  if (!json || !json->is_object() || json->size() != 4) return {};
  const auto origin = json->find("origin");
  const auto size = json->find("size");
  const auto root = json->find("root");
  const auto peaks = json->find("peaks");
  for (const auto& member : {origin, size, root, peaks}) {
    if (member == json->end()) return {};
  }
  if (!origin->is_string() || !size->is_number_integer() || !root->is_string()) return {};
  auto tree = CompactRange::parse(size->get<std::int64_t>(), peaks->dump());
  if (!tree || base::to_base64(tree->root()) != root->get_ref<const std::string&>()) return {};
  return LastSigned{origin->get<std::string>(), *std::move(tree)};
}

}  // namespace

Result<std::optional<LastSigned>> read_last_signed(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::exists(file, failure) && !failure) return std::optional<LastSigned>{};
  const auto text = base::read_file(file);
  if (!text) return base::pass(text);
  auto last = parse(*text);
  if (!last) return base::fail(base::Code::AuditCorrupt, {{"what", file.string()}});
  return last;
}

Result<void> write_last_signed(const std::filesystem::path& file, const LastSigned& last) {
  const Json json{{"origin", last.origin},
                  {"size", last.tree.size()},
                  {"root", base::to_base64(last.tree.root())},
                  {"peaks", last.tree.peaks()}};
  return base::write_file(file, json.dump() + "\n");
}

}  // namespace zeren::audit
