#include "records/made_records.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "records/emitted_event.hpp"
#include "records/link_plans.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

// The codes that records stand for which are linked to this one already.
std::set<std::string> codes_there(const Record& record, const Creates& creates, const std::string& field) {
  std::set<std::string> codes;
  for (const auto& link : record.links.in) {
    const auto& other = link.other;
    if (link.kind != creates.link || other.type != creates.type || other.module != record.module) continue;
    if (other.content.is_object()) codes.insert(other.content.value(field, ""));
  }
  return codes;
}

Json content_of(const CatalogueItem& item, const RecordType& made, const std::string& field) {
  auto content = Json::object();
  for (const auto& [key, value] : item.values.items()) {
    if (made.schema.has_field(key)) content[key] = value;
  }
  if (made.schema.has_field("title")) content["title"] = item.title.at("zh-CN");
  content[field] = item.code;
  return content;
}

Record new_record(const Record& record, const RecordType& made, const Planning& planning) {
  Record fresh;
  fresh.id = planning.ids.next();
  fresh.type = made.key;
  fresh.module = made.module;
  fresh.schema_version = made.schema_version;
  fresh.content_schema = made.schema_version;
  fresh.unit = record.unit;
  fresh.period = record.period;
  fresh.rule_version = record.rule_version;
  fresh.sensitivity = record.sensitivity;
  fresh.state = made.first_step().to;
  return fresh;
}

}  // namespace

Result<void> make_records(RecordWriter& writer, const Record& record, const Step& step, const RecordType& made,
                          const rules::HeldRole& capacity, const Actor& actor, const Planning& planning) {
  const auto& creates = *step.creates;
  const auto field = made.schema.field_of_catalogue(creates.catalogue);
  const auto items = record.around.catalogues.find(creates.catalogue);
  if (items == record.around.catalogues.end()) return {};
  const auto there = codes_there(record, creates, field);
  const auto& first = made.first_step();
  for (const auto& item : items->second) {
    if (there.contains(item.code)) continue;
    const auto content = content_of(item, made, field);
    if (auto valid = made.schema.check(content, codes_known(record.around)); !valid) return valid;
    const auto fresh = new_record(record, made, planning);
    RecordWriter own(fresh, "record." + first.key, store::Audience::OwnSide, actor, planning);
    own.create();
    own.write_content(made, content);
    own.take_step(first.key, first.to, capacity, "");
    write_link(own, fresh.id, {creates.link, record.id, LinkState::Confirmed}, actor.account, planning);
    for (const auto& recusal : record.recusals) own.add_recusal(recusal, planning.ids.next());
    for (const auto& event : first.emits) {
      own.tell(emitted_event(made, event, fresh, {content, first.to, own.version()}));
    }
    writer.include(own.finish());
  }
  return {};
}

}  // namespace zeren::records
