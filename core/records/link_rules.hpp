// What a record type declares about links: what its records may be linked to, and what its steps ask of the records
// at the other end. Data, read from the manifest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "records/side.hpp"

namespace zeren::records {

struct LinkKind {
  base::Json title;
  std::vector<std::string> to;  ///< `module.type`; empty: any
  std::int64_t min = 0;         ///< before the record leaves an editable state
  std::int64_t max = 0;         ///< 0: no limit
  std::vector<MayAct> by = {};
  std::vector<std::string> closed_in = {};  ///< states of the record in which its links of the kind stay

  /// Whether a record of the type may stand at the other end.
  bool leads_to(std::string_view module, std::string_view type) const;
};

using LinkKinds = std::map<std::string, LinkKind, std::less<>>;

/// So many confirmed links of a kind, of those that lead to records in one of the states (empty: in any).
struct LinksNeeded {
  std::string kind;
  std::int64_t at_least = 1;
  std::vector<std::string> in = {};
};

/// What the records of a type of the same module must be like that are linked to this one.
struct LinkedFrom {
  std::string type;
  std::string kind;
  std::int64_t at_least = 0;
  std::vector<std::string> all_in = {};   ///< empty: not asked
  std::vector<std::string> none_in = {};
};

/// One record of `type` for each item of `catalogue`, linked by `link` to the one that makes it.
struct Creates {
  std::string type;
  std::string link;
  std::string catalogue;
};

/// The member `links` of a record type; `by` is who links where a kind does not say.
LinkKinds read_link_kinds(const std::string& module, const base::Json& type, const std::vector<MayAct>& by);

/// The members `linked` and `linked_from` of a step.
std::vector<LinksNeeded> read_links_needed(const base::Json& step);
std::vector<LinkedFrom> read_linked_from(const base::Json& step);

/// `{"role", "at"}` each, as in the manifest.
std::vector<MayAct> read_may_act(const base::Json& list);

}  // namespace zeren::records
