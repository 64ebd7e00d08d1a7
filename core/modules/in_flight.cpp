#include "modules/in_flight.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/system_reason.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Result;

// The file:
//
//      0  "zeren in flight 1\n<boot id>\n", zeros to 128
//    128  slot 0:  1 byte 1 while in flight, 79 bytes module, 48 bytes call; zeros fill each
//    256  slot 1 …
constexpr std::size_t kHeaderBytes = 128;
constexpr std::size_t kSlots = 1024;
constexpr std::string_view kFirstLine = "zeren in flight 1\n";

struct SlotImage {
  char busy;
  std::array<char, 79> module;
  std::array<char, 48> call;
};
static_assert(sizeof(SlotImage) == 128 && alignof(SlotImage) == 1);

constexpr std::size_t kFileBytes = kHeaderBytes + kSlots * sizeof(SlotImage);

/// Zeros to the end; the last byte stays one.
template <std::size_t N>
void fill(std::array<char, N>& field, std::string_view text) {
  field.fill('\0');
  std::copy_n(text.begin(), std::min(text.size(), N - 1), field.begin());
}

template <std::size_t N>
std::string text_in(const std::array<char, N>& field) {
  return {field.begin(), std::find(field.begin(), field.end(), '\0')};
}

/// Names this start of the machine. What a file says after a power cut may be half a minute old: the
/// pages were written whenever the kernel saw fit.
std::string header() {
  const auto boot = base::read_file("/proc/sys/kernel/random/boot_id");
  return std::string(kFirstLine) + boot.value_or("-\n");
}

tl::unexpected<base::Error> unwritable(const std::filesystem::path& file) {
  return base::fail(Code::FileUnwritable, base::with_reason({{"file", file.string()}}, errno));
}

}  // namespace

struct InFlight::Mapping {
  void* memory;
  std::mutex mutex;  // guards taken
  std::array<bool, kSlots> taken{};

  explicit Mapping(void* mapped) : memory(mapped) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(memory, kFileBytes); }

  SlotImage& image(std::size_t index) {
    return *reinterpret_cast<SlotImage*>(static_cast<char*>(memory) + kHeaderBytes +
                                         index * sizeof(SlotImage));
  }
};

Result<std::vector<CallInFlight>> InFlight::left_in(const std::filesystem::path& file) {
  std::vector<CallInFlight> calls;
  if (!std::filesystem::exists(file)) return calls;
  const auto text = base::read_file(file);
  if (!text) return base::pass(text);
  if (text->size() != kFileBytes || !text->starts_with(header())) return calls;
  for (std::size_t index = 0; index < kSlots; ++index) {
    SlotImage image{};
    std::memcpy(&image, text->data() + kHeaderBytes + index * sizeof(SlotImage), sizeof image);
    if (image.busy != '\0') calls.push_back({text_in(image.module), text_in(image.call)});
  }
  return calls;
}

Result<InFlight> InFlight::create(const std::filesystem::path& file) {
  // Written out, not only made long: a store to a hole of the file would need space that a full disk has not.
  auto text = header();
  text.resize(kFileBytes, '\0');
  const auto written = base::write_file(file, text, base::FileMode::Private);
  if (!written) return base::pass(written);
  const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return unwritable(file);
  void* memory = ::mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  const bool mapped = memory != MAP_FAILED;
  auto failure = unwritable(file);  // before close() touches errno
  ::close(fd);
  if (!mapped) return failure;
  return InFlight(file, std::make_shared<Mapping>(memory));
}

InFlight::InFlight(std::filesystem::path file, std::shared_ptr<Mapping> mapping)
    : file_(std::move(file)), mapping_(std::move(mapping)) {}

InFlight::InFlight(InFlight&& other) noexcept = default;

InFlight::~InFlight() {
  if (mapping_) ::unlink(file_.c_str());
}

InFlight::Slot InFlight::slot(const std::string& module) {
  const std::lock_guard lock(mapping_->mutex);
  const auto free = std::ranges::find(mapping_->taken, false);
  if (free == mapping_->taken.end()) return {};
  *free = true;
  const auto index = static_cast<std::size_t>(free - mapping_->taken.begin());
  fill(mapping_->image(index).module, module);
  return {mapping_, index};
}

InFlight::Slot::Slot(std::shared_ptr<Mapping> mapping, std::size_t index)
    : mapping_(std::move(mapping)), index_(index) {}

InFlight::Slot::Slot(Slot&& other) noexcept = default;

InFlight::Slot& InFlight::Slot::operator=(Slot&& other) noexcept {
  give_back();
  mapping_ = std::move(other.mapping_);
  index_ = other.index_;
  return *this;
}

InFlight::Slot::~Slot() { give_back(); }

void InFlight::Slot::give_back() {
  if (!mapping_) return;
  leave();
  const std::lock_guard lock(mapping_->mutex);
  mapping_->taken.at(index_) = false;
  mapping_.reset();
}

void InFlight::Slot::enter(const char* call) {
  if (!mapping_) return;
  auto& image = mapping_->image(index_);
  fill(image.call, call);
  // The name before the mark, also in the order the compiler writes them.
  std::atomic_ref(image.busy).store('\1', std::memory_order_release);
}

void InFlight::Slot::leave() {
  if (!mapping_) return;
  std::atomic_ref(mapping_->image(index_).busy).store('\0', std::memory_order_release);
}

}  // namespace zeren::modules
