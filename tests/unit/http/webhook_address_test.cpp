#include "http/webhook_address.hpp"

#include <gtest/gtest.h>

namespace zeren::http {
namespace {

using base::Code;

bool listed(const std::string& url, const std::vector<std::string>& allow) {
  app::WebhookPolicy policy;
  policy.allow = allow;
  return check_listed(*WebhookUrl::parse(url), url, policy).has_value();
}

bool reaches(const std::string& address, const std::vector<std::string>& allow = {}) {
  app::WebhookPolicy policy;
  policy.allow = allow;
  return may_connect(address, 443, policy);
}

TEST(WebhookUrlTest, ReadsWhatItIsMadeOf) {
  const auto url = *WebhookUrl::parse("https://Hooks.Example.cn:8443/a?b=c");
  EXPECT_TRUE(url.tls);
  EXPECT_EQ(url.host, "hooks.example.cn");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.target, "/a?b=c");
  EXPECT_EQ(WebhookUrl::parse("http://[::1]")->host, "::1");
  EXPECT_EQ(WebhookUrl::parse("http://a?x")->target, "/?x");
}

TEST(WebhookUrlTest, RefusesWhatCouldBeReadInTwoWays) {
  for (const auto* text : {"", "example.cn", "file:///etc/passwd", "http://", "http://user@example.cn/",
                           "http://a:b@example.cn/", "http://example.cn:0/", "http://example.cn:65536/",
                           "http://example.cn/#x", "http://exa mple.cn/", "http://example.cn\\@10.0.0.1/",
                           "http://[::1", "http://a/\r\nx: y"}) {
    const auto url = WebhookUrl::parse(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_EQ(url.error().code, Code::RequestMalformed);
  }
}

TEST(WebhookAddressTest, NobodyIsListedUnlessTheOperatorSaysSo) {
  EXPECT_FALSE(listed("https://hooks.example.cn/", {}));
  EXPECT_TRUE(listed("https://hooks.example.cn/", {"hooks.example.cn"}));
  EXPECT_TRUE(listed("https://hooks.example.cn/", {"Hooks.Example.cn:443"}));
  EXPECT_FALSE(listed("https://hooks.example.cn:8443/", {"hooks.example.cn:443"}));
  EXPECT_FALSE(listed("https://x.hooks.example.cn/", {"hooks.example.cn"}));
  EXPECT_TRUE(listed("http://10.1.2.3:9000/", {"10.0.0.0/8"}));
  EXPECT_FALSE(listed("http://11.1.2.3:9000/", {"10.0.0.0/8"}));
  EXPECT_TRUE(listed("http://[::ffff:10.1.2.3]/", {"10.0.0.0/8"}));
  EXPECT_FALSE(listed("http://10.1.2.3:9001/", {"10.1.2.3:9000"}));
}

TEST(WebhookAddressTest, AListedNameLeadsToPublicAddressesOnly) {
  const std::vector<std::string> names{"hooks.example.cn"};
  for (const auto* address : {"127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
                              "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
                              "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1"}) {
    EXPECT_FALSE(reaches(address, names)) << address;
  }
  EXPECT_TRUE(reaches("93.184.216.34", names));
  EXPECT_TRUE(reaches("2400:3200::1", names));
}

TEST(WebhookAddressTest, ANetworkInTheListOpensThatNetworkAndNoOther) {
  EXPECT_TRUE(reaches("10.1.2.3", {"10.1.0.0/16"}));
  EXPECT_FALSE(reaches("10.2.2.3", {"10.1.0.0/16"}));
  EXPECT_TRUE(reaches("127.0.0.1", {"127.0.0.1:443"}));
  EXPECT_FALSE(reaches("127.0.0.1", {"127.0.0.1:80"}));
  EXPECT_FALSE(reaches("no address", {"0.0.0.0/0"}));
}

}  // namespace
}  // namespace zeren::http
