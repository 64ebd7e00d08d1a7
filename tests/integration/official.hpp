// Somebody at a desk: a session with the server, whose every answer is held against the contract.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "http/message.hpp"
#include "integration/contract.hpp"
#include "integration/http_client.hpp"

namespace zeren::integration {

struct Answer {
  int status = 0;  ///< 0: no answer came
  base::Json body;
  http::Headers headers;
  std::string text = {};  ///< the body as it came: files are no JSON
};

/// What a change brings along besides its body.
struct With {
  std::optional<std::int64_t> version = std::nullopt;  ///< If-Match
  std::optional<std::string> key = std::nullopt;       ///< Idempotency-Key; else a fresh one, "" for none
  std::string language = "en";
};

/// A request as `method target`, with a JSON body unless `body` is null.
http::Request request_of(const std::string& method, const std::string& target,
                         const base::Json& body = nullptr);

/// Sends `request` and expects an answer that the contract allows.
Answer ask(const HttpClient& client, const Contract& contract, const http::Request& request);

class Official final {
 public:
  /// `contract` must outlive the official.
  Official(HttpClient client, const Contract& contract, std::string token)
      : client_(std::move(client)), contract_(&contract), token_(std::move(token)) {}

  /// Opens a session; expects it to succeed.
  static Official sign_in(const HttpClient& client, const Contract& contract,
                          const std::string& account, const std::string& password);

  // Any thread.
  Answer get(const std::string& target, const std::string& language = "en") const;
  Answer post(const std::string& target, const base::Json& body, const With& with = {}) const;
  Answer put(const std::string& target, const base::Json& body, const With& with = {}) const;
  Answer remove(const std::string& target) const;

  const std::string& token() const { return token_; }

 private:
  Answer send(http::Request request, const With& with) const;

  HttpClient client_;
  const Contract* contract_;
  std::string token_;
};

}  // namespace zeren::integration
