#include "records/light.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"

namespace zeren::records {

std::span<const base::EmbeddedFile> embedded_lights();  // generated from lights.json

namespace {

// In the order of Light.
constexpr std::array<std::string_view, 6> kNames = {"grey", "blue", "yellow", "red", "green", "purple"};

}  // namespace

Light light_of(const Progress& progress, base::Date today, int warn_days) {
  const bool in_time = progress.delivered_on && *progress.delivered_on <= progress.due;
  if (progress.fulfilled) return in_time ? Light::Green : Light::Purple;
  if (!progress.asked) return Light::Grey;
  if (in_time) return Light::Blue;
  if (progress.before_cut_over) return progress.begun ? Light::Blue : Light::Grey;
  if (progress.due < today) return Light::Red;
  if (progress.due - today <= std::chrono::days(warn_days)) return Light::Yellow;
  return progress.begun ? Light::Blue : Light::Grey;
}

std::string_view name_of(Light light) { return kNames.at(static_cast<std::size_t>(light)); }

std::optional<Light> light_named(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Light>(found - kNames.begin());
}

const base::Json& light_catalogue() {
  static const base::Json kCatalogue = [] {
    auto json = base::parse_json(embedded_lights().front().text, "lights.json");
    base::invariant(json.has_value(), "the shipped catalogue is JSON");
    return std::move(*json);
  }();
  return kCatalogue;
}

}  // namespace zeren::records
