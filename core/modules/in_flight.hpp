// Which modules are being called right now, in a file that outlives the process: what stands in it
// after the process ended without notice was running when it did. Costs a store to memory per call.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace zeren::modules {

/// A call that had begun and not returned.
struct CallInFlight {
  std::string module;
  std::string call;
  bool operator==(const CallInFlight&) const = default;
};

class InFlight final {
  struct Mapping;

 public:
  /// What the process that wrote `file` was calling when it ended. Empty when there is no such file, when it
  /// is none of ours, and when the machine was restarted since: then no module is to blame, and the
  /// file may be older than it looks. Fails with FileUnreadable. Blocks; any thread.
  static base::Result<std::vector<CallInFlight>> left_in(const std::filesystem::path& file);

  /// Makes `file` anew, with nothing in flight. Fails with FileUnwritable. Blocks.
  static base::Result<InFlight> create(const std::filesystem::path& file);

  InFlight(InFlight&& other) noexcept;
  InFlight& operator=(InFlight&&) = delete;
  /// Removes the file: whoever gets here has not crashed, also when a module hangs.
  ~InFlight();

  /// The place of one module's calls, which never overlap. Movable; a default-made one records nothing.
  class Slot final {
   public:
    Slot() = default;
    Slot(Slot&&) noexcept;
    Slot& operator=(Slot&&) noexcept;
    ~Slot();

    /// `call` begins. It is cut to what fits.
    void enter(const char* call);
    /// It has returned.
    void leave();

   private:
    friend class InFlight;
    Slot(std::shared_ptr<Mapping> mapping, std::size_t index);
    void give_back();

    std::shared_ptr<Mapping> mapping_;  // owned by all slots and the InFlight: a hung call outlives it
    std::size_t index_ = 0;
  };

  /// A slot for `module`; one that records nothing when all 1024 are taken. Any thread.
  Slot slot(const std::string& module);

 private:
  InFlight(std::filesystem::path file, std::shared_ptr<Mapping> mapping);

  std::filesystem::path file_;
  std::shared_ptr<Mapping> mapping_;  // empty once moved from
};

}  // namespace zeren::modules
