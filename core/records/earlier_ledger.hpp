// What was owed and done before a module was introduced, taken over from the ledgers that were kept then (domain E12).
// History proves what it says and nothing else: it has no light, is counted nowhere and reminds nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/civil_time.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "org/id.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::records {

/// A row that was taken over by mistake: out of the ledger, there for auditors.
struct Struck {
  base::Instant at;
  std::string by;  ///< account
  std::string reason;
};

/// A duty of then. Texts that are empty were not said.
struct HistoryRow {
  std::string id;
  std::int64_t version = 1;
  std::string import;       ///< that brought it
  std::int64_t number = 0;  ///< of the row in its file
  std::string module;
  std::string rule;   ///< of the module; empty when it had none like it, then there is a title
  std::string title;  ///< what it was called
  org::UnitId unit;   ///< as of then: it may have ended
  org::PersonId person;
  std::string period;
  base::Date due;
  std::optional<base::Date> done;  ///< nullopt: not done, or nobody knows
  std::string result;
  std::string doc_no;
  std::string remark;
  std::optional<Struck> struck = std::nullopt;

  /// What makes it the same duty, in whatever file it stands.
  std::tuple<std::string, std::string, std::string, std::string> key() const {
    return {unit.value, person.value, rule.empty() ? "title " + title : "rule " + rule, period};
  }

  /// Whether both say the same about the same duty.
  bool says_the_same(const HistoryRow& other) const;
};

/// One file that was taken over.
struct HistoryImport {
  std::string id;
  std::string module;
  std::string file;    ///< its name
  std::string digest;  ///< base64 SHA-256 of its bytes
  std::int64_t rows = 0;
  std::string by;  ///< account
  base::Instant at;
};

/// The rows that stand, of one module or (empty) of all. Fails as Session::query(). Blocks, as all below.
base::Result<std::vector<HistoryRow>> load_history(store::Session& session, const std::string& module);

/// The rows of one import in the order of its file, struck ones too. Fails as Session::query().
base::Result<std::vector<HistoryRow>> rows_of_import(store::Session& session, const std::string& import);

/// All imports, the oldest first. Fails as Session::query().
base::Result<std::vector<HistoryImport>> load_history_imports(store::Session& session);

/// What taking over `rows` as `import` writes. Any thread; does not block, nor does the next one.
std::vector<store::RowWrite> rows_to_write(const HistoryImport& import, const std::vector<HistoryRow>& rows);

/// What striking out `row` writes.
store::RowWrite strike_out(const HistoryRow& row, const Struck& struck);

/// Whether `text` is a period as obligations have them: 2024, 2024H1, 2024Q3, 2024B6 (two months), 2024-11.
bool is_period(std::string_view text);

}  // namespace zeren::records
