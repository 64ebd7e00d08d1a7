#include "access/account.hpp"

#include <algorithm>

namespace zeren::access {
namespace {

using base::Code;
using base::Result;
using store::Value;

std::optional<base::Instant> moment(const std::optional<std::int64_t>& millis) {
  return millis ? std::optional(base::from_millis(*millis)) : std::nullopt;
}

Result<std::optional<Account>> find(store::Session& session, const std::string& column,
                                    const Value& value) {
  const auto row = session.first(
      "SELECT id, version, name, person, administers, password, os_user, disabled_at, password_given_at"
      " FROM account WHERE " +
          column + " = :1",
      std::vector<Value>{value});
  if (!row) return base::pass(row);
  if (!*row) return std::optional<Account>{};
  const auto& r = **row;
  return std::optional<Account>(Account{r.text(0), r.integer(1), r.text(2), r.optional_text(3),
                                        administers_from(r.text(4)), r.text(5),
                                        r.optional_integer(6), moment(r.optional_integer(7)),
                                        moment(r.optional_integer(8))});
}

bool is_name(const std::string& name) {
  constexpr std::size_t kMaxName = 64;
  return !name.empty() && name.size() <= kMaxName &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
}

Value optional(const std::optional<std::string>& text) {
  return text ? Value(*text) : Value(std::monostate{});
}

Value optional(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value(std::monostate{});
}

Value optional(const std::optional<base::Instant>& moment) {
  return moment ? Value(base::to_millis(*moment)) : Value(std::monostate{});
}

}  // namespace

Result<std::optional<Account>> find_account(store::Session& session, const std::string& name) {
  return find(session, "name", name);
}

Result<std::optional<Account>> find_account_of_os_user(store::Session& session,
                                                       std::int64_t os_user) {
  return find(session, "os_user", os_user);
}

Result<std::optional<Account>> find_account_by_id(store::Session& session, const std::string& id) {
  return find(session, "id", id);
}

Principal principal_of(const Account& account) {
  return {account.id, account.name, {account.person.value_or("")}, account.administers, "", "", {}};
}

Result<store::ChangeSet> plan_account(store::Session& session, Account account, bool person_known,
                                      base::IdGenerator& ids, base::Instant now) {
  if (!is_name(account.name)) {
    return base::fail(Code::ConfigInvalid,
                      {{"what", "account name \"" + account.name + "\""},
                       {"what.zh-CN", "账号名“" + account.name + "”"},
                       {"remedy", "use 1 to 64 of a-z, 0-9, dot and hyphen"},
                       {"remedy.zh-CN", "请使用 1 至 64 个小写字母、数字、点或连字符"}});
  }
  if (account.person && !person_known) {
    return base::fail(Code::PersonUnknown, {{"person", *account.person}});
  }
  if (account.person && account.administers != Administers::Nothing) {
    return base::fail(Code::ConfigInvalid,
                      {{"what", "account \"" + account.name + "\""},
                       {"what.zh-CN", "账号“" + account.name + "”"},
                       {"remedy", "an administrator's account belongs to no official; leave out the person"},
                       {"remedy.zh-CN", "管理员账号不得对应任职人员，请去掉人员代码"}});
  }
  if (account.person) {
    const auto known = find(session, "person", *account.person);
    if (!known) return base::pass(known);
    if (*known) return base::fail(Code::AccountExists, {{"account", (*known)->name}});
  }
  const auto standing = find_account(session, account.name);
  if (!standing) return base::pass(standing);
  if (*standing) return base::fail(Code::AccountExists, {{"account", account.name}});
  account.id = ids.next();
  store::ChangeSet change;
  change.act.action = "account.create";
  change.act.objects = {{"account", account.id, 1}};
  change.rows.push_back({store::RowWrite::Kind::Insert,
                         "account",
                         {{"id", account.id}},
                         {{"version", 1}, {"name", account.name},
                          {"person", optional(account.person)},
                          {"administers", std::string(name_of(account.administers))},
                          {"password", account.password}, {"os_user", optional(account.os_user)},
                          {"password_given_at", optional(account.password_given_at)},
                          {"created_at", base::to_millis(now)}}});
  change.answer = {{"id", account.id}, {"name", account.name}};
  return change;
}

}  // namespace zeren::access
