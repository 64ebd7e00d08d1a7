// A file compiled into the binary by zeren_embed().
#pragma once

#include <span>
#include <string_view>

namespace zeren::base {

struct EmbeddedFile {
  std::string_view name;  ///< without folders
  std::string_view text;
};

}  // namespace zeren::base
