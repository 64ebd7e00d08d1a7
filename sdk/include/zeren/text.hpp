// A text in both languages of the product, as people read it on screens and in documents.
#pragma once

#include <string>
#include <utility>

#include "zeren/result.hpp"

namespace zeren {

struct Text {
  std::string en;
  std::string zh_cn;
  bool operator==(const Text&) const = default;
};

/// `{"en": …, "zh-CN": …}`, the form that every interface expects.
inline Json to_json(const Text& text) { return {{"en", text.en}, {"zh-CN", text.zh_cn}}; }

}  // namespace zeren
