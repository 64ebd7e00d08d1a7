// What clerks, principals and registrars do with records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "app/linked.hpp"
#include "base/json.hpp"
#include "records/record_plans.hpp"

namespace zeren::app {

/// What a record that fulfils `obligation` begins with: who was recused from a record that was declared void is
/// recused from the one that takes its place. Fails as Session::query(). Blocks.
base::Result<records::Beginning> beginning_of(Snapshot& snapshot, const EnabledModule& module,
                                              const records::Obligation& obligation);

/// All of these answer `{id, version, state}` and fail with RecordUnknown for what the caller may not see, and with
/// RecordRecused for what its person is recused from.

/// How a record begins beside its content: as sensitive as its type says unless told, and linked to nothing.
struct Start {
  std::optional<rules::Sensitivity> sensitivity = std::nullopt;
  std::vector<WantedLink> links = {};
};

/// A record that fulfils the obligation `obligation`. Fails with ObligationUnknown, RecordExists (naming
/// it), RecordUnknown for what it would be linked to, and as records::plan_draft().
Command draft_record(const access::Principal& principal, const std::string& obligation, const base::Json& content,
                     const Start& start = {});

/// What nobody owes: a record of a free type, of the unit `unit` (code).
struct FreeDraft {
  std::string module;
  std::string type;
  std::string unit;
  std::string period = {};  ///< empty: as free_period() says
};

/// Fails with RecordTypeUnknown, UnitUnknown, as records::free_period(), and as draft_record().
Command draft_free_record(const access::Principal& principal, const FreeDraft& draft, const base::Json& content,
                          const Start& start = {});

/// New content. `version` is the record's as the caller last saw it: VersionStale when it moved. Fails as
/// records::plan_edit().
Command edit_record(const access::Principal& principal, const std::string& record, std::int64_t version,
                    const base::Json& content);

/// A step, after the module had its say. Fails with PluginVetoed, as Module::will_step(), and as
/// records::admit_step() and records::plan_step().
Command take_step(const access::Principal& principal, const std::string& record, std::int64_t version,
                  const records::StepRequest& request);

/// Notes that a recipient has read what was sent to its unit, once; nothing for anybody else. Whoever shows a
/// record runs it first: a withdrawal is possible only before.
Command open_legs(const access::Principal& principal, const std::string& record);

/// Reminds a recipient. Fails as records::plan_urge_leg().
Command urge_leg(const access::Principal& principal, const std::string& record,
                 const std::string& leg, const std::string& reason);

/// A recipient's answer to its leg; the leg's own state guards against answering twice. Fails as
/// records::plan_leg_answer().
Command answer_leg(const access::Principal& principal, const std::string& record, const std::string& leg,
                   const std::string& step, const std::string& reason);

}  // namespace zeren::app
