#include "base/json.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/located_json.hpp"

namespace zeren::base {
namespace {

constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;

bool within(std::int64_t number) { return -kMaxExact <= number && number <= kMaxExact; }

// UTF-16 order differs from byte order only where surrogate pairs (U+10000…) meet U+E000…U+FFFF.
// Mapping the lead byte of a four-byte sequence below that of U+E000 (0xEE) puts them right.
unsigned utf16_rank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0xF0) return byte - 0x02U;  // 0xEE… : above 0xED, below the shifted 0xEE/0xEF
  if (byte >= 0xEE) return byte + 0x10U;
  return byte;
}

bool utf16_less(const std::string& a, const std::string& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return utf16_rank(x) < utf16_rank(y); });
}

class CanonicalWriter {
 public:
  Result<std::string> write(const Json& value) {
    if (const auto done = append(value); !done) return pass(done);
    return std::move(text_);
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxJsonDepth, which every parser enforces
  Result<void> append(const Json& value) {
    switch (value.type()) {
      case Json::value_t::null:
      case Json::value_t::boolean:
      case Json::value_t::string:
        return append_scalar(value);
      case Json::value_t::number_integer:
      case Json::value_t::number_unsigned:
        return append_integer(value);
      case Json::value_t::array:
        return append_array(value);
      case Json::value_t::object:
        return append_object(value);
      default:
        return fail(Code::JsonNumberRange, {{"value", value.dump()}});
    }
  }

  Result<void> append_scalar(const Json& value) {
    try {
      text_ += value.dump();  // nlohmann escapes exactly what RFC 8785 §3.2.2.2 does
    } catch (const Json::type_error&) {
      return fail(Code::TextNotUtf8, {{"what", "a JSON string"}, {"what.zh-CN", "JSON 文本"}});
    }
    return {};
  }

  Result<void> append_integer(const Json& value) {
    const bool fits = value.is_number_unsigned()
                          ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMaxExact)
                          : within(value.get<std::int64_t>());
    if (!fits) return fail(Code::JsonNumberRange, {{"value", value.dump()}});
    text_ += value.dump();
    return {};
  }

  Result<void> append_array(const Json& value) {
    text_ += '[';
    bool first = true;
    for (const auto& item : value) {
      if (!std::exchange(first, false)) text_ += ',';
      if (auto done = append(item); !done) return done;
    }
    text_ += ']';
    return {};
  }

  Result<void> append_object(const Json& value) {
    std::vector<const std::string*> keys;
    keys.reserve(value.size());
    for (auto it = value.begin(); it != value.end(); ++it) keys.push_back(&it.key());
    std::sort(keys.begin(), keys.end(),
              [](const auto* a, const auto* b) { return utf16_less(*a, *b); });
    text_ += '{';
    bool first = true;
    for (const auto* key : keys) {
      if (!std::exchange(first, false)) text_ += ',';
      if (auto done = append_scalar(Json(*key)); !done) return done;
      text_ += ':';
      if (auto done = append(value.at(*key)); !done) return done;
    }
    text_ += '}';
    return {};
  }

  std::string text_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view file) {
  auto parsed =
      LocatedJson::parse(text, std::string(file), Comments::Refused, Remember::Nothing);
  if (!parsed) return pass(std::move(parsed));
  return std::move(*parsed).take();
}

Result<std::string> canonical(const Json& value) { return CanonicalWriter().write(value); }

}  // namespace zeren::base
