// The one thread on which a plugin runs, and the clock that no call may outlast. A call that does
// costs its own module: the thread is abandoned with all it uses, and later calls fail at once.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "modules/in_flight.hpp"

namespace zeren::modules {

class ModuleWorker final {
  struct Key {};  // make_unique() needs a public constructor; nobody else can call it
  struct State;

 public:
  ModuleWorker(Key, std::string module, std::shared_ptr<State> state);

  /// Starts the thread. `in_flight` says of each task that it runs, until it has returned. Fails with
  /// PluginFailed when the system has no thread to give.
  static base::Result<std::unique_ptr<ModuleWorker>> create(std::string module,
                                                            InFlight::Slot in_flight = {});

  ModuleWorker(const ModuleWorker&) = delete;
  ModuleWorker& operator=(const ModuleWorker&) = delete;

  /// Ends the thread; abandons it when it is stalled. No call may be in progress.
  ~ModuleWorker();

  /// What runs on the thread. It must own all it touches (or share it): when stalled, it is
  /// destroyed whenever it returns, long after run() did.
  using Task = std::function<base::Result<std::string>()>;

  /// Runs `task` on the thread and gives its result. Calls are served one at a time; the budget
  /// counts from the moment its turn has come. Fails with PluginTimedOut when the budget is over,
  /// and at once on every call after that; `call`, a literal, names the task in the error. Blocks; any
  /// thread.
  base::Result<std::string> run(const char* call, Task task, std::chrono::milliseconds budget);

  /// Runs `last` on the thread when that is free, and does not wait: how a stalled module is taken
  /// apart, if ever. Nothing but the destructor may follow.
  void leave(Task last);

  /// Whether a call has outlasted its budget. Any thread.
  bool stalled() const;

 private:
  static void serve(const std::shared_ptr<State>& state);

  std::string module_;
  std::shared_ptr<State> state_;  // owned by this and by the thread, which may outlive it
};

}  // namespace zeren::modules
