// The fields of a record type, compiled from the published subset of JSON Schema draft-07.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "base/json.hpp"
#include "records/field_forms.hpp"

namespace zeren::records {

/// Compiled once, used by any thread: one document costs a quarter of a millisecond to compile.
class ContentSchema final {
 public:
  /// `pattern` is taken out and run by RE2: Valijson would hand it to std::regex, which overflows the
  /// stack on long input. `format` and `catalogue` are ours. Fails with ManifestSchema, its `where.pointer` into
  /// `schema`.
  static base::Result<ContentSchema> compile(const base::Json& schema);

  /// Fails with RecordFieldInvalid: one error per bad field as causes, `where.pointer` naming it; and with TextHidden.
  /// Codes are looked up in `known`.
  base::Result<void> check(const base::Json& content, const CodesKnown& known = {}) const;

  /// Whether the schema declares the top-level field.
  bool has_field(const std::string& field) const;

  /// The first top-level field whose text is a code of that catalogue; empty: none.
  std::string field_of_catalogue(const std::string& catalogue) const;

  /// What the top-level field is called on a form; its key when the schema does not say.
  std::string title_of(const std::string& field) const;

 private:
  struct Compiled;
  explicit ContentSchema(std::shared_ptr<const Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;  // shared by the copies of a record type
};

}  // namespace zeren::records
