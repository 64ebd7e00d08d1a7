// What officials do with a report, in their own words.
#pragma once

#include <cstdint>
#include <string>

#include "integration/official.hpp"

namespace zeren::integration {

/// The obligation of `unit` to report in January for `period`, as `official` sees it; null when they do not.
base::Json obligation_of(const Official& official, const std::string& unit,
                         const std::string& period);

/// All fields that a submission needs, but no title.
base::Json complete_content();

/// The record as it stands, as `official` sees it.
base::Json record_of(const Official& official, const std::string& record);

/// Drafts the unit's report and answers the record's id.
std::string draft_report(const Official& clerk, const std::string& unit, const std::string& period,
                         const base::Json& content = complete_content());

/// Takes a step from the version that stands now.
Answer take_step(const Official& official, const std::string& record, const std::string& step,
                 const std::string& reason = "");

/// Replaces the content from the version that stands now.
Answer edit(const Official& official, const std::string& record, const base::Json& content);

/// The leg of the newest round that goes to `recipient`, as `official` sees it.
base::Json leg_to(const Official& official, const std::string& record, const std::string& recipient);

/// Answers that leg.
Answer answer_leg(const Official& registrar, const std::string& record,
                  const std::string& recipient, const std::string& step,
                  const std::string& reason = "");

}  // namespace zeren::integration
