#include "access/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/digest.hpp"

namespace zeren::access {

std::string make_secret(base::Entropy& entropy) {
  std::array<std::byte, 32> bytes{};
  entropy.fill(bytes);
  return base::to_base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string digest_of_secret(std::string_view secret) {
  return base::to_base64(base::sha256(secret));
}

}  // namespace zeren::access
