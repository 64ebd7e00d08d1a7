#include "app/queries/left_out.hpp"

#include "base/messages.hpp"

namespace zeren::app {

base::Json title_of(const base::Error& error) {
  return {{"en", base::text_of(error, base::Language::English)},
          {"zh-CN", base::text_of(error, base::Language::Chinese)}};
}

void tell_left_out(const Snapshot& snapshot, const std::string& module, base::Json& answer) {
  for (const auto& [id, why] : snapshot.modules().refused()) {
    if (!module.empty() && module != id) continue;
    answer["left_out"].push_back({{"module", id}, {"reason", title_of(why)}});
  }
}

}  // namespace zeren::app
