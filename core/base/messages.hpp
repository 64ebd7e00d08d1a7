// Renders errors for people, in Chinese or English. The catalogues are compiled in.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace zeren::base {

enum class Language { English, Chinese };

/// The language of a tag such as `zh-CN`, of LANG or, by its weights, of an Accept-Language header; else English.
Language language_of(std::string_view tag);

/// One sentence that names the thing, and what to do about it. The place (file:line:column) comes first
/// when it is known; causes are not included.
std::string text_of(const Error& error, Language language = Language::English);

/// text_of(), then each cause indented beneath, to any depth.
std::string report_of(const Error& error, Language language = Language::English);

}  // namespace zeren::base
