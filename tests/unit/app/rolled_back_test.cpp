// A data folder whose database is not the one that was signed last: nothing is written on it, and what helps to
// recover still works.
#include <gmock/gmock.h>

#include "app/commands/account_commands.hpp"
#include "app/doctor.hpp"
#include "audit/tiles.hpp"
#include "audit/verify.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

namespace fs = std::filesystem;
using base::Code;
using testing::HasSubstr;

class RolledBackTest : public fixtures::HostWorld {
 protected:
  RolledBackTest() { close(); }

  /// As an operator copies a file.
  void copy(const fs::path& from, const fs::path& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  }

  std::int64_t write_an_entry(const std::string& account) {
    open();
    const auto system = access::system_principal("test");
    must(run(system, *create_account(*host_, system, {account, "", access::Administers::Audit, "", {}})));
    const auto size = host_->log_size();
    close();
    return size;
  }

  base::Error refusal() {
    const auto opened = Host::open(*DataFolder::open(data_), clock_, *entropy_);
    EXPECT_FALSE(opened.has_value());
    return opened ? base::Error{Code::Several, {}, {}, {}} : opened.error();
  }

  fs::path kept() const { return folder_ / "kept"; }
};

TEST_F(RolledBackTest, IsRefusedBeforeAnythingIsWritten) {
  copy(paths().database(), kept());
  const auto size = write_an_entry("another");
  copy(kept(), paths().database());
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Code::AuditRollback);
  EXPECT_EQ(refused.args.at("signed"), std::to_string(size));
  EXPECT_EQ(refused.args.at("size"), std::to_string(size - 1));
  EXPECT_THAT(base::text_of(refused, base::Language::Chinese), HasSubstr("请恢复最新备份"));
  EXPECT_EQ(*base::read_file(kept()), *base::read_file(paths().database()));
}

TEST_F(RolledBackTest, IsStillVerifiedExportedAndExamined) {
  copy(paths().database(), kept());
  const auto size = write_an_entry("another");
  copy(kept(), paths().database());
  auto session = *store::Session::open(paths().database(), store::Access::ReadOnly);
  const auto key = *audit::SigningKey::load(paths().key(), "zeren.example/qinglan");
  const auto report = audit::verify(session, {key.verifier(), paths().last_signed()});
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->sound());
  EXPECT_TRUE(audit::export_tiles(session, key.verifier(), folder_ / "exported").has_value());
  std::string said;
  for (const auto& item : examine(data_, clock_)) {
    if (item.part == "checkpoint") said = item.found.chinese;
  }
  EXPECT_THAT(said, HasSubstr("条数 " + std::to_string(size - 1)));
}

TEST_F(RolledBackTest, IsAnotherFaultThanAnotherOrigin) {
  auto text = *base::read_file(paths().deployment());
  const std::string old = "zeren.example/qinglan";
  text.replace(text.find(old), old.size(), "zeren.example/other");
  ASSERT_TRUE(base::write_file(paths().deployment(), text).has_value());
  const auto refused = refusal();
  EXPECT_EQ(refused.code, Code::AuditOriginChanged);
  EXPECT_THAT(base::text_of(refused), HasSubstr("put \"origin\": \"zeren.example/qinglan\" back"));
}

// As a crash between commit and signature leaves it.
TEST_F(RolledBackTest, IsNotALogThatIsLongerThanWhatWasSigned) {
  copy(paths().last_signed(), kept());
  const auto size = write_an_entry("another");
  copy(kept(), paths().last_signed());
  open();
  EXPECT_EQ(host_->log_size(), size);
}

}  // namespace
}  // namespace zeren::app
