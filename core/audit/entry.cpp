#include "audit/entry.hpp"

#include <array>
#include <utility>

#include "base/digest.hpp"
#include "base/invariant.hpp"

namespace zeren::audit {
namespace {

using base::Json;
using base::Result;

std::string make_salt(base::Entropy& entropy) {
  std::array<std::uint8_t, 16> bytes{};
  entropy.fill(std::as_writable_bytes(std::span(bytes)));
  return base::to_base64url(bytes);
}

Result<void> commit_to(Draft& draft, Json& commitments, std::string_view name, const Json& value,
                       base::Entropy& entropy) {
  auto text = base::canonical(value);
  if (!text) return base::pass(std::move(text));
  Committed committed{std::string(name), make_salt(entropy), *std::move(text)};
  auto digest = commitment(committed.salt, committed.name, committed.value);
  if (!digest) return base::pass(std::move(digest));
  commitments[committed.name] = *std::move(digest);
  draft.values.push_back(std::move(committed));
  return {};
}

Json objects_of(const store::Act& act) {
  auto objects = Json::array();
  for (const auto& object : act.objects) {
    objects.push_back({{"t", object.type}, {"i", object.id}, {"ver", object.version}});
  }
  return objects;
}

Json public_members(const store::Act& act, const std::string& id, base::Instant at) {
  Json leaf{{"v", 1},
            {"id", id},
            {"t", base::to_string(at)},
            {"act", act.action},
            {"out", act.outcome},
            {"sub", act.account}};
  if (!act.unit.empty()) leaf["org"] = act.unit;
  if (!act.objects.empty()) leaf["obj"] = objects_of(act);
  if (!act.module.empty()) {
    leaf["plg"] = {{"i", act.module}, {"v", act.module_version}, {"h", act.module_digest}};
  }
  if (!act.rule.empty()) leaf["rule"] = {{"i", act.rule}, {"v", act.rule_version}};
  if (!act.request.empty()) leaf["req"] = act.request;
  return leaf;
}

}  // namespace

Result<std::string> commitment(std::string_view salt, std::string_view name,
                               std::string_view canonical_value) {
  auto text = base::canonical(Json::array({salt, name}));
  if (!text) return text;
  // The canonical form of an array is that of its items between brackets: the value, which may be
  // long, need not be parsed to join the other two.
  text->back() = ',';
  text->append(canonical_value).push_back(']');
  return base::to_base64url(base::sha256(*text));
}

Result<Draft> make_entry(const store::Act& act, const Json& rows, std::string id, base::Instant at,
                         base::Entropy& entropy) {
  base::invariant(!act.committed.contains(std::string(kRowsName)), "plans leave the rows to us");
  Json leaf = public_members(act, id, at);
  Draft draft{std::move(id), {}, {}};
  auto commitments = Json::object();
  for (const auto& [name, value] : act.committed) {
    if (auto done = commit_to(draft, commitments, name, value, entropy); !done)
      return base::pass(done);
  }
  if (!rows.empty()) {
    auto done = commit_to(draft, commitments, kRowsName, rows, entropy);
    if (!done) return base::pass(done);
  }
  if (!commitments.empty()) leaf["c"] = std::move(commitments);
  auto text = base::canonical(leaf);
  if (!text) return base::pass(std::move(text));
  if (text->size() > kMaxLeaf) {
    return base::fail(base::Code::RequestTooLarge, {{"limit", std::to_string(kMaxLeaf)}});
  }
  draft.leaf = *std::move(text);
  return draft;
}

}  // namespace zeren::audit
