// What a fixture's manifest says of notes that are owed, and of the events it tells and hears.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"

namespace zeren::fixtures {

/// Two words, in both languages.
inline base::Json words(const std::string& en, const std::string& zh) { return {{"en", en}, {"zh-CN", zh}}; }

/// What a module says that tells of `out`, listens to `in` and may do everything.
inline void listen(base::Json& manifest, const std::vector<std::string>& out, const std::vector<std::string>& in) {
  manifest.erase("computations");
  manifest["provides"] = {"zeren.events/1"};
  for (const auto& event : out) manifest["events"]["out"][event] = {{"title", words("Event", "事件")}};
  manifest["events"]["in"] = in;
  manifest["permissions"] = {"comment", "draft", "emit", "link", "notify"};
}

/// The manifest of a module whose notes are owed yearly by party groups; closing one is a step `close`.
inline void keep_notes(base::Json& manifest) {
  manifest["parameters"]["due"] = {{"title", words("Due", "期限")}, {"type", "recurrence"}, {"order", "earlier"},
                                   {"default", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"}, {"mark", "D"}};
  auto& note = manifest["record_types"]["note"];
  note["schema"]["properties"]["reply"] = {{"type", "string"}, {"maxLength", 4000}};
  note["states"]["draft"]["editable"] = true;
  note["states"]["closed"] = {{"title", words("Closed", "办结")}};
  note["steps"]["close"] = {{"title", words("Close", "办结")}, {"from", {"draft"}}, {"to", "closed"},
                            {"by", {{{"role", "clerk"}, {"at", "owner"}}}}};
  for (const std::string rule : {"N1", "N2"}) {
    manifest["obligations"][rule] = {{"title", words("Note", "记录")}, {"basis", "1"}, {"mark", "D"},
                                     {"owner", {{"kinds", {"party_group"}}}}, {"record_type", "note"},
                                     {"due", "due"}, {"period", "previous_year"},
                                     {"recipients", {{"superior", "party_superior"}}}};
  }
}

/// The manifest of the fixture `obeys`: whoever closes a note has it told, and the module does what its field `reply`
/// says.
inline void obey_notes(base::Json& manifest) {
  keep_notes(manifest);
  listen(manifest, {"note.closed"}, {"note.closed"});
  manifest["events"]["out"]["note.closed"]["with"] = {"title", "reply"};
  manifest["record_types"]["note"]["steps"]["close"]["emit"] = {"note.closed"};
}

}  // namespace zeren::fixtures
