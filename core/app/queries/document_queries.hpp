// Documents of records and tables: which there are, and one of them filled, ready to become a page.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// A page of `{items: [{key, title, kind, formats, issuable, draft}], next}`: what the module declares for records of
/// this type. Fails as open_case() and cut_page().
Query list_documents(const access::Principal& principal, const std::string& record, const Page& page);

/// `{name, kind, file, body, draft}` from what the caller may see of the record. Holes are shown in a draft;
/// anything else with a hole is refused with DocumentIncomplete. Fails as open_case(), with DocumentUnknown,
/// DocumentNotYet, TemplateInvalid, and as manifest::Package::read().
Query document_of_record(const access::Principal& principal, const std::string& record,
                         const std::string& key);

/// The same for the document that the module declares for a computed table: the table as compute() answers
/// it. Fails as compute(), and with DocumentUnknown when there is none.
Query document_of_table(const access::Principal& principal, const std::string& module,
                        const std::string& name, const ObligationFilter& filter);

}  // namespace zeren::app
