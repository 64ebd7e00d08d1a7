#include "modules/module_worker.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/system_reason.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Result;
using std::chrono::steady_clock;

// Most calls are over before a thread could be sent to sleep and woken again.
constexpr std::chrono::microseconds kSoon{30};

void wait_a_little(const std::atomic<bool>& flag) {
  const auto until = steady_clock::now() + kSoon;
  while (!flag.load(std::memory_order_acquire) && steady_clock::now() < until) std::this_thread::yield();
}

}  // namespace

struct ModuleWorker::State {
  std::mutex turn;  // held through a whole call: one at a time

  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  std::optional<Task> task;                   // handed over, not yet taken by the thread
  const char* call = "";                      // what the task is called
  std::optional<Result<std::string>> result;  // handed back, not yet taken by run()
  bool ended = false;                         // the thread is to return
  std::optional<std::string> stalled;         // the call that outlasted its budget…
  std::chrono::milliseconds budget{0};        // …and what that was

  std::atomic<bool> answered = false;  // a hint, not a guard: set when result may be there

  std::thread thread;        // touched by the owning worker only
  InFlight::Slot in_flight;  // touched by the thread only
};

Result<std::unique_ptr<ModuleWorker>> ModuleWorker::create(std::string module,
                                                           InFlight::Slot in_flight) {
  auto state = std::make_shared<State>();
  state->in_flight = std::move(in_flight);
  try {
    state->thread = std::thread([state] { serve(state); });
  } catch (const std::system_error& e) {
    return base::fail(Code::PluginFailed, base::with_reason({{"module", module}, {"call", "start"}}, e.code()));
  }
  return std::make_unique<ModuleWorker>(Key{}, std::move(module), std::move(state));
}

ModuleWorker::ModuleWorker(Key, std::string module, std::shared_ptr<State> state)
    : module_(std::move(module)), state_(std::move(state)) {}

ModuleWorker::~ModuleWorker() {
  // Moved out, or the state, which the thread owns too, would hold the handle of its own thread.
  std::thread thread = std::move(state_->thread);
  bool stuck = false;
  {
    const std::lock_guard lock(state_->mutex);
    state_->ended = true;
    stuck = state_->stalled.has_value();
  }
  state_->changed.notify_all();
  if (stuck) {
    thread.detach();
  } else {
    thread.join();
  }
}

void ModuleWorker::serve(const std::shared_ptr<State>& state) {
  std::unique_lock lock(state->mutex);
  while (true) {
    state->changed.wait(lock, [&] { return state->task.has_value() || state->ended; });
    if (!state->task) return;
    std::optional<Task> task = std::exchange(state->task, std::nullopt);
    const char* call = state->call;
    lock.unlock();
    state->in_flight.enter(call);
    auto result = (*task)();
    task.reset();  // what the task owned goes here, on the plugin's thread
    state->in_flight.leave();
    lock.lock();
    state->result = std::move(result);  // nobody takes it when the call has stalled meanwhile
    lock.unlock();  // whoever wakes wants the mutex at once
    state->answered.store(true, std::memory_order_release);
    state->changed.notify_all();
    lock.lock();
  }
}

Result<std::string> ModuleWorker::run(const char* call, Task task,
                                      std::chrono::milliseconds budget) {
  const std::lock_guard turn(state_->turn);
  std::unique_lock lock(state_->mutex);
  if (!state_->stalled) {
    state_->task = std::move(task);
    state_->call = call;
    state_->answered.store(false, std::memory_order_relaxed);
    lock.unlock();  // as in serve()
    state_->changed.notify_all();
    wait_a_little(state_->answered);
    lock.lock();
    state_->changed.wait_for(lock, budget, [&] { return state_->result.has_value(); });
    if (state_->result) return *std::exchange(state_->result, std::nullopt);
    state_->stalled = call;
    state_->budget = budget;
  }
  return base::fail(Code::PluginTimedOut, {{"module", module_},
                                           {"call", *state_->stalled},
                                           {"budget", std::to_string(state_->budget.count())}});
}

void ModuleWorker::leave(Task last) {
  const std::lock_guard lock(state_->mutex);
  state_->task = std::move(last);
  state_->call = "stop";
  state_->changed.notify_all();
}

bool ModuleWorker::stalled() const {
  const std::lock_guard lock(state_->mutex);
  return state_->stalled.has_value();
}

}  // namespace zeren::modules
