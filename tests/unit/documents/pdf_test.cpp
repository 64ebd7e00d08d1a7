#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <sstream>
#include <thread>
#include <vector>

#include "documents/child.hpp"
#include "documents/forms.hpp"
#include "fixtures/printed_pages.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::documents {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Html page() {
  return *html_of(fixtures::shipped_page("report", PageKind::Report, fixtures::report_context()));
}

class PdfTest : public testing::Test {
 protected:
  // A program of ours in the place of WeasyPrint.
  std::string program(const std::string& script) {
    const auto path = folder_.path() / "program";
    EXPECT_TRUE(base::write_file(path, "#!/bin/sh\n" + script + "\n").has_value());
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }

  fixtures::TempFolder folder_;
};

TEST_F(PdfTest, SaysHowToInstallAProgramThatIsNotThere) {
  const auto pdf = pdf_of(page(), {(folder_.path() / "none").string(), std::chrono::seconds(30)});
  ASSERT_FALSE(pdf.has_value());
  EXPECT_EQ(pdf.error().code, base::Code::PdfUnavailable);
  EXPECT_THAT(base::text_of(pdf.error()), HasSubstr("apt install weasyprint"));
}

TEST_F(PdfTest, EndsAProgramThatTakesTooLongAndItsChildren) {
  const auto pdf = pdf_of(page(), {program("sleep 1000 & sleep 1000"), std::chrono::milliseconds(200)});
  ASSERT_FALSE(pdf.has_value());
  EXPECT_EQ(pdf.error().code, base::Code::PdfFailed);
  EXPECT_THAT(base::text_of(pdf.error()), HasSubstr("200 ms"));
}

TEST_F(PdfTest, PassesOnWhatTheProgramSaysWhenItFails) {
  const auto pdf =
      pdf_of(page(), {program("echo first >&2; echo out of paper >&2; exit 3"), std::chrono::seconds(30)});
  ASSERT_FALSE(pdf.has_value());
  EXPECT_THAT(base::text_of(pdf.error()), HasSubstr("out of paper"));
}

TEST_F(PdfTest, RefusesWhatIsNoPdf) {
  const auto pdf = pdf_of(page(), {program("cat > /dev/null; echo no"), std::chrono::seconds(30)});
  ASSERT_FALSE(pdf.has_value());
  EXPECT_THAT(base::text_of(pdf.error()), HasSubstr("no PDF"));
}

TEST_F(PdfTest, AProgramThatReadsNothingDoesNotEndTheHost) {
  auto large = page();
  large.text.append(1U << 20U, ' ');
  const auto pdf = pdf_of(large, {program("exec <&-; echo %PDF-1.7"), std::chrono::seconds(30)});
  ASSERT_TRUE(pdf.has_value()) << base::report_of(pdf.error());
  EXPECT_EQ(*pdf, "%PDF-1.7\n");
}

TEST_F(PdfTest, TheProgramIsToldNothingOfTheHostsEnvironment) {
  ASSERT_EQ(::setenv("ZEREN_SECRET", "x", 1), 0);  // NOLINT(concurrency-mt-unsafe): one thread
  const auto pdf =
      pdf_of(page(), {program("cat > /dev/null; echo %PDF-$ZEREN_SECRET-"), std::chrono::seconds(30)});
  ASSERT_TRUE(pdf.has_value()) << base::report_of(pdf.error());
  EXPECT_EQ(*pdf, "%PDF--\n");
}

TEST_F(PdfTest, AFewAreMadeAtATimeAndAFewMoreWait) {
  const auto folder = folder_.path().string();
  const Printer printer{program("cd " + folder + "; cat > /dev/null; touch running.$$; ls running.* | wc -l >> counts\n"
                                "until [ -e go ]; do sleep 0.02; done; rm running.$$; echo %PDF-1.7"),
                        std::chrono::minutes(1)};
  std::promise<base::Code> sent_away;
  std::atomic<int> made{0};
  std::vector<std::jthread> crowd;
  for (int i = 0; i <= kPdfsAtOnce + kPdfsWaiting; ++i) {
    crowd.emplace_back([&] {
      const auto pdf = pdf_of(page(), printer);
      if (pdf) {
        ++made;
      } else {
        sent_away.set_value(pdf.error().code);  // one only: a second would throw
      }
    });
  }
  EXPECT_EQ(sent_away.get_future().get(), base::Code::TooBusy);
  EXPECT_EQ(made, 0);
  ASSERT_TRUE(base::write_file(folder_.path() / "go", ""));
  crowd.clear();
  EXPECT_EQ(made, kPdfsAtOnce + kPdfsWaiting);
  std::istringstream counts(*base::read_file(folder_.path() / "counts"));
  for (int running = 0; counts >> running;) EXPECT_LE(running, kPdfsAtOnce);
}

TEST_F(PdfTest, WeasyPrintMakesOneWhereItIsInstalled) {
  const Printer printer{"weasyprint", std::chrono::minutes(3)};  // beside a whole build
  const auto pdf = pdf_of(page(), printer);
  if (!pdf && pdf.error().code == base::Code::PdfUnavailable)
    GTEST_SKIP() << "WeasyPrint is not installed here";
  ASSERT_TRUE(pdf.has_value()) << base::report_of(pdf.error());
  EXPECT_THAT(*pdf, StartsWith("%PDF-"));
}

}  // namespace
}  // namespace zeren::documents
