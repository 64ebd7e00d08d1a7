// Answers that are files, and the choice of a form by `?format=`.
#pragma once

#include <initializer_list>

#include "app/export.hpp"
#include "base/error.hpp"
#include "http/router.hpp"

namespace zeren::http {

/// The form that `?format=` names, `otherwise` when it names none. Fails with RequestMalformed for one that
/// is not among `offered`.
base::Result<app::Form> form_of(const Target& target, std::initializer_list<app::Form> offered,
                                app::Form otherwise);

/// The file, shown in place when a browser can, kept when it cannot. HTML may load nothing and run nothing:
/// its policy allows the one style sheet that is in it.
base::Result<Reply> hand_over(base::Result<app::HandedOut> made);

}  // namespace zeren::http
