// Something to hand out, in memory.
#pragma once

#include <string>

namespace zeren::documents {

struct File {
  std::string name;  ///< with its extension; for people
  std::string media_type;
  std::string bytes;
};

inline constexpr const char* kHtml = "text/html; charset=utf-8";
inline constexpr const char* kPdf = "application/pdf";
inline constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
inline constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr const char* kCsv = "text/csv; charset=utf-8";

}  // namespace zeren::documents
