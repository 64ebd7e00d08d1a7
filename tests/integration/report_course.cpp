#include "integration/report_course.hpp"

#include <gtest/gtest.h>

namespace zeren::integration {

using base::Json;

namespace {

std::string path_of(const std::string& record) { return "/api/v1/records/" + record; }

std::int64_t version_of(const Official& official, const std::string& record) {
  return record_of(official, record).value("version", std::int64_t{0});
}

}  // namespace

Json obligation_of(const Official& official, const std::string& unit, const std::string& period) {
  const auto list = official.get("/api/v1/obligations?unit=" + unit + "&period=" + period);
  EXPECT_EQ(list.status, 200);
  const auto items = list.body.value("items", Json::array());
  // A unit owes more than its January report; hearings and the report at the end of the year have tests of their own.
  for (const auto& item : items) {
    if (item.at("rule") == "DR1" || item.at("rule") == "DR2") return item;
  }
  return {};
}

Json complete_content() {
  return {{"arrangements", "部署"},      {"fulfilment", "落实"}, {"problems", "问题"},
          {"rectification", "整改"},     {"next_steps", "打算"}, {"problems_found", 3},
          {"problems_rectified", 2}};
}

Json record_of(const Official& official, const std::string& record) {
  const auto answer = official.get(path_of(record));
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.body;
}

std::string draft_report(const Official& clerk, const std::string& unit, const std::string& period,
                         const Json& content) {
  const auto obligation = obligation_of(clerk, unit, period);
  const auto made = clerk.post("/api/v1/records", {{"obligation", obligation.value("id", "")},
                                                   {"content", content}});
  EXPECT_EQ(made.status, 201) << made.body;
  return made.body.value("id", "");
}

Answer take_step(const Official& official, const std::string& record, const std::string& step,
                 const std::string& reason) {
  return official.post(path_of(record) + "/steps/" + step, {{"reason", reason}},
                       {version_of(official, record)});
}

Answer edit(const Official& official, const std::string& record, const Json& content) {
  return official.put(path_of(record) + "/content", {{"content", content}},
                      {version_of(official, record)});
}

Json leg_to(const Official& official, const std::string& record, const std::string& recipient) {
  const auto rounds = record_of(official, record).value("rounds", Json::array());
  if (!rounds.empty()) {
    for (const auto& leg : rounds.back().at("legs")) {
      if (leg.at("recipient").at("code") == recipient) return leg;
    }
  }
  ADD_FAILURE() << "nothing was sent to " << recipient;
  return Json::object();
}

Answer answer_leg(const Official& registrar, const std::string& record,
                  const std::string& recipient, const std::string& step,
                  const std::string& reason) {
  const auto leg = leg_to(registrar, record, recipient).value("id", "");
  return registrar.post(path_of(record) + "/legs/" + leg + "/steps/" + step, {{"reason", reason}});
}

}  // namespace zeren::integration
