// Reading members of a request's body, and what else a request says: each says what is missing in terms of the request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "http/message.hpp"

namespace zeren::http {

/// The text member `key`. Fails with RequestMalformed when it is absent or no text.
base::Result<std::string> text_member(const base::Json& body, const char* key);
/// The same, but "" when absent.
base::Result<std::string> optional_text_member(const base::Json& body, const char* key);
/// The object member `key`. Fails with RequestMalformed.
base::Result<base::Json> object_member(const base::Json& body, const char* key);
/// The date member `key`. Fails with RequestMalformed or DateInvalid.
base::Result<base::Date> date_member(const base::Json& body, const char* key);
/// The same, but nullopt when absent.
base::Result<std::optional<base::Date>> optional_date_member(const base::Json& body, const char* key);
/// The list of texts `key`. Fails with RequestMalformed when it is absent, longer than 100, or holds anything else.
base::Result<std::vector<std::string>> texts_member(const base::Json& body, const char* key);
/// The whole number `key`, or 0 when absent. Fails with RequestMalformed.
base::Result<std::int64_t> optional_number_member(const base::Json& body, const char* key);
/// The flag `key`, or `otherwise` when absent. Fails with RequestMalformed.
base::Result<bool> flag_member(const base::Json& body, const char* key, bool otherwise);
/// A segment of the path as a whole number. Fails with RequestMalformed.
base::Result<std::int64_t> number_in_path(const std::string& segment);
/// The version in `If-Match: "3"`. Fails with VersionMissing or RequestMalformed.
base::Result<std::int64_t> version_of(const Request& request);

}  // namespace zeren::http
