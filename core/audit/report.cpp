#include "audit/report.hpp"

#include <utility>

namespace zeren::audit {

using base::Code;

void Report::altered(std::string what, std::string source) {
  add({Code::AuditAltered, {{"what", std::move(what)}, {"source", std::move(source)}}, {}, {}});
}

void Report::missing(std::string what, std::string source) {
  add({Code::AuditMissing, {{"what", std::move(what)}, {"source", std::move(source)}}, {}, {}});
}

void Report::unaccounted(std::string what) {
  add({Code::AuditUnaccounted, {{"what", std::move(what)}}, {}, {}});
}

void Report::add(base::Error finding) {
  ++problems;
  if (findings.size() < kMaxFindings) findings.push_back(std::move(finding));
}

}  // namespace zeren::audit
