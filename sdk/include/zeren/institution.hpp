// The C++ side of the plugin boundary, header-only: derive from Institution, override what the
// institution has a say in, and close the file with ZEREN_INSTITUTION(YourClass). Exceptions end at
// the border.
#pragma once

#include <string>
#include <string_view>

#include "zeren/detail/border.hpp"
#include "zeren/event.hpp"
#include "zeren/host.hpp"
#include "zeren/obligations.hpp"
#include "zeren/result.hpp"
#include "zeren/step.hpp"
#include "zeren/table.hpp"
#include "zeren/text.hpp"

namespace zeren {

/// One instance per host. All functions run on one thread, never at once; budgets stand in steps.h,
/// events.h and compute.h. Inherit the constructor: `using Institution::Institution;`.
class Institution {
 public:
  explicit Institution(Host host) : host_(host) {}
  virtual ~Institution() = default;
  Institution(const Institution&) = delete;
  Institution& operator=(const Institution&) = delete;

  /// Before any other call. A failure keeps the module off, with its text shown.
  virtual Result<void> start() { return {}; }

  /// A step of this module's records is about to be taken: refuse it, fill in fields, or let it
  /// pass. Must have no effects: it may be asked again, or the step may not happen. A failure
  /// refuses the step.
  virtual Result<Verdict> will_step(const StepRequest& /*step*/) { return Verdict::pass(); }

  /// A step was taken and is durable. Told at least once; what is answered is carried out once.
  virtual Result<Answer> did_step(const StepRequest& /*step*/) { return Answer::none(); }

  /// An event that module.json lists under "events"/"in". Told at least once; what is answered is carried out once.
  virtual Result<Answer> did_event(const EventNotice& /*event*/) { return Answer::none(); }

  /// The answer to a question named in module.json.
  virtual Result<Table> compute(std::string_view name, const Json& /*request*/) {
    return fail("no computation is called \"" + std::string(name) + "\"");
  }

 protected:
  const Host& host() const { return host_; }

 private:
  Host host_;
};

}  // namespace zeren

/// Defines the library's one export. At namespace scope, outside every namespace, in one source
/// file.
#define ZEREN_INSTITUTION(Type) \
  constinit const zeren_entry zeren_plugin_entry = ::zeren::detail::Border<Type>::entry()
