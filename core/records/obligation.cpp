#include "records/obligation.hpp"

#include <array>
#include <span>
#include <utility>

#include "base/digest.hpp"
#include "base/invariant.hpp"
#include "store/value.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kIdBytes = 16;

std::vector<std::string> words_in(const Json& body, const char* key) {
  return body.value(key, std::vector<std::string>{});
}

void read_date(const Json& body, ObligationRule& rule) {
  rule.dated = !body.contains("due") || !body.at("due").is_null();
  if (rule.dated) rule.due = {body.value("due", ""), body.value("calendar", "")};
  if (!body.contains("period")) return;
  const auto period = period_kind_named(body.at("period").get<std::string>());
  base::invariant(period.has_value(), "the manifest's schema lists the kinds of periods");
  rule.period = *period;
  rule.due.cycle = months_of(*period);
}

void read_states(const Json& body, ObligationRule& rule) {
  rule.fulfilled_in = words_in(body, "fulfilled_in");
  rule.exempt_in = words_in(body, "exempt_in");
  if (!body.contains("source")) return;
  const auto& source = body.at("source");
  rule.source = SourceRule{source.at("record_type").get<std::string>(), words_in(source, "states"),
                           source.at("due").get<std::string>()};
  rule.record_type = rule.source->record_type;
}

void read_bearer(const Json& owner, ObligationRule& rule) {
  rule.owner_kinds = words_in(owner, "kinds");
  for (const auto& [key, bearer] :
       {std::pair{"post", Bearer::Post}, std::pair{"appointment", Bearer::Appointment}}) {
    if (!owner.contains(key)) continue;
    rule.bearer = bearer;
    rule.post_class = owner.at(key).get<std::string>();
  }
  rule.min_tenure = owner.value("min_tenure", "");
}

Result<ObligationRule> read_rule(const std::string& module, const std::string& key,
                                 const Json& body) {
  ObligationRule rule{module,
                      key,
                      body.at("title"),
                      body.at("basis").get<std::string>(),
                      {},
                      body.value("record_type", ""),
                      {},
                      PeriodKind::Year,
                      {}};
  read_date(body, rule);
  read_states(body, rule);
  auto recipients = read_recipients(body.value("recipients", Json::object()));
  if (!recipients) return base::pass(std::move(recipients));
  rule.recipients = std::move(*recipients);
  if (body.contains("owner")) read_bearer(body.at("owner"), rule);
  if (body.contains("after")) {
    const auto& after = body.at("after");
    rule.occasion = after.at("event") == "left" ? Occasion::Left : Occasion::Confirmed;
    rule.within = after.at("within").get<std::string>();
  }
  rule.at_once = body.value("at_once", "");
  rule.also_by = body.value("also_by", std::vector<std::string>{});
  return rule;
}

}  // namespace

Result<std::vector<ObligationRule>> read_obligation_rules(const std::string& module,
                                                          const Json& section) {
  std::vector<ObligationRule> rules;
  for (const auto& [key, body] : section.items()) {
    auto rule = read_rule(module, key, body);
    if (!rule) return base::pass(std::move(rule));
    rules.push_back(std::move(*rule));
  }
  return rules;
}

base::Date Obligation::placed_on() const {
  if (is_dated()) return due;
  const auto days = days_of_period(period);
  return days ? days->from : due;
}

namespace {

// Of the record alone: however its unit is called, and whoever took over from it.
std::string source_id(const Obligation& o) {
  const auto text = base::canonical(Json{o.module, o.rule, {{"source", o.source}}});
  base::invariant(text.has_value(), "codes, ids and periods are UTF-8");
  const auto digest = base::sha256(*text);
  return base::to_hex(std::span(digest).first(kIdBytes));
}

}  // namespace

std::string obligation_id(const Obligation& o) {
  return obligation_id(o, o.moved ? o.moved->origin : o.owner);
}

std::string obligation_id(const Obligation& o, const org::UnitId& first) {
  if (!o.source.empty()) return source_id(o);
  std::vector<store::Value> key{o.module, o.rule, first.value, o.counterpart.value, o.period, o.occurrence};
  if (!o.post.value.empty()) key.emplace_back(o.post.value);
  std::string text;
  auto written = store::append_canonical(key, text);
  if (!o.appointment.value.empty()) {
    // A list of one, so that no post is taken for an appointment.
    text.back() = ',';
    const std::array<store::Value, 1> appointment = {o.appointment.value};
    if (written) written = store::append_canonical(appointment, text);
    text += ']';
  }
  base::invariant(written.has_value(), "codes, ids and periods are UTF-8");
  const auto digest = base::sha256(text);
  return base::to_hex(std::span(digest).first(kIdBytes));
}

}  // namespace zeren::records
