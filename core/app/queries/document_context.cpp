#include "app/queries/document_context.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/messages.hpp"
#include "records/dispatch_plans.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

// 2026年1月31日, as a document is dated: Arabic figures, no leading zeros.
std::string chinese(base::Date date) {
  const std::chrono::year_month_day day(date);
  return std::to_string(static_cast<int>(day.year())) + "年" +
         std::to_string(static_cast<unsigned>(day.month())) + "月" +
         std::to_string(static_cast<unsigned>(day.day())) + "日";
}

Result<Json> day_of(const std::optional<base::Instant>& at, const std::string& zone) {
  if (!at) return Json();
  const auto date = base::local_date(*at, zone);
  if (!date) return base::pass(date);
  return Json(chinese(*date));
}

const Json& fields_of(const EnabledModule& module, const std::string& type) {
  return module.module->manifest().section("record_types").at(type).at("schema").at("properties");
}

Json content_of(const RecordCase& open) {
  auto content = Json::object();
  for (const auto& [field, schema] : fields_of(*open.module, open.record.type).items()) {
    content[field] = open.record.content.value(field, Json());
  }
  return content;
}

Json unit_json(const Snapshot& snapshot, const org::UnitId& id) {
  const auto* unit = snapshot.organisation().unit(id);
  base::invariant(unit != nullptr, "units are never deleted, and rows refer to units only");
  return {{"code", unit->code}, {"name", unit->name}, {"short_name", unit->short_name}};
}

Json addressees(const Snapshot& snapshot, const std::vector<records::Recipients>& recipients) {
  auto to = Json::object();
  for (const auto& each : recipients) {
    std::string names;
    auto units = Json::array();
    for (const auto& id : each.units) {
      units.push_back(unit_json(snapshot, id));
      names += (names.empty() ? "" : "、") + units.back()["name"].get<std::string>();
    }
    to[each.key] = {{"names", names}, {"units", std::move(units)}};
  }
  return to;
}

// Whoever took the step that sent what stands; null when it is gone or has no person.
Result<Json> signatory_of(const Snapshot& snapshot, const RecordCase& open) {
  std::string account;
  for (const auto& taken : open.record.history) {
    const auto* step = open.type->step(taken.step);
    if (step != nullptr && step->dispatches) account = taken.account;
  }
  const auto row =
      snapshot.session.first("SELECT person FROM account WHERE id = :1", std::vector<store::Value>{account});
  if (!row) return base::pass(row);
  if (!*row || (*row)->is_null(0)) return Json();
  const auto* person = snapshot.organisation().person({(*row)->text(0)});
  return person == nullptr ? Json() : Json(person->name);
}

Result<Json> leg_context(const Snapshot& snapshot, const records::Leg& leg) {
  auto sent = day_of(leg.sent_at, snapshot.zone);
  auto delivered = day_of(leg.delivered_at, snapshot.zone);
  auto answered = day_of(leg.answered_at, snapshot.zone);
  for (const auto* day : {&sent, &delivered, &answered}) {
    if (!*day) return base::pass(*day);
  }
  const bool signed_for = leg.state == records::LegState::Receipted;
  return Json{{"recipient", unit_json(snapshot, leg.recipient)},
              {"state", title_of(leg.state).at("zh-CN")},
              {"signed", signed_for},
              {"sent", std::move(*sent)},
              {"delivered", std::move(*delivered)},
              {"answered", std::move(*answered)},
              {"receipt", leg.receipt},
              {"reason", leg.reason}};
}

Result<Json> document_context(const Snapshot& snapshot, const RecordCase& open) {
  const auto* sent = open.record.current_dispatch();
  const bool draft = is_draft(*open.type, open.record);
  Json document{{"draft", draft},   {"date", Json()},  {"signatory", Json()},
                {"digest", Json()}, {"round", Json()}, {"legs", Json::array()}};
  if (sent == nullptr) return document;
  for (const auto& leg : sent->legs) {
    auto context = leg_context(snapshot, leg);
    if (!context) return context;
    document["legs"].push_back(std::move(*context));
  }
  document["digest"] = sent->digest;
  document["round"] = sent->round;
  if (draft) return document;
  auto date = day_of(sent->sent_at, snapshot.zone);
  if (!date) return date;
  auto signatory = signatory_of(snapshot, open);
  if (!signatory) return signatory;
  document["date"] = std::move(*date);
  document["signatory"] = std::move(*signatory);
  return document;
}

std::string cell_text(const Json& cell) {
  if (cell.is_object()) return cell.value("zh-CN", "");
  if (cell.is_string()) return cell.get<std::string>();
  if (cell.is_boolean()) return cell.get<bool>() ? "是" : "否";
  return cell.is_null() ? "" : cell.dump();
}

}  // namespace

bool is_draft(const records::RecordType& type, const records::Record& record) {
  const bool sends = std::any_of(type.steps.begin(), type.steps.end(),
                                 [](const records::Step& step) { return step.dispatches; });
  if (!sends) return !type.state(record.state).final;
  const auto* sent = record.current_dispatch();
  if (sent == nullptr || (sent->state != "sent" && sent->state != "receipted")) return true;
  return sent->content_version != record.content_version;
}

Result<Json> context_of_record(Snapshot& snapshot, const RecordCase& open) {
  const auto obligation = obligation_of(snapshot, open.record);
  if (!obligation) return base::pass(obligation);
  auto document = document_context(snapshot, open);
  if (!document) return document;
  auto type = Json::object();
  for (const auto& [key, unused] : open.module->types) type[key] = key == open.record.type;
  const auto to = records::intended_recipients(*open.type, open.record, *obligation ? &**obligation : nullptr,
                                               open.record.content);
  return Json{
      {"unit", unit_json(snapshot, open.record.unit)},
      {"period", open.record.period},
      {"type", std::move(type)},
      {"content", content_of(open)},
      {"to", addressees(snapshot, to)},
      {"document", std::move(*document)},
      {"record", {{"id", open.record.id}, {"state", open.type->state(open.record.state).title.at("zh-CN")}}},
      {"today", chinese(snapshot.today)}};
}

Json context_of_table(const Snapshot& snapshot, const Json& table, const std::string& unit,
                      const std::string& period) {
  auto columns = Json::array();
  for (const auto& column : table.at("columns"))
    columns.push_back({{"title", cell_text(column.at("title"))}});
  auto rows = Json::array();
  for (const auto& row : table.at("rows")) {
    auto cells = Json::array();
    for (const auto& column : table.at("columns")) {
      cells.push_back({{"text", cell_text(row.value(column.at("key").get<std::string>(), Json()))}});
    }
    rows.push_back({{"cells", std::move(cells)}});
  }
  const auto* known = snapshot.organisation().unit_by_code(unit);
  return {
      {"table", {{"title", cell_text(table.at("title"))}, {"columns", columns}, {"rows", std::move(rows)}}},
      {"unit", known == nullptr ? Json() : unit_json(snapshot, known->id)},
      {"period", period.empty() ? Json() : Json(period)},
      {"today", chinese(snapshot.today)}};
}

std::string title_of_value(const EnabledModule& module, const std::string& type, const std::string& name) {
  constexpr std::string_view kContent = "content.";
  if (!name.starts_with(kContent)) return name;
  const auto& fields = fields_of(module, type);
  const auto field = fields.find(name.substr(kContent.size()));
  return field == fields.end() ? name : field->value("title", name);
}

}  // namespace zeren::app
