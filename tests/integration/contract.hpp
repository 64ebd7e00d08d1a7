// docs/api/openapi.yaml as a judge: what the server answers must be what the document promises.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/json.hpp"
#include "http/message.hpp"

namespace zeren::integration {

class Contract final {
 public:
  /// Reads the document; ends the process when it cannot be read.
  Contract();
  Contract(const Contract&) = delete;
  Contract& operator=(const Contract&) = delete;
  ~Contract();

  /// Every operation as `POST /api/v1/records/*`.
  std::set<std::string> operations() const;

  /// The members of the JSON body of each operation that has one, by the names of operations().
  std::map<std::string, std::set<std::string>> bodies() const;

  /// The parameters in the query of each operation, by the names of operations().
  std::map<std::string, std::set<std::string>> parameters() const;

  /// Why the answer to `method target` is not as promised: an operation or status that the document does
  /// not have, a missing header, another content type or shape. Empty when all is well. Any thread.
  std::string fault_of(const std::string& method, const std::string& target,
                       const http::Response& response) const;

  /// The same for an answer to a path or method that no operation has: it must be a problem detail.
  std::string fault_of_problem(const http::Response& response) const;

 private:
  struct Schemas;

  const base::Json* operation(const std::string& method, const std::string& target) const;
  const base::Json& resolved(const base::Json& node) const;
  std::string fault_of_headers(const base::Json& promised, const http::Response& response) const;
  std::string fault_of_body(const base::Json& promised, const http::Response& response) const;

  base::Json document_;
  std::unique_ptr<Schemas> schemas_;
};

}  // namespace zeren::integration
