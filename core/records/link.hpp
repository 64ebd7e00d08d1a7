// Links between records: this activity is evidence for that item, this item belongs to that list. A link is said by
// the record it leads from; it is proposed, confirmed and taken back, and never deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "org/id.hpp"
#include "store/session.hpp"

namespace zeren::records {

enum class LinkState : std::uint8_t { Proposed, Confirmed, TakenBack };

/// The record at the other end, as far as a plan needs it.
struct LinkedRecord {
  std::string id;
  std::int64_t version = 0;
  std::string module;
  std::string type;
  org::UnitId unit = {};
  std::string period = {};
  std::string state = {};
  base::Json content = {};  ///< null until load_linked_contents()
  std::int64_t content_schema = 1;
};

struct Link {
  std::string id;
  std::int64_t version = 1;
  std::string kind;
  LinkState state = LinkState::Confirmed;
  std::string proposed_by;  ///< account or `module:…`
  base::Instant proposed_at;
  std::string reason = {};
  LinkedRecord other = {};

  bool is_confirmed() const { return state == LinkState::Confirmed; }
};

/// The links of one record that stand: those it says, and those that others say of it. By id.
struct Links {
  std::vector<Link> out = {};
  std::vector<Link> in = {};
};

std::string_view name_of(LinkState state);
/// Of how a link stands, in both languages.
base::Json title_of(LinkState state);

/// Fails as Session::query(). Blocks.
base::Result<Links> load_links(store::Session& session, const std::string& record);

/// Fills in what the records at the other ends say, where they are of `module`. Fails as Session::query(), and as
/// parse_json() on damaged content. Blocks.
base::Result<void> load_linked_contents(store::Session& session, const std::string& module, Links& links);

/// The record as one end of a link; nullopt when there is none. Fails as Session::query(). Blocks.
base::Result<std::optional<LinkedRecord>> find_linked(store::Session& session, const std::string& record);

}  // namespace zeren::records
