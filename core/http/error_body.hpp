// Errors as RFC 9457 problem details, in the reader's language. The one place that knows which family of
// errors becomes which status.
#pragma once

#include "base/error.hpp"
#include "base/messages.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// The status a code is answered with.
int status_of(base::Code code);

/// `application/problem+json`: type `urn:zeren:problem:<code>`, title, status, detail, instance (the
/// request; absent when it was refused before it got an id), and for several faults `errors`, each with
/// detail and place. What only the operator may know (files, SQL) stays out: Corrupt and Broken name the
/// request only.
Response problem(const base::Error& error, base::Language language, const std::string& request);

}  // namespace zeren::http
