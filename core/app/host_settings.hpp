// What the operator of a host decides, and no rule: `config/settings.json` of the data folder. It may be absent;
// whatever it does not name stands at a default that is safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace zeren::app {

/// How often a consumer that fails is asked again: after `first`, then after twice that, and so on.
struct RetryRule {
  std::int64_t attempts = 8;  ///< after so many the event is set aside
  std::chrono::seconds first{5};
  std::chrono::seconds longest{3600};

  /// How long to wait after `failed` attempts, of which there is at least one.
  std::chrono::seconds pause_after(std::int64_t failed) const;
};

/// To whom the host itself connects. Nobody, unless the operator names them.
struct WebhookPolicy {
  /// `hooks.example.cn`, `hooks.example.cn:8443`, `10.1.2.3:9000` or `10.0.0.0/8`. A name may stand for public
  /// addresses only; loopback, private and other special ones are reached where a network here holds them.
  std::vector<std::string> allow;
  std::chrono::seconds patience{10};  ///< for the whole exchange
  std::int64_t per_account = 20;
};

/// How long rows are kept that have done their work.
struct Retention {
  std::chrono::hours idempotency{24 * 7};
  std::chrono::hours one_time_codes{1};
  std::int64_t rows_per_round = 500;
};

struct HostSettings {
  RetryRule retry;
  WebhookPolicy webhooks;
  Retention retention;
};

/// Reads `file`; one that is not there says nothing. Fails with ConfigInvalid, which names the member and its line,
/// and as LocatedJson::read(). Blocks.
base::Result<HostSettings> read_host_settings(const std::filesystem::path& file);

}  // namespace zeren::app
