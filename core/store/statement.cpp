#include "store/statement.hpp"

#include <utility>

namespace zeren::store {

Statement& Statement::text(std::string_view piece) {
  sql_ += piece;
  return *this;
}

Statement& Statement::value(Value value) {
  params_.push_back(std::move(value));
  sql_ += ":" + std::to_string(params_.size());
  return *this;
}

Statement& Statement::assignments(const Columns& columns, std::string_view separator) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text(i == 0 ? "" : separator).text(columns[i].first).text(" = ").value(columns[i].second);
  }
  return *this;
}

Statement& Statement::list(const std::vector<Value>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) text(i == 0 ? "(" : ", ").value(values[i]);
  return text(")");
}

}  // namespace zeren::store
