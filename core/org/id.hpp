// Identifiers that cannot be mixed up: a PersonId does not convert to a UnitId. Ids are UUIDs, and an
// organisation holds millions of them, so in memory each is the 16 bytes it stands for; it is text at the edges
// only: in rows, in JSON, in messages.
#pragma once

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace zeren::org {

/// Any text, given back exactly as it was put in, and ordered as texts are. Without an allocation while it is a
/// UUID in the form of RFC 9562 §4 (lower case) or has at most 16 bytes; ids made by the host are. Reading one
/// from any thread, changing it from one.
///
/// Byte 8 tells what the 16 bytes are: a UUID has 10 in its upper bits there (its variant), a short word 0, padded
/// with NULs; 11 stands for a text of its own, whose address is in the first eight.
class IdValue final {
 public:
  IdValue() = default;
  // Implicit, for an id is written as the text it is: UnitId{"0190…"}.
  IdValue(std::string_view text) { assign(text); }                         // NOLINT(google-explicit-constructor)
  IdValue(const std::string& text) : IdValue(std::string_view(text)) {}    // NOLINT(google-explicit-constructor)
  IdValue(const char* text) : IdValue(std::string_view(text)) {}           // NOLINT(google-explicit-constructor)
  IdValue(const IdValue& other) : bytes_(other.bytes_) {
    if (is_long()) copy_long(other);
  }
  IdValue(IdValue&& other) noexcept : bytes_(std::exchange(other.bytes_, Bytes{})) {}
  IdValue& operator=(const IdValue& other) {
    if (this != &other) *this = IdValue(other);
    return *this;
  }
  IdValue& operator=(IdValue&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~IdValue() {
    if (is_long()) release();
  }

  std::string text() const;
  operator std::string() const { return text(); }  // NOLINT(google-explicit-constructor): as above
  bool empty() const { return bytes_ == Bytes{}; }
  std::size_t hash() const noexcept;

  friend bool operator==(const IdValue& a, const IdValue& b) {
    return a.bytes_ == b.bytes_ || (a.is_long() && b.is_long() && a.compare(b) == 0);
  }
  friend std::strong_ordering operator<=>(const IdValue& a, const IdValue& b) { return a.compare(b); }
  friend bool operator==(const IdValue& a, std::string_view text) { return a == IdValue(text); }

 private:
  using Bytes = std::array<std::uint8_t, 16>;
  static constexpr std::size_t kTag = 8;

  bool is_uuid() const { return (bytes_[kTag] & 0xC0U) == 0x80U; }
  bool is_long() const { return (bytes_[kTag] & 0xC0U) == 0xC0U; }
  void assign(std::string_view text);
  void keep_long(std::string_view text);
  void copy_long(const IdValue& other);
  void release();
  const std::string& long_text() const;
  std::strong_ordering compare(const IdValue& other) const;

  Bytes bytes_{};
};

inline std::string operator+(const std::string& text, const IdValue& id) { return text + id.text(); }
inline std::string operator+(const IdValue& id, std::string_view text) { return id.text().append(text); }

std::ostream& operator<<(std::ostream& out, const IdValue& id);

/// As JSON an id is its text.
template <class Json>
  requires requires(Json& json) { json = std::string(); json.is_string(); }
void to_json(Json& json, const IdValue& id) {
  json = id.text();
}

template <class Tag>
struct Id {
  IdValue value;
  auto operator<=>(const Id&) const = default;
};

using UnitId = Id<struct UnitTag>;
using RelationId = Id<struct RelationTag>;
using PersonId = Id<struct PersonTag>;
using PostId = Id<struct PostTag>;
using AppointmentId = Id<struct AppointmentTag>;
using PortfolioId = Id<struct PortfolioTag>;

}  // namespace zeren::org

template <class Tag>
struct std::hash<zeren::org::Id<Tag>> {
  std::size_t operator()(const zeren::org::Id<Tag>& id) const noexcept { return id.value.hash(); }
};
