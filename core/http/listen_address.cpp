#include "http/listen_address.hpp"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <string>
#include <system_error>

namespace zeren::http {
namespace {

std::string_view without_brackets(std::string_view address) {
  const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  return bracketed ? address.substr(1, address.size() - 2) : address;
}

tl::unexpected<base::Error> not_an_address(std::string_view text) {
  return base::fail(base::Code::ConfigInvalid,
                    {{"what", "--listen " + std::string(text)},
                     {"remedy", "write ADDRESS:PORT, the address in digits, as 127.0.0.1:8080"},
                     {"remedy.zh-CN", "请写成“地址:端口”，地址用数字，如 127.0.0.1:8080"}});
}

}  // namespace

base::Result<ListenAt> parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return not_an_address(text);
  const auto digits = text.substr(colon + 1);
  ListenAt at;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), at.port);
  if (failure != std::errc() || end != digits.data() + digits.size()) return not_an_address(text);
  at.address = without_brackets(text.substr(0, colon));
  boost::system::error_code unreadable;
  boost::asio::ip::make_address(at.address, unreadable);
  if (unreadable) return not_an_address(text);
  return at;
}

}  // namespace zeren::http
