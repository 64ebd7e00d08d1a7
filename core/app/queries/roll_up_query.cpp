#include "app/queries/roll_up_query.hpp"

#include "app/queries/left_out.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "org/code_tables.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

Result<org::RelationKind> hierarchy_called(const std::string& relation) {
  const auto kind = org::relation_kind(relation);
  if (kind && org::is_hierarchical(*kind)) return *kind;
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "\"relation\" is party_superior or discipline_superior"},
                     {"reason.zh-CN", "relation 须为 party_superior（党委隶属）或 discipline_superior（纪委隶属）"}});
}

Result<RollUp::Question> question_of(const Snapshot& snapshot, const access::Principal& principal,
                                     const std::string& unit, const std::string& relation) {
  const auto kind = hierarchy_called(relation);
  if (!kind) return base::pass(kind);
  const auto id = unit_called(snapshot, unit);
  if (!id) return base::pass(id);
  RollUp::Question question{*id, *kind, {}, {}};
  const Reach reach(principal, snapshot);
  for (const auto& [module, enabled] : snapshot.modules().all()) {
    if (reach.sees_below(enabled, *id)) question.modules.insert(module);
  }
  auto recused = records::recused_records(snapshot.session, principal.person);
  if (!recused) return base::pass(std::move(recused));
  question.without = std::move(*recused);
  return question;
}

Json lights_json(const records::LightCounts& counts) {
  auto lights = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) > 0) lights[std::string(name_of(static_cast<records::Light>(i)))] = counts.at(i);
  }
  return lights;
}

}  // namespace

Result<Json> roll_up_obligations(Host& host, const access::Principal& principal, const std::string& unit,
                                 const std::string& relation) {
  RollUp::Question question;
  auto answer = host.query([&](const Snapshot& snapshot) -> Result<Json> {
    auto asked = question_of(snapshot, principal, unit, relation);
    if (!asked) return base::pass(std::move(asked));
    question = std::move(*asked);
    Json said{{"unit", unit_reference(snapshot, question.unit)}, {"relation", relation},
              {"modules", question.modules}};
    tell_left_out(snapshot, "", said);
    return said;
  });
  if (!answer) return answer;
  const auto counts = host.roll_up().count(host, question);
  if (!counts) return base::pass(counts);
  std::uint64_t total = 0;
  for (const auto count : *counts) total += count;
  (*answer)["lights"] = lights_json(*counts);
  (*answer)["total"] = total;
  return answer;
}

}  // namespace zeren::app
