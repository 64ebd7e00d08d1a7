// The forms of texts that the validator of schemas does not check itself: patterns, dates, codes of a catalogue.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "org/organisation.hpp"
#include "records/catalogue.hpp"

namespace re2 {
class RE2;
}

namespace zeren::records {

/// A civil date; the code of a unit, of a person.
enum class FieldFormat : std::uint8_t { None, Date, Unit, Person };

/// What the text at `path` must be like; any of the three may be asked.
struct FieldForm {
  std::vector<std::string> path;  ///< names of properties; "*" stands for the items of a list
  std::string title;              ///< of the field
  std::shared_ptr<const re2::RE2> pattern = nullptr;
  FieldFormat format = FieldFormat::None;
  std::string catalogue = {};
};

/// Where codes are looked up.
struct CodesKnown {
  const Catalogues* catalogues = nullptr;          ///< null, or without the catalogue: any code will do
  const org::Organisation* organisation = nullptr;  ///< null: any unit and any person will do
  base::Date today = {};
  bool standing = true;  ///< units must stand today; false: what was written long ago may name one that ended
};

/// Moves every `pattern`, `format` and `catalogue` out of `schema`. Fails with ManifestSchema. Any thread.
base::Result<std::vector<FieldForm>> take_forms(base::Json& schema);

/// Adds a fault for each text of `content` that has not its form, with the codes most like one that is not known. Any
/// thread.
void check_forms(const std::vector<FieldForm>& forms, const base::Json& content, const CodesKnown& known,
                 std::vector<base::Error>& faults);

}  // namespace zeren::records
