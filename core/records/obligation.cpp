#include "records/obligation.hpp"

#include <span>
#include <utility>

#include "base/digest.hpp"
#include "base/invariant.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kIdBytes = 16;

RecipientRule recipient_of(const std::string& key, const Json& body, org::Path path) {
  if (body.is_string()) return {key, std::move(path)};
  return {key, std::move(path), body.value("channel", "system"), body.value("profile", ""),
          body.value("held", false)};
}

Result<std::vector<RecipientRule>> read_recipients(const Json& section) {
  std::vector<RecipientRule> recipients;
  for (const auto& [key, body] : section.items()) {
    auto path = org::Path::parse((body.is_string() ? body : body.at("path")).get<std::string>());
    if (!path) return base::pass(std::move(path));
    recipients.push_back(recipient_of(key, body, std::move(*path)));
  }
  return recipients;
}

void read_bearer(const Json& owner, ObligationRule& rule) {
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
                      body.at("owner").at("kinds").get<std::vector<std::string>>(),
                      body.at("record_type").get<std::string>(),
                      {body.value("due", ""), body.value("calendar", "")},
                      body.at("period") == "previous_year" ? PeriodKind::PreviousYear
                                                           : PeriodKind::Year,
                      {}};
  auto recipients = read_recipients(body.at("recipients"));
  if (!recipients) return base::pass(std::move(recipients));
  rule.recipients = std::move(*recipients);
  read_bearer(body.at("owner"), rule);
  if (body.contains("after")) {
    const auto& after = body.at("after");
    rule.occasion = after.at("event") == "left" ? Occasion::Left : Occasion::Confirmed;
    rule.within = after.at("within").get<std::string>();
  }
  rule.at_once = body.value("at_once", "");
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

std::string obligation_id(const Obligation& o) {
  const auto& first = o.moved ? o.moved->origin : o.owner;
  auto key = Json::array({o.module, o.rule, first.value, o.counterpart.value, o.period, o.occurrence});
  if (!o.post.value.empty()) key.push_back(o.post.value);
  if (!o.appointment.value.empty()) key.push_back({o.appointment.value});
  const auto text = base::canonical(key);
  base::invariant(text.has_value(), "codes, ids and periods are UTF-8");
  const auto digest = base::sha256(*text);
  return base::to_hex(std::span(digest).first(kIdBytes));
}

}  // namespace zeren::records
