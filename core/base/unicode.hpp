// What UTF-8 text is made of, as ICU knows it: whether anything of it can be seen, how wide it is on a
// terminal, and its reading from GB18030, in which spreadsheets here still write.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace zeren::base {

/// Whether `text` is valid UTF-8. Any thread.
bool is_utf8(std::string_view text);

/// How many bytes at the beginning of `text` are valid UTF-8: all of them, or those before what is not. Any thread.
std::size_t valid_utf8_in(std::string_view text);

/// Whether nothing in `text` can be seen: empty, or white space (U+3000 included) and invisible format
/// characters only. Any thread.
bool is_blank(std::string_view text);

/// The first character of `text`, as `U+202E`, that makes it show as something else than it is: controls other than the
/// line feed and the tab, and the marks that turn the writing direction; nullopt for none. Any thread.
std::optional<std::string> hidden_control_in(std::string_view text);

/// `text` without white space (U+3000 included) at both ends. Any thread.
std::string trimmed(std::string_view text);

/// The number of characters (code points). Any thread.
std::size_t length_of(std::string_view text);

/// The columns that a terminal gives to `text`: two for East Asian wide characters (UAX #11), none for
/// combining marks and controls. Any thread.
std::size_t width_of(std::string_view text);

/// `bytes` read as GB18030-2005 in UTF-8; empty when they are not (or when there are none). Any thread.
std::string from_gb18030(std::string_view bytes);

}  // namespace zeren::base
