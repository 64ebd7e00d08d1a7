#include "app/linked.hpp"

#include "records/ledger.hpp"
#include "records/up_cast.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Of a module that is not in force now nothing is known of its types.
const records::RecordType* type_known(const Snapshot& snapshot, const records::LinkedRecord& linked) {
  const auto type = snapshot.modules().type(linked.module, linked.type);
  return type ? *type : nullptr;
}

Json told(const records::Link& link, const char* direction) {
  const auto& other = link.other;
  return {{"id", link.id},
          {"kind", link.kind},
          {"direction", direction},
          {"state", std::string(records::name_of(link.state))},
          {"record",
           {{"id", other.id},
            {"module", other.module},
            {"type", other.type},
            {"period", other.period},
            {"state", other.state},
            {"content", other.content}}}};
}

}  // namespace

Result<records::LinkOrder> link_order(Snapshot& snapshot, const Reach& reach, const WantedLink& wanted) {
  const auto unknown = [&] { return base::fail(Code::RecordUnknown, {{"record", wanted.to}}, {"", 0, 0, "/to"}); };
  const auto visible = records::is_visible(snapshot.session, reach.visibility(), wanted.to);
  if (!visible) return base::pass(visible);
  if (!*visible) return unknown();
  auto target = records::find_linked(snapshot.session, wanted.to);
  if (!target) return base::pass(std::move(target));
  const auto* type = *target ? type_known(snapshot, **target) : nullptr;
  if (type == nullptr) return unknown();
  return records::LinkOrder{wanted.kind, std::move(**target), type};
}

Result<records::LinkOrder> standing_order(const Snapshot& snapshot, const records::Record& record,
                                          const std::string& link) {
  const auto found = records::link_of(record, link);
  if (!found) return base::pass(found);
  return records::LinkOrder{(*found)->kind, (*found)->other, type_known(snapshot, (*found)->other)};
}

Result<void> read_linked(Snapshot& snapshot, RecordCase& open) {
  auto& links = open.record.links;
  const auto& types = open.module->types;
  if (auto loaded = records::load_linked_contents(snapshot.session, open.module->id, links); !loaded) return loaded;
  for (auto* side : {&links.out, &links.in}) {
    for (auto& link : *side) {
      auto& other = link.other;
      const auto type = types.find(other.type);
      if (other.module != open.module->id || type == types.end()) continue;
      other.content = records::up_cast(type->second.up_casts, std::move(other.content), other.content_schema,
                                       type->second.schema_version);
    }
  }
  return {};
}

Json links_for_module(const records::Record& record) {
  auto all = Json::array();
  for (const auto& link : record.links.out) all.push_back(told(link, "out"));
  for (const auto& link : record.links.in) all.push_back(told(link, "in"));
  return all;
}

}  // namespace zeren::app
