// A host over the small city of the demonstration with a country beside it, all of which owes what the city asks for.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "app/host.hpp"
#include "base/clock.hpp"
#include "bench/village_country.hpp"
#include "store/session.hpp"

namespace zeren::bench {

class WideHost final {
 public:
  /// In `folder`, which must not exist.
  WideHost(const std::filesystem::path& folder, const VillageCountry& country);

  app::Host& host() { return *host_; }
  std::filesystem::path database() const { return host_->folder().paths().database(); }

  /// Closes the host, lets `fill` write what no command made, and opens it again.
  void refill(const std::function<void(store::Session& session)>& fill);

 private:
  void open();

  std::filesystem::path folder_;
  std::unique_ptr<base::Clock> clock_;
  std::unique_ptr<base::Entropy> entropy_;
  std::unique_ptr<app::Host> host_;
};

}  // namespace zeren::bench
