// The document describes the server, and nothing but the server; and the judge is not blind.
#include "integration/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/body_members.hpp"
#include "http/query_parameters.hpp"
#include "http/router.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

http::Response answer(int status, const std::string& body,
                      const std::string& type = "application/json") {
  return {status, {{"content-type", type}}, body};
}

TEST(ContractTest, DescribesEveryRouteAndNoOther) {
  std::set<std::string> routes;
  for (const auto& route : http::all_routes()) {
    std::string path = route.method + " ";
    for (const auto& segment : route.path) path += "/" + segment;
    routes.insert(path);
  }
  EXPECT_EQ(Contract().operations(), routes);
}

TEST(ContractTest, DescribesTheMembersOfEveryBodyAndNoOther) {
  for (const auto& [operation, members] : Contract().bodies()) {
    const auto* known = http::members_of(operation);
    ASSERT_NE(known, nullptr) << operation << " is missing in core/http/body_members.cpp";
    EXPECT_EQ(*known, members) << operation;
  }
}

TEST(ContractTest, DescribesTheParametersOfEveryQueryAndNoOther) {
  for (const auto& [operation, parameters] : Contract().parameters()) {
    EXPECT_EQ(http::parameters_of(operation), parameters) << operation << ": core/http/query_parameters.cpp";
  }
}

TEST(ContractTest, AcceptsWhatIsPromised) {
  const Contract contract;
  EXPECT_THAT(contract.fault_of("GET", "/api/v1/units", answer(200, R"({"items":[],"next":null})")), IsEmpty());
}

TEST(ContractTest, FindsWhatIsNotPromised) {
  const Contract contract;
  const auto units = [&](const http::Response& response) {
    return contract.fault_of("GET", "/api/v1/units", response);
  };
  EXPECT_THAT(units(answer(200, R"({"items":[{"code":"a"}]})")), HasSubstr("required"));
  EXPECT_THAT(units(answer(200, R"({"items":[],"next":null,"more":1})")), HasSubstr("additional"));
  EXPECT_THAT(units(answer(200, "{")), HasSubstr("not JSON"));
  EXPECT_THAT(units(answer(200, "{}", "text/plain")), HasSubstr("content type"));
  EXPECT_THAT(units(answer(418, "{}")), HasSubstr("no such status"));
  EXPECT_THAT(contract.fault_of("PUT", "/api/v1/units", answer(200, "{}")),
              HasSubstr("no such operation"));
  EXPECT_THAT(contract.fault_of("GET", "/api/v1/records/x", answer(200, "{}")),
              HasSubstr("no header ETag"));
}

}  // namespace
}  // namespace zeren::integration
