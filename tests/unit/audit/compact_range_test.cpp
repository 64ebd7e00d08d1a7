#include "audit/compact_range.hpp"

#include <gtest/gtest.h>

namespace zeren::audit {
namespace {

CompactRange range_of(int size) {
  CompactRange range;
  for (int i = 0; i < size; ++i) range.append(leaf_hash(std::to_string(i)));
  return range;
}

TEST(CompactRangeTest, GoesOnFromItsTextAsIfNeverStopped) {
  auto whole = range_of(0);
  for (int size = 0; size < 300; ++size) {
    auto resumed = CompactRange::parse(size, whole.peaks_text());
    ASSERT_TRUE(resumed) << size;
    ASSERT_EQ(resumed->root(), whole.root()) << size;
    whole.append(leaf_hash(std::to_string(size)));
    resumed->append(leaf_hash(std::to_string(size)));
    ASSERT_EQ(resumed->root(), whole.root()) << size;
    ASSERT_EQ(resumed->size(), whole.size());
  }
}

TEST(CompactRangeTest, KeepsOneHashForEachPerfectSubtree) {
  EXPECT_EQ(range_of(256).peaks().size(), 1U);
  EXPECT_EQ(range_of(255).peaks().size(), 8U);
}

TEST(CompactRangeTest, RefusesPeaksThatAreNotOfThatSize) {
  const auto peaks = range_of(6).peaks_text();
  EXPECT_TRUE(CompactRange::parse(6, peaks));
  for (const auto& [size, text] :
       std::vector<std::pair<std::int64_t, std::string>>{{7, peaks},
                                                         {4, peaks},
                                                         {-1, "[]"},
                                                         {1, "[]"},
                                                         {0, "{}"},
                                                         {0, ""},
                                                         {1, "[1]"},
                                                         {1, R"(["AAAA"])"}}) {
    const auto refused = CompactRange::parse(size, text);
    ASSERT_FALSE(refused) << size << " " << text;
    EXPECT_EQ(refused.error().code, base::Code::AuditCorrupt);
  }
}

}  // namespace
}  // namespace zeren::audit
