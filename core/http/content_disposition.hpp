// The name of a file in a header (RFC 6266, RFC 8187): a header, and not the path, because paths are written into the
// logs of whatever stands between.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zeren::http {

/// `filename*=UTF-8''…` of the header, else its `filename="…"`; nullopt when it has neither or is malformed. Any bytes
/// may come out. Any thread.
std::optional<std::string> filename_in(std::string_view header);

/// `attachment; filename="…"; filename*=UTF-8''…`: the first for clients that know ASCII only. Any thread.
std::string as_attachment(std::string_view filename);

}  // namespace zeren::http
