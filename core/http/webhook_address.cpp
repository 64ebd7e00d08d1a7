#include "http/webhook_address.hpp"

#include <utility>  // Asio 1.74 uses std::exchange without it

#include <boost/asio/ip/address.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace zeren::http {
namespace {

namespace ip = boost::asio::ip;
using base::Code;
using base::Result;

tl::unexpected<base::Error> bad_url() {
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"url\" is an address such as https://hooks.example.cn/zeren"},
                     {"reason.zh-CN", "\"url\" 应为 https://hooks.example.cn/zeren 形式的地址"}},
                    {"", 0, 0, "/url"});
}

template <class T>
std::optional<T> number_in(std::string_view text) {
  T number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<ip::address> address_in(const std::string& text) {
  boost::system::error_code failure;
  const auto address = ip::make_address(text, failure);
  return failure ? std::nullopt : std::optional(address);
}

/// `host`, `host:port`, `1.2.3.4:port`, `[::1]:port`, `::1`.
struct HostAndPort {
  std::string host;
  std::optional<std::uint16_t> port;
};

std::optional<HostAndPort> split_host(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const auto end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == std::string_view::npos) return std::nullopt;
  const bool bare_v6 = !bracketed && std::count(text.begin(), text.end(), ':') > 1;
  if (bare_v6) return HostAndPort{lower(std::string(text)), std::nullopt};
  const auto host = bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  const auto rest = bracketed ? text.substr(end + 1) : text.substr(std::min(end, text.size()));
  HostAndPort both{lower(std::string(host)), std::nullopt};
  if (rest.empty()) return both;
  both.port = number_in<std::uint16_t>(rest.substr(1));
  if (rest.front() != ':' || !both.port || *both.port == 0) return std::nullopt;
  return both;
}

// The same bytes for ::ffff:10.0.0.1 and 10.0.0.1: a private address does not become public by being written longer.
ip::address_v6::bytes_type bytes_of(const ip::address& address) {
  if (address.is_v6()) return address.to_v6().to_bytes();
  return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

constexpr int kMappedBits = 96;

struct Network {
  ip::address_v6::bytes_type base;
  int bits;

  static std::optional<Network> parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = address_in(std::string(text.substr(0, slash)));
    if (!address) return std::nullopt;
    const int most = address->is_v4() ? 32 : 128;
    const auto bits =
        slash == std::string_view::npos ? std::optional(most) : number_in<int>(text.substr(slash + 1));
    if (!bits || *bits < 0 || *bits > most) return std::nullopt;
    return Network{bytes_of(*address), *bits + (address->is_v4() ? kMappedBits : 0)};
  }

  bool holds(const ip::address_v6::bytes_type& address) const {
    for (int bit = 0; bit < bits; ++bit) {
      const auto index = static_cast<std::size_t>(bit / 8);
      const auto mask = static_cast<unsigned char>(0x80U >> static_cast<unsigned>(bit % 8));
      if ((base.at(index) & mask) != (address.at(index) & mask)) return false;
    }
    return true;
  }
};

// Not for the public: RFC 6890 and its successors. 64:ff9b:: and 2002:: carry an IPv4 address inside.
constexpr std::array kSpecial = {
    "0.0.0.0/8",      "10.0.0.0/8",      "100.64.0.0/10",   "127.0.0.0/8",  "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",   "192.0.2.0/24",    "192.88.99.0/24",  "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4",     "240.0.0.0/4",     "::/96",        "64:ff9b::/96",   "64:ff9b:1::/48",
    "100::/64",       "2001::/23",       "2001:db8::/32",   "2002::/16",    "fc00::/7",       "fe80::/10",
    "fec0::/10",      "ff00::/8"};

bool is_public(const ip::address_v6::bytes_type& address) {
  return std::none_of(kSpecial.begin(), kSpecial.end(),
                      [&](const char* text) { return Network::parse(text)->holds(address); });
}

// Whether an entry of the list is an address or a network around `address`.
bool lists_address(const std::string& entry, const ip::address& address, std::uint16_t port) {
  if (const auto network = Network::parse(entry)) return network->holds(bytes_of(address));
  const auto both = split_host(entry);
  if (!both || (both->port && *both->port != port)) return false;
  const auto single = address_in(both->host);
  return single && bytes_of(*single) == bytes_of(address);
}

bool lists_name(const std::string& entry, const WebhookUrl& url) {
  const auto both = split_host(entry);
  return both && both->host == url.host && (!both->port || *both->port == url.port);
}

bool has_odd_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c >= 0x7f || c == '\\'; });
}

}  // namespace

Result<WebhookUrl> WebhookUrl::parse(const std::string& text) {
  constexpr std::string_view kPlain = "http://";
  constexpr std::string_view kTls = "https://";
  const bool tls = text.starts_with(kTls);
  if ((!tls && !text.starts_with(kPlain)) || has_odd_character(text)) return bad_url();
  const auto rest = std::string_view(text).substr((tls ? kTls : kPlain).size());
  const auto slash = std::min(rest.find_first_of("/?#"), rest.size());
  const auto both = split_host(rest.substr(0, slash));
  const bool sound = both && !both->host.empty() && both->host.find('@') == std::string::npos &&
                     rest.find('#') == std::string_view::npos;
  if (!sound) return bad_url();
  constexpr std::uint16_t kHttp = 80;
  constexpr std::uint16_t kHttps = 443;
  auto target = std::string(rest.substr(slash));
  if (!target.starts_with('/')) target.insert(0, "/");
  return WebhookUrl{tls, both->host, both->port.value_or(tls ? kHttps : kHttp), std::move(target)};
}

Result<void> check_listed(const WebhookUrl& url, const std::string& text, const app::WebhookPolicy& policy) {
  const auto address = address_in(url.host);
  const bool listed = std::any_of(policy.allow.begin(), policy.allow.end(), [&](const std::string& entry) {
    return lists_name(entry, url) || (address && lists_address(entry, *address, url.port));
  });
  if (listed) return {};
  return base::fail(Code::WebhookAddressRefused, {{"url", text},
                                                  {"reason", "the operator does not list " + url.host},
                                                  {"reason.zh-CN", url.host + " 不在允许的名单中"},
                                                  {"file", "config/settings.json"}},
                    {"", 0, 0, "/url"});
}

bool may_connect(const std::string& text, std::uint16_t port, const app::WebhookPolicy& policy) {
  const auto address = address_in(text);
  if (!address) return false;
  if (is_public(bytes_of(*address))) return true;
  return std::any_of(policy.allow.begin(), policy.allow.end(),
                     [&](const std::string& entry) { return lists_address(entry, *address, port); });
}

}  // namespace zeren::http
