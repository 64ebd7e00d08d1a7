#include "modules/module_worker.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace zeren::modules {
namespace {

using base::Code;
using base::Result;

constexpr std::chrono::milliseconds kLongEnough{30'000};

std::string thread_name() {
  return std::to_string(std::hash<std::thread::id>()(std::this_thread::get_id()));
}

TEST(ModuleWorkerTest, RunsEveryTaskOnOneThreadOfItsOwn) {
  const auto worker = ModuleWorker::create("m");
  ASSERT_TRUE(worker.has_value());
  const ModuleWorker::Task task = []() -> Result<std::string> { return thread_name(); };
  const auto first = (*worker)->run("a", task, kLongEnough);
  const auto second = (*worker)->run("b", task, kLongEnough);
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(*first, *second);
  EXPECT_NE(*first, thread_name());
}

TEST(ModuleWorkerTest, PassesFailuresOn) {
  const auto worker = ModuleWorker::create("m");
  const auto result = (*worker)->run(
      "a", []() -> Result<std::string> { return base::fail(Code::PluginFailed); }, kLongEnough);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, Code::PluginFailed);
}

TEST(ModuleWorkerTest, DestroysATaskOnItsThread) {
  const auto worker = ModuleWorker::create("m");
  std::promise<std::string> destroyed_on;
  struct Witness {
    explicit Witness(std::promise<std::string>* tell) : told(tell) {}
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    ~Witness() { told->set_value(thread_name()); }
    std::promise<std::string>* told;
  };
  auto witness = std::make_shared<Witness>(&destroyed_on);
  const auto ran_on = (*worker)->run(
      "a", [held = std::move(witness)]() -> Result<std::string> { return thread_name(); }, kLongEnough);
  EXPECT_EQ(destroyed_on.get_future().get(), ran_on.value());
}

TEST(ModuleWorkerTest, RunsTheLastTaskOnceTheStuckOneReturns) {
  std::promise<void> release;
  std::promise<void> taken_apart;
  {
    const auto worker = ModuleWorker::create("m");
    const auto released = release.get_future().share();
    const auto stuck = (*worker)->run(
        "a",
        [released]() -> Result<std::string> {
          released.wait();
          return std::string("late");
        },
        std::chrono::milliseconds(10));
    EXPECT_EQ(stuck.error().code, Code::PluginTimedOut);
    EXPECT_TRUE((*worker)->stalled());
    (*worker)->leave([&taken_apart]() -> Result<std::string> {
      taken_apart.set_value();
      return std::string();
    });
  }
  release.set_value();
  taken_apart.get_future().wait();
}

}  // namespace
}  // namespace zeren::modules
