// What is fixed when a deployment is made, and how it is written down: in the description that `zeren init` reads, and in
// the data folder's deployment.json. In both a member that nobody reads is an error, as one that stands there twice is.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/located_json.hpp"

namespace zeren::app {

inline constexpr std::chrono::minutes kDefaultIdle{30};

struct Deployment {
  std::string origin;               ///< name of the log and of its key: `zeren.example/qinglan`
  std::string zone;                 ///< IANA name; due dates end at its midnight
  std::filesystem::path modules;    ///< folder of packages
  std::int64_t largest_attachment = std::int64_t{256} << 20U;  ///< bytes
  std::chrono::minutes orphans_kept{60};  ///< how long a file stays that no record refers to
  /// A session that nobody used for so long has ended; the setting `idle_minutes`.
  std::chrono::minutes idle = kDefaultIdle;
};

/// As read_deployment_file() reads it.
base::Json deployment_json(const Deployment& deployment);

/// The data folder's deployment.json. Fails with ConfigInvalid, which names file, line and member. Any thread, as all
/// of this file.
base::Result<Deployment> read_deployment_file(const base::LocatedJson& json);

/// What may stand in a description as well: `idle_minutes` and `attachments`. Fails with ConfigInvalid.
base::Result<void> read_limits(const base::LocatedJson& json, Deployment& deployment);

/// Fails with ConfigInvalid for a description that is no object, or has members beside `known` and those of
/// read_limits().
base::Result<void> check_described(const base::LocatedJson& json, std::span<const std::string_view> known);

/// The text `key`. Fails with ConfigInvalid when there is none.
base::Result<std::string> described_text(const base::LocatedJson& json, const std::string& key);

/// ConfigInvalid with the place of `pointer`.
tl::unexpected<base::Error> misdescribed(const base::LocatedJson& json, const std::string& pointer,
                                         std::string remedy, std::string chinese);

}  // namespace zeren::app
