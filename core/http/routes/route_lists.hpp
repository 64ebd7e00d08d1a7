// The routes, by what they are about. all_routes() joins them.
#pragma once

#include <vector>

#include "http/router.hpp"

namespace zeren::http {

std::vector<Route> session_routes();     ///< signing in and out, who am I
std::vector<Route> account_routes();     ///< accounts, sessions, second factors
std::vector<Route> access_routes();      ///< tokens and grants
std::vector<Route> audit_routes();       ///< the log, for the audit administrator
std::vector<Route> unit_routes();        ///< units as of a day, appointments and successions
std::vector<Route> watch_routes();       ///< health, metrics, events as they come
std::vector<Route> host_routes();        ///< organisation, modules, rules
std::vector<Route> obligation_routes();  ///< what is owed, and the tables over it
std::vector<Route> ledger_routes();      ///< ledgers, indicators, the burden meter
std::vector<Route> history_routes();     ///< earlier ledgers, taken over
std::vector<Route> record_routes();      ///< records, steps, legs, versions
std::vector<Route> attachment_routes();  ///< the files of records
std::vector<Route> leg_routes();         ///< decisions and entries about single legs, missing receipts
std::vector<Route> link_routes();        ///< links between records, records of several obligations, catalogues
std::vector<Route> document_routes();    ///< documents of records
std::vector<Route> task_routes();        ///< tasks, recusals, comments
std::vector<Route> delivery_routes();    ///< webhooks, dead letters, the inbox
std::vector<Route> rule_routes();        ///< what is in force, waivers, trials

}  // namespace zeren::http
