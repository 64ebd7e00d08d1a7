#include "app/queries/access_queries.hpp"

#include "access/account.hpp"
#include "access/grant.hpp"
#include "access/sign_in.hpp"
#include "access/token.hpp"
#include "app/queries/unit_reference.hpp"
#include "org/code_tables.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

Json token_json(const access::Token& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"read_only", token.read_only},
          {"routes", token.routes},
          {"created_at", base::to_string(token.created_at)},
          {"expires_at", base::to_string(token.expires_at)}};
}

Result<Json> tokens_json(Snapshot& snapshot, const std::string& account) {
  const auto tokens = access::tokens_of(snapshot.session, account, snapshot.now);
  if (!tokens) return base::pass(tokens);
  auto items = Json::array();
  for (const auto& token : *tokens) items.push_back(token_json(token));
  return items;
}

Result<Json> account_name(Snapshot& snapshot, const std::string& id) {
  if (id.empty()) return Json();
  const auto account = access::find_account_by_id(snapshot.session, id);
  if (!account) return base::pass(account);
  return *account ? Json((*account)->name) : Json(id);
}

Result<Json> grant_json(Snapshot& snapshot, const access::Grant& grant) {
  auto account = account_name(snapshot, grant.account);
  if (!account) return account;
  auto giver = account_name(snapshot, grant.given_by);
  if (!giver) return giver;
  const auto* post = snapshot.organisation().post(grant.post);
  const bool open = grant.valid.to == base::kForever;
  return Json{{"id", grant.id},
              {"account", std::move(*account)},
              {"post", post == nullptr ? Json() : Json(post->code)},
              {"module", grant.module},
              {"type", grant.type},
              {"action", grant.action},
              {"unit", unit_reference(snapshot, grant.unit)},
              {"below", grant.below ? Json(std::string(org::code_of(*grant.below))) : Json()},
              {"sensitivity", std::string(rules::name_of(grant.clearance))},
              {"groups", grant.groups},
              {"tie", std::string(name_of(grant.tie))},
              {"valid_from", base::to_string(grant.valid.from)},
              {"valid_to", open ? Json() : Json(base::to_string(grant.valid.to))},
              {"reason", grant.reason},
              {"given_by", std::move(*giver)},
              {"given_at", base::to_string(grant.given_at)}};
}

}  // namespace

Query list_own_sessions(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto open = access::sessions_of(snapshot.session, principal.id, snapshot.now);
    if (!open) return base::pass(open);
    std::vector<Json> keys;
    for (const auto& session : *open) keys.push_back({base::to_millis(session.created_at), session.id});
    const auto cut = cut_page(page, "sessions", keys, Order::Falling);
    if (!cut) return base::pass(cut);
    auto tokens = tokens_json(snapshot, principal.id);
    if (!tokens) return tokens;
    Json answer{{"items", Json::array()}, {"tokens", std::move(*tokens)}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      const auto& session = (*open)[at];
      answer["items"].push_back({{"id", session.id},
                                 {"created_at", base::to_string(session.created_at)},
                                 {"expires_at", base::to_string(session.expires_at)},
                                 {"current", session.id == principal.session}});
    }
    return answer;
  };
}

Query list_tokens(const access::Principal& principal, const std::string& name, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (name != principal.name) {
      auto allowed = access::require(principal, access::Duty::ManageAccounts);
      if (!allowed) return base::pass(std::move(allowed));
    }
    const auto account = access::find_account(snapshot.session, name);
    if (!account) return base::pass(account);
    if (!*account) return base::fail(Code::AccountUnknown, {{"account", name}});
    auto tokens = tokens_json(snapshot, (*account)->id);
    if (!tokens) return tokens;
    std::vector<Json> keys;
    for (const auto& token : *tokens) keys.push_back({token.at("created_at"), token.at("id")});
    const auto cut = cut_page(page, "tokens of " + name, keys, Order::Falling);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back((*tokens)[at]);
    return answer;
  };
}

Query list_grants(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto manages = access::require(principal, access::Duty::ManageAccounts);
    if (!manages && !access::require(principal, access::Duty::ReadLog)) return base::pass(manages);
    const auto& all = snapshot.grants().all();
    std::vector<Json> keys;
    keys.reserve(all.size());
    for (const auto& grant : all) keys.push_back({base::to_millis(grant.given_at), grant.id});
    const auto cut = cut_page(page, "grants", keys, Order::Falling);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      auto item = grant_json(snapshot, all[at]);
      if (!item) return item;
      answer["items"].push_back(std::move(*item));
    }
    return answer;
  };
}

}  // namespace zeren::app
