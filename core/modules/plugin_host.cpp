#include "modules/plugin_host.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace zeren::modules {
namespace {

constexpr std::size_t kMaxLogBytes = 8U << 10U;

spdlog::level::level_enum level_of(std::int32_t level) {
  switch (level) {
    case ZEREN_LOG_DEBUG:
      return spdlog::level::debug;
    case ZEREN_LOG_INFO:
      return spdlog::level::info;
    case ZEREN_LOG_WARNING:
      return spdlog::level::warn;
    default:
      return spdlog::level::err;
  }
}

/// One line that cannot pass for another: no control characters, not without end.
std::string as_line(std::string_view message) {
  std::string line(message.substr(0, kMaxLogBytes));
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return line;
}

}  // namespace

bool host_offers(std::string_view interface) { return interface == ZEREN_LOG; }

PluginHost::PluginHost(std::string module)
    : module_(std::move(module)), host_{sizeof(zeren_host),
                                        ZEREN_ABI_MAJOR,
                                        ZEREN_ABI_MINOR,
                                        this,
                                        &iface,
                                        &PluginHost::reply} {}

void PluginHost::retire(std::unique_ptr<PluginHost> host) {
  // The one thing in the host that is never freed, as the code that may use it is never unmapped.
  static std::mutex mutex;
  static auto& retired = *std::make_unique<std::vector<std::unique_ptr<PluginHost>>>().release();
  host->retired_ = true;
  const std::lock_guard lock(mutex);
  retired.push_back(std::move(host));
}

bool PluginHost::in_service() {
  if (!retired_) return true;
  if (!told_.exchange(true)) {
    spdlog::error("module {}: its library called the host after it was destroyed", module_);
  }
  return false;
}

void PluginHost::begin_call() {
  reply_.reset();
  caller_ = std::this_thread::get_id();
}

std::optional<std::string> PluginHost::end_call() {
  caller_ = std::thread::id();
  return std::exchange(reply_, std::nullopt);
}

const void* PluginHost::iface(void*, const char* id) noexcept {
  static constexpr zeren_log kLog{sizeof(zeren_log), &PluginHost::write_log};
  if (id == nullptr) return nullptr;
  return std::string_view(id) == ZEREN_LOG ? &kLog : nullptr;
}

void PluginHost::reply(void* ctx, zeren_str json) noexcept {
  if (ctx == nullptr || (json.p == nullptr && json.n > 0)) return;
  try {
    auto& self = *static_cast<PluginHost*>(ctx);
    if (self.in_service()) self.take_reply({json.p, json.n});
  } catch (...) {  // out of memory: the call counts as not answered
  }
}

void PluginHost::take_reply(std::string_view json) {
  if (caller_.load() != std::this_thread::get_id()) return;
  reply_.reset();
  if (json.size() <= kMaxReplyBytes) reply_ = std::string(json);
}

void PluginHost::write_log(void* ctx, std::int32_t level, zeren_str message) noexcept {
  if (ctx == nullptr || (message.p == nullptr && message.n > 0)) return;
  try {
    auto& self = *static_cast<PluginHost*>(ctx);
    if (!self.in_service()) return;
    spdlog::log(level_of(level), "module {}: {}", self.module_, as_line({message.p, message.n}));
  } catch (...) {  // a line that cannot be written is no reason to fail a step
  }
}

}  // namespace zeren::modules
