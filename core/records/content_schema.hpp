// The fields of a record type, compiled from the published subset of JSON Schema draft-07.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::records {

/// Compiled once, used by any thread: one document costs a quarter of a millisecond to compile.
class ContentSchema final {
 public:
  /// `pattern` is taken out and run by RE2: Valijson would hand it to std::regex, which overflows the
  /// stack on long input. Fails with ManifestSchema, its `where.pointer` into `schema`.
  static base::Result<ContentSchema> compile(const base::Json& schema);

  /// Fails with RecordFieldInvalid: one error per bad field as causes, `where.pointer` naming it; and with TextHidden.
  base::Result<void> check(const base::Json& content) const;

  /// Whether the schema declares the top-level field.
  bool has_field(const std::string& field) const;

  /// What the top-level field is called on a form; its key when the schema does not say.
  std::string title_of(const std::string& field) const;

 private:
  struct Compiled;
  explicit ContentSchema(std::shared_ptr<const Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;  // shared by the copies of a record type
};

}  // namespace zeren::records
