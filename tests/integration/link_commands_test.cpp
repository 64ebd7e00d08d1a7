// Free records, links, catalogues and records of several obligations from the command line, against a running server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/report_course.hpp"
#include "integration/server_process.hpp"
#include "unit/modules/fixture_package.hpp"
#include "unit/records/further_reports.hpp"
#include "unit/records/task_lists.hpp"

namespace zeren::integration {
namespace {

namespace fs = std::filesystem;
using base::Json;
using testing::HasSubstr;
using testing::SizeIs;

class LinkCommandsTest : public testing::Test {
 protected:
  static constexpr auto kDrafter = "qinglan-finance-clerk";

  void introduce(const std::string& id, const Json& manifest) {
    modules::FixturePackage package(id);
    package.manifest = manifest;
    const auto verified = package.pack();
    fs::copy(verified.dir(), packages_ / id, fs::copy_options::recursive);
    const auto enabled = zeren(data_, {"module", "enable", id, "--issuer", "qinglan", "--from", year() + "-01-01"});
    ASSERT_EQ(enabled.status, 0) << enabled.err;
    const auto derived = zeren(data_, {"derive", "--from", year() + "-01-01", "--to", year(1) + "-01-01"});
    ASSERT_EQ(derived.status, 0) << derived.err;
  }

  /// Signs in first, the first time that `account` does anything.
  Outcome as(const std::string& account, std::vector<std::string> arguments) const {
    const auto session = (folder_ / (account + ".token")).string();
    if (!fs::exists(session)) {
      const auto opened = zeren(data_, {"--session", session, "sign-in", account}, passwords_.at(account) + "\n");
      EXPECT_EQ(opened.status, 0) << opened.err;
    }
    arguments.insert(arguments.begin(), {"--session", session});
    return zeren(data_, std::move(arguments));
  }
  Json told(std::vector<std::string> arguments, const std::string& account = kDrafter) const {
    const auto done = as(account, std::move(arguments));
    EXPECT_EQ(done.status, 0) << done.err;
    return base::parse_json(done.out, "output").value_or(Json::object());
  }
  std::string written(const Json& content) const {
    const auto file = folder_ / "content.json";
    EXPECT_TRUE(base::write_file(file, content.dump()).has_value());
    return file.string();
  }
  std::string draft(const std::string& type, const Json& content) const {
    return told({"record", "draft", "--module", "lists", "--type", type, "--unit", "qinglan-finance", "--content",
                 written(content)})
        .value("id", "");
  }
  void step(const std::string& record, const std::string& key, const std::string& account = kDrafter) const {
    told({"record", "step", record, key}, account);
  }

  fixtures::TempFolder folder_;
  fs::path data_ = folder_ / "data";
  fs::path packages_ = [this] {
    fs::copy(ZEREN_BINARY_DIR "/modules", folder_ / "packages", fs::copy_options::recursive);
    return folder_ / "packages";
  }();
  std::map<std::string, std::string> passwords_ = set_up_demo(data_, packages_);
};

TEST_F(LinkCommandsTest, DraftFreelyLinkProposeConfirmAndTakeBack) {
  const ServerProcess server(data_);
  introduce("lists", fixtures::task_list_manifest());
  const auto list = draft("list", {{"title", "清单"}});
  step(list, "adopt");
  const auto items = told({"record", "links", list}).at("in");
  ASSERT_THAT(items, SizeIs(2));
  const auto item = items[0].at("record").value("id", "");
  const auto activity = draft("activity", {{"title", "部署会"}});
  EXPECT_NE(as(kDrafter, {"record", "step", item, "verify"}).status, 0);
  told({"record", "link", item, "evidence", activity, "--propose"});
  std::string link;
  const auto proposed = told({"record", "links", item}).at("out");
  for (const auto& each : proposed) {
    if (each.at("kind") == "evidence") link = each.value("id", "");
  }
  told({"record", "confirm-link", item, link});
  EXPECT_EQ(told({"record", "links", activity}).at("used_in"), 1);
  EXPECT_NE(as(kDrafter, {"record", "unlink", item, link}).status, 0) << "a confirmed link is taken back with a reason";
  told({"record", "unlink", item, link, "--reason", "有误"});
  EXPECT_EQ(told({"record", "links", activity}).at("used_in"), 0);
  EXPECT_THAT(as(kDrafter, {"catalogue", "lists", "items", "--unit", "qinglan-finance"}).out, HasSubstr("T02"));
  EXPECT_THAT(as(kDrafter, {"catalogue", "lists"}).out, HasSubstr("T01"));
  EXPECT_THAT(as(kDrafter, {"catalogue", "lists", "none"}).err, HasSubstr("items"));
}

TEST_F(LinkCommandsTest, UseOneReportForASecondObligationAndTakeItBack) {
  const ServerProcess server(data_);
  introduce("reports", fixtures::further_reports_manifest());
  const auto owed = [&](const std::string& rule) {
    const auto list = told({"obligations", "--json", "--module", "reports", "--unit", "qinglan-finance", "--period",
                            year(-1)});
    for (const auto& item : list.at("items")) {
      if (item.at("rule") == rule) return item;
    }
    return Json::object();
  };
  const auto record = told({"record", "draft", "--content", written(complete_content()), "--",
                            owed("DR1").value("id", "")})
                          .value("id", "");
  const auto summary = owed("SUMMARY").value("id", "");
  EXPECT_THAT(as(kDrafter, {"record", "reuse", record, summary}).err, HasSubstr("superior_committee"));
  step(record, "submit");
  step(record, "approve", "qinglan-finance-principal");
  told({"record", "reuse", record, summary});
  EXPECT_EQ(owed("SUMMARY").at("record"), record);
  told({"record", "end-reuse", summary, "--reason", "误用"});
  EXPECT_TRUE(owed("SUMMARY").at("record").is_null());
  expect_sound(data_);
}

}  // namespace
}  // namespace zeren::integration
