#include "app/commands/task_commands.hpp"
#include "app/queries/record_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"
#include "records/verb_words.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

// What one of the closed lists of records/verb.hpp is a list of.
struct WordList {
  const char* member;
  const char* chinese;
  std::string words;
};

WordList kinds() { return {"kind", "任务种类", records::task_kind_words()}; }
WordList agreements() { return {"agreement", "会签方式", records::agreement_words()}; }
WordList verbs() { return {"verb", "任务办理方式", records::task_verb_words()}; }

template <class T>
Result<T> known(std::optional<T> word, const std::string& given, const WordList& list) {
  if (word) return *word;
  return base::fail(
      Code::RequestMalformed,
      {{"reason",
        "there is no " + std::string(list.member) + " \"" + given + "\" of a task; there is: " + list.words},
       {"reason.zh-CN", "没有“" + given + "”这种" + list.chinese + "；可用：" + list.words}});
}

Result<app::GivenTask> given_task(const Json& body) {
  app::GivenTask given;
  const auto kind = text_member(body, "kind");
  if (!kind) return base::pass(kind);
  const auto known_kind = known(records::task_kind_named(*kind), *kind, kinds());
  if (!known_kind) return base::pass(known_kind);
  given.kind = *known_kind;
  auto to = texts_member(body, "to");
  if (!to) return base::pass(std::move(to));
  given.to = std::move(*to);
  const auto due = optional_date_member(body, "due");
  if (!due) return base::pass(due);
  given.due = *due;
  return given;
}

Result<void> read_signing(const Json& body, app::GivenTask& given) {
  const auto demand = optional_text_member(body, "demand");
  if (!demand) return base::pass(demand);
  given.demand = *demand;
  const auto add_to = optional_text_member(body, "add_to");
  if (!add_to) return base::pass(add_to);
  given.add_to = *add_to;
  const auto agreement = optional_text_member(body, "agreement");
  if (!agreement) return base::pass(agreement);
  const auto quorum = optional_number_member(body, "quorum");
  if (!quorum) return base::pass(quorum);
  given.quorum = *quorum;
  if (agreement->empty()) return {};
  const auto word = known(records::agreement_named(*agreement), *agreement, agreements());
  if (!word) return base::pass(word);
  given.agreement = *word;
  return {};
}

Result<Reply> post_task(app::Host& host, Exchange& exchange) {
  auto given = given_task(exchange.body);
  if (!given) return base::pass(std::move(given));
  if (auto read = read_signing(exchange.body, *given); !read) return base::pass(std::move(read));
  return versioned(host.execute(
      exchange.caller, app::give_task(exchange.caller.principal, exchange.captures[0], *given)));
}

Result<Reply> post_task_step(app::Host& host, Exchange& exchange) {
  const auto verb = known(records::task_verb_named(exchange.captures[2]), exchange.captures[2], verbs());
  if (!verb) return base::pass(verb);
  const auto opinion = optional_text_member(exchange.body, "opinion");
  if (!opinion) return base::pass(opinion);
  const auto to = optional_text_member(exchange.body, "to");
  if (!to) return base::pass(to);
  const auto due = optional_date_member(exchange.body, "due");
  if (!due) return base::pass(due);
  return versioned(
      host.execute(exchange.caller,
                   app::take_task_step(exchange.caller.principal, exchange.captures[0],
                                       {exchange.captures[1], *verb, *opinion, *to, *due})));
}

Result<Reply> get_tasks(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_tasks(exchange.caller.principal, *page)));
}

Result<Reply> post_hand_over(app::Host& host, Exchange& exchange) {
  const auto from = text_member(exchange.body, "from");
  if (!from) return base::pass(from);
  const auto to = text_member(exchange.body, "to");
  if (!to) return base::pass(to);
  const auto reason = text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return reply_with(host.execute(
      exchange.caller, app::hand_over(exchange.caller.principal, *from, *to, *reason)));
}

Result<Reply> post_recusal(app::Host& host, Exchange& exchange) {
  const auto relation = text_member(exchange.body, "relation");
  if (!relation) return base::pass(relation);
  app::Recused recused{"", *relation, "", ""};
  for (const auto& [key, member] : {std::pair{"person", &app::Recused::person},
                                    std::pair{"reason", &app::Recused::reason},
                                    std::pair{"replacement", &app::Recused::replacement}}) {
    const auto text = optional_text_member(exchange.body, key);
    if (!text) return base::pass(text);
    recused.*member = *text;
  }
  // The plan looks for what the person has read so far.
  if (auto noted = host.write_notes(); !noted) return base::pass(std::move(noted));
  return versioned(host.execute(
      exchange.caller, app::recuse(exchange.caller.principal, exchange.captures[0], recused)));
}

Result<Reply> post_comment(app::Host& host, Exchange& exchange) {
  const auto text = text_member(exchange.body, "text");
  if (!text) return base::pass(text);
  return versioned(host.execute(
      exchange.caller, app::add_comment(exchange.caller.principal, exchange.captures[0], *text)));
}

}  // namespace

std::vector<Route> task_routes() {
  return {
      {"GET", {"api", "v1", "tasks"}, Door::Signed, get_tasks},
      {"POST", {"api", "v1", "tasks", "hand-over"}, Door::Signed, post_hand_over},
      {"POST", {"api", "v1", "records", "*", "tasks"}, Door::Signed, post_task},
      {"POST", {"api", "v1", "records", "*", "tasks", "*", "steps", "*"}, Door::Signed,
       post_task_step},
      {"POST", {"api", "v1", "records", "*", "recusals"}, Door::Signed, post_recusal},
      {"POST", {"api", "v1", "records", "*", "comments"}, Door::Signed, post_comment},
  };
}

}  // namespace zeren::http
