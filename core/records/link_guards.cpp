#include "records/link_guards.hpp"

#include <algorithm>
#include <vector>

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

bool counts(const Link& link, const LinksNeeded& needed) {
  return link.kind == needed.kind && link.is_confirmed() &&
         (needed.in.empty() || has(needed.in, link.other.state));
}

Result<void> check_needed(const RecordType& type, const Record& record, const Step& step,
                          const LinksNeeded& needed) {
  const auto found = std::ranges::count_if(record.links.out,
                                           [&](const Link& link) { return counts(link, needed); });
  if (found >= needed.at_least) return {};
  std::string states;
  for (const auto& state : needed.in) states += (states.empty() ? "" : ", ") + state;
  Args args{{"count", std::to_string(needed.at_least)},
            {"found", std::to_string(found)},
            {"states", states.empty() ? "" : " (" + states + ")"},
            {"states.zh-CN", states.empty() ? "" : "（状态：" + states + "）"}};
  say(args, "step", step.title);
  say(args, "kind", with_key(type.links.find(needed.kind)->second.title, needed.kind));
  return base::fail(Code::StepNeedsLink, std::move(args));
}

bool is_meant(const Link& link, const Record& record, const LinkedFrom& from) {
  return link.kind == from.kind && link.is_confirmed() && link.other.type == from.type &&
         link.other.module == record.module;
}

bool holds_up(const Link& link, const LinkedFrom& from) {
  const auto& state = link.other.state;
  return has(from.none_in, state) || (!from.all_in.empty() && !has(from.all_in, state));
}

tl::unexpected<base::Error> awaits(const Step& step, const std::vector<Json>& who) {
  Args args;
  say(args, "step", step.title);
  say(args, "records", joined(who));
  return base::fail(Code::StepAwaitsLinked, std::move(args));
}

Result<void> check_from(const Record& record, const Step& step, const LinkedFrom& from) {
  std::vector<Json> late;
  std::int64_t found = 0;
  for (const auto& link : record.links.in) {
    if (!is_meant(link, record, from)) continue;
    ++found;
    if (!holds_up(link, from)) continue;
    const auto name = link.other.id + " (" + link.other.state + ")";
    late.push_back({{"en", name}, {"zh-CN", name}});
  }
  if (!late.empty()) return awaits(step, late);
  if (found >= from.at_least) return {};
  const auto missing = std::to_string(from.at_least - found);
  return awaits(step, {{{"en", missing + " more of " + from.type}, {"zh-CN", "另需 " + missing + " 份 " + from.type}}});
}

Result<void> check_least(const RecordType& type, const Record& record, const Step& step, const std::string& to) {
  const bool leaves = type.state(record.state).editable && !type.state(to).editable;
  if (!leaves || step.verb != Verb::Move) return {};
  for (const auto& [key, kind] : type.links) {
    if (kind.min == 0) continue;
    if (auto enough = check_needed(type, record, step, {key, kind.min}); !enough) return enough;
  }
  return {};
}

}  // namespace

Result<void> check_link_guards(const RecordType& type, const Record& record, const Step& step,
                               const std::string& to) {
  if (auto enough = check_least(type, record, step, to); !enough) return enough;
  for (const auto& needed : step.linked) {
    if (auto enough = check_needed(type, record, step, needed); !enough) return enough;
  }
  for (const auto& from : step.linked_from) {
    if (auto settled = check_from(record, step, from); !settled) return settled;
  }
  return {};
}

void rest_on_linked(RecordWriter& writer, const Record& record, const Step& step) {
  const auto rest_on = [&](const Link& link) {
    writer.read({"record", {{"id", link.other.id}}, link.other.version});
  };
  for (const auto& link : record.links.out) {
    if (std::ranges::any_of(step.linked, [&](const auto& needed) { return counts(link, needed); })) rest_on(link);
  }
  for (const auto& link : record.links.in) {
    if (std::ranges::any_of(step.linked_from, [&](const auto& from) { return is_meant(link, record, from); })) {
      rest_on(link);
    }
  }
}

bool counts_links(const RecordType& target, const std::string& type, const std::string& kind) {
  return std::ranges::any_of(target.steps, [&](const Step& step) {
    return std::ranges::any_of(step.linked_from, [&](const LinkedFrom& from) {
      return from.type == type && from.kind == kind;
    });
  });
}

}  // namespace zeren::records
