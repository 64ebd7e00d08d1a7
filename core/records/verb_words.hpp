// The words of the closed lists of records/verb.hpp, for whoever wrote one that is not among them.
#pragma once

#include <string>

namespace zeren::records {

/// All of a list in its order, as `handle, countersign, …`. Any thread.
std::string task_kind_words();
std::string agreement_words();
std::string task_verb_words();

}  // namespace zeren::records
