// SQL put together from pieces of ours and values of anybody's. A value only ever becomes a placeholder,
// numbered in the order in which the values were added.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/session.hpp"
#include "store/value.hpp"

namespace zeren::store {

class Statement final {
 public:
  explicit Statement(std::string_view sql = {}) : sql_(sql) {}

  Statement& text(std::string_view piece);
  Statement& value(Value value);
  /// `a = :1<separator>b = :2`
  Statement& assignments(const Columns& columns, std::string_view separator);
  /// `(:1, :2)`; `values` must not be empty.
  Statement& list(const std::vector<Value>& values);

  base::Result<void> run(Session& session) const { return session.execute(sql_, params_); }
  base::Result<Rows> rows(Session& session) const { return session.query(sql_, params_); }
  base::Result<std::optional<Row>> first(Session& session) const {
    return session.first(sql_, params_);
  }

 private:
  std::string sql_;
  std::vector<Value> params_;
};

}  // namespace zeren::store
