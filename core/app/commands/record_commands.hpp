// What clerks, principals and registrars do with records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "base/json.hpp"
#include "records/record_plans.hpp"

namespace zeren::app {

/// All of these answer `{id, version, state}` and fail with RecordUnknown for what the caller may not see, and with
/// RecordRecused for what its person is recused from.

/// A record that fulfils the obligation `obligation`, as sensitive as its type says unless told. Fails with ObligationUnknown, RecordExists (naming
/// it), and as records::plan_draft().
Command draft_record(const access::Principal& principal, const std::string& obligation, const base::Json& content,
                     std::optional<rules::Sensitivity> sensitivity = std::nullopt);

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
