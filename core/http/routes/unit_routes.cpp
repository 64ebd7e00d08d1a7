#include "app/commands/organisation_commands.hpp"
#include "app/queries/organisation_queries.hpp"
#include <initializer_list>
#include <utility>

#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<app::WhenAsked> when_asked(const Target& target) {
  app::WhenAsked when;
  for (const auto& [name, member] : {std::pair{"valid", &app::WhenAsked::valid},
                                     std::pair{"known", &app::WhenAsked::known}}) {
    const auto text = target.parameter(name);
    if (text.empty()) continue;
    const auto date = base::parse_date(text);
    if (!date) return base::pass(date);
    when.*member = *date;
  }
  return when;
}

using Question = app::Query (*)(const std::string&, const app::WhenAsked&);

template <Question kQuestion>
Result<Reply> get_about_unit(app::Host& host, Exchange& exchange) {
  const auto when = when_asked(exchange.target);
  if (!when) return base::pass(when);
  return reply_with(host.query(kQuestion(exchange.captures[0], *when)));
}

template <class Wanted>
Result<void> read_members(const Json& body, Wanted& wanted,
                          std::initializer_list<std::pair<const char*, std::string Wanted::*>> members) {
  for (const auto& [key, member] : members) {
    auto text = text_member(body, key);
    if (!text) return base::pass(std::move(text));
    wanted.*member = std::move(*text);
  }
  return {};
}

Result<Reply> post_appointment(app::Host& host, Exchange& exchange) {
  using Wanted = org::NewAppointment;
  const auto& body = exchange.body;
  Wanted wanted;
  auto read = read_members<Wanted>(body, wanted, {{"person", &Wanted::person},
                                                  {"post", &Wanted::post},
                                                  {"mode", &Wanted::mode},
                                                  {"document", &Wanted::doc_no}});
  if (!read) return base::pass(std::move(read));
  const auto from = date_member(body, "from");
  if (!from) return base::pass(from);
  wanted.from = *from;
  const auto to = optional_date_member(body, "to");
  if (!to) return base::pass(to);
  wanted.to = *to;
  return reply_with(
      host.execute(exchange.caller, app::appoint(exchange.caller.principal, wanted)));
}

Result<Reply> post_appointment_end(app::Host& host, Exchange& exchange) {
  using Wanted = org::EndedAppointment;
  Wanted wanted;
  auto read = read_members<Wanted>(exchange.body, wanted,
                                   {{"person", &Wanted::person}, {"post", &Wanted::post}});
  if (!read) return base::pass(std::move(read));
  const auto on = date_member(exchange.body, "on");
  if (!on) return base::pass(on);
  wanted.on = *on;
  const auto document = text_member(exchange.body, "document");
  if (!document) return base::pass(document);
  return reply_with(host.execute(
      exchange.caller, app::end_appointment(exchange.caller.principal, wanted, *document)));
}

// A unit that stands is named by its code alone.
Result<org::HeirUnit> heir_of(const Json& item) {
  using Heir = org::HeirUnit;
  Heir heir;
  if (auto read = read_members<Heir>(item, heir, {{"code", &Heir::code}}); !read) {
    return base::pass(std::move(read));
  }
  for (const auto& [key, member] :
       {std::pair{"name", &Heir::name}, std::pair{"short_name", &Heir::short_name},
        std::pair{"level", &Heir::level}, std::pair{"kind", &Heir::kind}}) {
    auto text = optional_text_member(item, key);
    if (!text) return base::pass(std::move(text));
    heir.*member = std::move(*text);
  }
  return heir;
}

Result<std::vector<org::HeirUnit>> heirs_of(const Json& body) {
  constexpr std::size_t kMost = 100;
  const auto list = body.is_object() ? body.value("to", Json()) : Json();
  if (!list.is_array() || list.size() > kMost) {
    return base::fail(Code::RequestMalformed, {{"reason", "\"to\" must be a list of units"},
                                               {"reason.zh-CN", "to 须为单位列表"}},
                      {"", 0, 0, "/to"});
  }
  std::vector<org::HeirUnit> heirs;
  for (const auto& item : list) {
    auto heir = heir_of(item);
    if (!heir) return base::pass(std::move(heir));
    heirs.push_back(std::move(*heir));
  }
  return heirs;
}

Result<org::UnitSuccession> succession_of(const Json& body) {
  org::UnitSuccession wanted;
  auto what = text_member(body, "what");
  if (!what) return base::pass(std::move(what));
  wanted.what = std::move(*what);
  auto from = texts_member(body, "from");
  if (!from) return base::pass(std::move(from));
  wanted.from = std::move(*from);
  auto to = heirs_of(body);
  if (!to) return base::pass(std::move(to));
  wanted.to = std::move(*to);
  const auto on = date_member(body, "on");
  if (!on) return base::pass(on);
  wanted.on = *on;
  return wanted;
}

Result<Reply> post_succession(app::Host& host, Exchange& exchange) {
  const auto dry_run = yes_or_no(exchange.target, "dry_run");
  if (!dry_run) return base::pass(dry_run);
  const auto wanted = succession_of(exchange.body);
  if (!wanted) return base::pass(wanted);
  const auto document = text_member(exchange.body, "document");
  if (!document) return base::pass(document);
  const auto& principal = exchange.caller.principal;
  if (*dry_run) return reply_with(host.query(app::preview_succession(principal, *wanted, *document)));
  return reply_with(host.execute(exchange.caller, app::succeed_units(principal, *wanted, *document)));
}

}  // namespace

std::vector<Route> unit_routes() {
  return {{"GET", {"api", "v1", "units", "*", "posts"}, Door::Signed, get_about_unit<app::list_posts>},
          {"GET", {"api", "v1", "units", "*", "vacancies"}, Door::Signed,
           get_about_unit<app::list_vacancies>},
          {"GET", {"api", "v1", "units", "*", "successions"}, Door::Signed,
           get_about_unit<app::list_successions>},
          {"GET", {"api", "v1", "units", "*", "covering"}, Door::Signed,
           get_about_unit<app::list_covering>},
          {"POST", {"api", "v1", "organisation", "appointments"}, Door::Signed, post_appointment},
          {"POST", {"api", "v1", "organisation", "appointments", "end"}, Door::Signed,
           post_appointment_end},
          {"POST", {"api", "v1", "organisation", "successions"}, Door::Signed, post_succession}};
}

}  // namespace zeren::http
