// The host as one plugin sees it: the zeren_host handed to create(), its log, and the reply of the
// call in progress.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "zeren/log.h"
#include "zeren/plugin.h"

namespace zeren::modules {

/// The ABI of this host.
inline constexpr int kAbiMajor = ZEREN_ABI_MAJOR;
inline constexpr int kAbiMinor = ZEREN_ABI_MINOR;

/// Larger replies are dropped.
inline constexpr std::size_t kMaxReplyBytes = 4U << 20U;

/// Whether the host has the interface of this name for plugins. Any thread.
bool host_offers(std::string_view interface);

/// Must outlive its plugin and keep its address.
class PluginHost final {
 public:
  /// Takes the host of a plugin that was destroyed. The library is never unmapped, and a thread it left
  /// behind may call its host as long as the process lives: from here on such calls do nothing, and
  /// the first is logged. Any thread.
  static void retire(std::unique_ptr<PluginHost> host);

  explicit PluginHost(std::string module);
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;
  ~PluginHost() = default;

  const zeren_host& c_host() const { return host_; }
  const std::string& module() const { return module_; }

  /// From here on replies from the calling thread count. Not while another call is in progress.
  void begin_call();

  /// The last reply since begin_call(), if there was one; later ones are dropped.
  std::optional<std::string> end_call();

 private:
  static const void* iface(void* ctx, const char* id) noexcept;
  static void reply(void* ctx, zeren_str json) noexcept;
  static void write_log(void* ctx, std::int32_t level, zeren_str message) noexcept;
  void take_reply(std::string_view json);
  bool in_service();

  std::string module_;
  zeren_host host_;
  std::atomic<std::thread::id> caller_;  // whose replies count; none between calls
  std::optional<std::string> reply_;     // touched by that thread only
  std::atomic<bool> retired_ = false;
  std::atomic<bool> told_ = false;  // that a plugin called after it was destroyed
};

}  // namespace zeren::modules
