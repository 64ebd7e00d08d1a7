#include "app/host_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::app {
namespace {

using base::Code;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class HostSettingsTest : public testing::Test {
 protected:
  base::Result<HostSettings> read(const std::string& text) const {
    EXPECT_TRUE(base::write_file(file_, text).has_value());
    return read_host_settings(file_);
  }

  fixtures::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "settings.json";
};

TEST_F(HostSettingsTest, WithoutAFileNothingIsSentAnywhere) {
  const auto settings = read_host_settings(file_);
  ASSERT_TRUE(settings.has_value());
  EXPECT_THAT(settings->webhooks.allow, IsEmpty());
  EXPECT_EQ(settings->retry.attempts, 8);
}

TEST_F(HostSettingsTest, ReadsWhatItNamesAndLeavesTheRest) {
  const auto settings = read(R"({"webhooks": {"allow": ["10.0.0.0/8"]}, // inside
                                 "retry": {"attempts": 3}})");
  ASSERT_TRUE(settings.has_value());
  EXPECT_THAT(settings->webhooks.allow, ElementsAre("10.0.0.0/8"));
  EXPECT_EQ(settings->retry.attempts, 3);
  EXPECT_EQ(settings->retry.first, std::chrono::seconds(5));
}

TEST_F(HostSettingsTest, NamesTheMemberAndLineThatIsWrong) {
  for (const auto* text : {R"({"retry": {"attempts": 0}})", R"({"retry": {"attempts": "3"}})",
                           R"({"retry": {"tries": 3}})", R"({"webhook": {"allow": []}})", R"({"webhooks": []})",
                           R"({"webhooks": {"allow": "x"}})", R"({"webhooks": {"allow": [""]}})", "[]"}) {
    const auto settings = read(text);
    ASSERT_FALSE(settings.has_value()) << text;
    EXPECT_EQ(settings.error().code, Code::ConfigInvalid) << text;
    EXPECT_THAT(base::text_of(settings.error()), HasSubstr("settings.json"));
  }
}

}  // namespace
}  // namespace zeren::app
