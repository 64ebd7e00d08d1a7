#include "integration/contract.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/invariant.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using valijson::adapters::NlohmannJsonAdapter;

Json scalar(const YAML::Node& node) {
  const bool quoted = node.Tag() == "!";
  std::int64_t number = 0;
  bool truth = false;
  if (!quoted && YAML::convert<std::int64_t>::decode(node, number)) return number;
  if (!quoted && YAML::convert<bool>::decode(node, truth)) return truth;
  return node.Scalar();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the document
Json to_json(const YAML::Node& node) {
  if (node.IsMap()) {
    auto json = Json::object();
    for (const auto& item : node) {
      EXPECT_FALSE(json.contains(item.first.Scalar())) << "twice in openapi.yaml: " << item.first.Scalar();
      json[item.first.Scalar()] = to_json(item.second);
    }
    return json;
  }
  if (node.IsSequence()) {
    auto json = Json::array();
    for (const auto& item : node) json.push_back(to_json(item));
    return json;
  }
  return node.IsScalar() ? scalar(node) : Json();
}

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 1; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    parts.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// How many segments stand literally; -1 when the template does not fit.
int fit(const std::string& pattern, const std::string& path) {
  const auto wanted = segments(pattern);
  const auto found = segments(path);
  if (wanted.size() != found.size()) return -1;
  int literal = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) continue;
    if (wanted[i] != found[i]) return -1;
    ++literal;
  }
  return literal;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string describe(valijson::ValidationResults& results) {
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const auto& part : error.context) text += part;
    text += ": " + error.description + "; ";
  }
  return text;
}

}  // namespace

// Compiled on first use.
struct Contract::Schemas {
  std::mutex mutex;  // guards compiled
  std::map<std::string, std::unique_ptr<valijson::Schema>> compiled;

  const valijson::Schema& of(const Json& schema, const Json& components) {
    const std::lock_guard lock(mutex);
    auto& known = compiled[schema.dump()];
    if (!known) {
      known = std::make_unique<valijson::Schema>();
      // References are looked up from the root of what is compiled.
      const Json root{{"allOf", Json::array({schema})}, {"components", components}};
      valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
      parser.populateSchema(NlohmannJsonAdapter(root), *known);
    }
    return *known;
  }
};

Contract::Contract()
    : document_(to_json(YAML::LoadFile(ZEREN_SOURCE_DIR "/docs/api/openapi.yaml"))),
      schemas_(std::make_unique<Schemas>()) {}

Contract::~Contract() = default;

std::set<std::string> Contract::operations() const {
  std::set<std::string> found;
  for (const auto& [pattern, item] : document_.at("paths").items()) {
    const auto path = std::regex_replace(pattern, std::regex("\\{[a-z]+\\}"), "*");
    for (const auto& [method, operation] : item.items()) {
      if (method == "parameters") continue;
      auto name = method;
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      found.insert(name + " " + path);
    }
  }
  return found;
}

std::map<std::string, std::set<std::string>> Contract::bodies() const {
  std::map<std::string, std::set<std::string>> found;
  for (const auto& operation : operations()) {
    const auto space = operation.find(' ');
    const auto* const described = this->operation(operation.substr(0, space), operation.substr(space + 1));
    const Json::json_pointer schema("/requestBody/content/application~1json/schema");
    if (described == nullptr || !described->contains(schema)) continue;
    auto& members = found[operation];
    const auto properties = resolved(described->at(schema)).value("properties", Json::object());
    for (const auto& [name, property] : properties.items()) members.insert(name);
  }
  return found;
}

std::map<std::string, std::set<std::string>> Contract::parameters() const {
  std::map<std::string, std::set<std::string>> found;
  for (const auto& name : operations()) {
    const auto space = name.find(' ');
    const auto* const described = operation(name.substr(0, space), name.substr(space + 1));
    auto& parameters = found[name];
    if (described == nullptr) continue;
    for (const auto& one : described->value("parameters", Json::array())) {
      const auto& parameter = resolved(one);
      if (parameter.at("in") == "query") parameters.insert(parameter.at("name"));
    }
  }
  return found;
}

const Json* Contract::operation(const std::string& method, const std::string& target) const {
  const auto path = target.substr(0, target.find('?'));
  const Json* best = nullptr;
  int most = -1;
  for (const auto& [pattern, item] : document_.at("paths").items()) {
    const int literal = fit(pattern, path);
    if (literal <= most || !item.contains(lower(method))) continue;
    most = literal;
    best = &item.at(lower(method));
  }
  return best;
}

const Json& Contract::resolved(const Json& node) const {
  if (!node.contains("$ref")) return node;
  return document_.at(Json::json_pointer(node.at("$ref").get<std::string>().substr(1)));
}

std::string Contract::fault_of(const std::string& method, const std::string& target,
                               const http::Response& response) const {
  const auto* const found = operation(method, target);
  const auto place = method + " " + target + " → " + std::to_string(response.status) + ": ";
  if (found == nullptr) return place + "no such operation";
  const auto& responses = found->at("responses");
  const auto status = std::to_string(response.status);
  if (!responses.contains(status)) return place + "no such status; " + response.body;
  const auto& promised = resolved(responses.at(status));
  auto fault = fault_of_headers(promised, response);
  if (fault.empty()) fault = fault_of_body(promised, response);
  return fault.empty() ? fault : place + fault + " in " + response.body;
}

std::string Contract::fault_of_headers(const Json& promised, const http::Response& response) const {
  const auto headers = promised.value("headers", Json::object());
  for (const auto& [name, node] : headers.items()) {
    const auto& header = resolved(node);
    const std::string value(http::header(response.headers, lower(name)));
    if (value.empty() && header.value("required", false)) return "no header " + name;
    const std::regex pattern(header.at("schema").value("pattern", ".*"));
    if (!std::regex_search(value, pattern)) return "header " + name + " is " + value;
  }
  return {};
}

std::string Contract::fault_of_body(const Json& promised, const http::Response& response) const {
  const std::string type(http::header(response.headers, "content-type"));
  const auto& content = promised.at("content");
  if (!content.contains(type)) return "content type " + type;
  // Texts and files are held against their schema as strings.
  const bool json = type == "application/json" || type == "application/problem+json";
  const auto body = json ? base::parse_json(response.body, "answer") : base::Result<Json>(response.body);
  if (!body) return "not JSON";
  valijson::Validator validator;
  valijson::ValidationResults results;
  const auto& schema =
      schemas_->of(content.at(type).at("schema"), document_.at("components"));
  if (validator.validate(schema, NlohmannJsonAdapter(*body), &results)) return {};
  return describe(results);
}

std::string Contract::fault_of_problem(const http::Response& response) const {
  return fault_of_body(document_.at("components").at("responses").at("Refused"), response);
}

}  // namespace zeren::integration
