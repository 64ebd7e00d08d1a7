// What commands do all alike: ask for a list and print it as the reader wants it, ask for one thing, send a change.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "cli/context.hpp"
#include "org/code_tables.hpp"

namespace zeren::cli {

/// A column of a list: its head in both languages, and where an item holds its cell (RFC 6901). A text in two
/// languages is shown in the reader's, a list as its members (their `key`, if they are objects), nothing for null.
struct Column {
  const char* english;
  const char* chinese;
  const char* pointer;
  /// Of a cell that holds a code: what it is called in Chinese. In English the code is word enough.
  org::CodeTable (*codes)() = nullptr;
};

using Columns = std::vector<Column>;

/// Query parameters; those without a value are left out.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// `path?name=value&…`, percent-encoded.
std::string with_query(const std::string& path, const Parameters& parameters);

/// A value as it stands in a cell, as Column says.
std::string cell_text(const base::Json& value, base::Language reader);

/// Prints `list` in the format of `context`: its `items` under `columns`, or as it is. What the list says it leaves
/// out goes to standard error.
void print_list(const Context& context, const base::Json& list, const Columns& columns);

/// The same with rows that are made already, the first being the head; `answer` is what JSON prints.
void print_rows(const Context& context, const base::Json& answer,
                const std::vector<std::vector<std::string>>& rows);

/// Asks for all pages of the list at `target` and prints them. Fails as Gateway::list().
base::Result<void> show_list(const Context& context, const std::string& target, const Columns& columns);

/// Prints the records that the reader may see, newest first, narrowed by parameters of the list. Fails as
/// Gateway::list().
base::Result<void> show_records(const Context& context, const Parameters& narrowed);

/// Prints the answer at `target`. Fails as Gateway::get().
base::Result<void> show_one(const Context& context, const std::string& target);

/// Posts and prints the answer. Fails as Gateway::post().
base::Result<void> send(const Context& context, const std::string& target, const base::Json& body);

}  // namespace zeren::cli
