// What is wrong with a text from outside, said in both languages, before it is known which error it becomes.
#pragma once

#include <map>
#include <string>

#include "base/error.hpp"

namespace zeren::documents {

struct Fault {
  int line = 0;  ///< from 1; 0 is unknown
  std::string en;
  std::string zh;
};

/// `{reason}` of an error's sentence, in both languages, beside `args`.
inline std::map<std::string, std::string> reason_of(const Fault& fault,
                                                    std::map<std::string, std::string> args = {}) {
  args["reason"] = fault.en;
  args["reason.zh-CN"] = fault.zh;
  return args;
}

/// The fault of the template `file`.
inline tl::unexpected<base::Error> template_fault(const Fault& fault, const std::string& file) {
  return base::fail(base::Code::TemplateInvalid, reason_of(fault), {file, fault.line, 0, {}});
}

}  // namespace zeren::documents
