// Why the operating system did not do something, in both languages. It speaks English alone, or whatever the
// locale of the process is; our readers read theirs.
#pragma once

#include <map>
#include <string>
#include <system_error>

namespace zeren::base {

/// `args` with the system's reason under `reason` and `reason.zh-CN`, as the sentences of catalogues take it:
/// `fail(Code::FileUnwritable, with_reason({{"file", path}}, errno))`. Any thread.
std::map<std::string, std::string> with_reason(std::map<std::string, std::string> args,
                                               const std::error_code& failure);
std::map<std::string, std::string> with_reason(std::map<std::string, std::string> args, int error);

}  // namespace zeren::base
