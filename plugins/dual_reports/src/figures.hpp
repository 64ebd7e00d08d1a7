// The figures of a report that other institutions fill in: how much material was confirmed, of which kind, as of a day.
#pragma once

#include <map>
#include <string>

#include "zeren/catalogue.hpp"
#include "zeren/step.hpp"

/// The field `figures` for a patch; empty where no material is confirmed, so that what somebody typed stays.
std::map<std::string, zeren::Json> figures_of(const zeren::StepRequest& step, const zeren::Catalogue& texts);
