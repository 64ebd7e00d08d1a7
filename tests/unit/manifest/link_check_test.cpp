// What a manifest says of links, catalogues and free records must refer to what there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/manifest/manifest_text.hpp"
#include "unit/records/task_lists.hpp"

namespace zeren::manifest {
namespace {

using base::Json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The shipped manifest, with the types of a small module of lists beside its own.
ManifestText lists() {
  ManifestText text;
  const auto types = fixtures::task_list_types();
  for (const auto& [key, type] : types.items()) text.set("/record_types/" + key, type);
  const Json item{{"code", "T01"}, {"title", {{"en", "Deploy"}, {"zh-CN", "部署"}}}, {"spec", "记录"}};
  text.set("/catalogues", {{"items", Json::array({item})}});
  text.set("/parameters/local_items", {{"title", {{"en", "Local items"}, {"zh-CN", "增补事项"}}}, {"type", "text_list"},
                                       {"order", "superset"}, {"default", Json::array()}, {"mark", "I"},
                                       {"catalogue", "items"}});
  return text;
}

TEST(LinkCheck, AModuleOfLinkedRecordsIsGood) { EXPECT_THAT(lists().faults(), IsEmpty()); }

struct Wrong {
  const char* name;
  const char* pointer;
  Json value;
  const char* text;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }

class LinkCheckTest : public ::testing::TestWithParam<Wrong> {};

TEST_P(LinkCheckTest, NamesTheFault) {
  const auto& wrong = GetParam();
  EXPECT_THAT(lists().set(wrong.pointer, wrong.value).faults(), Contains(HasSubstr(wrong.text)));
}

INSTANTIATE_TEST_SUITE_P(
    All, LinkCheckTest,
    ::testing::Values(
        Wrong{"Target", "/record_types/item/links/of/to/0", "lost", "record_types"},
        Wrong{"OwnTypeWithModule", "/record_types/item/links/of/to/0", "dual_reports.list", "without its module"},
        Wrong{"ClosedIn", "/record_types/item/links/evidence/closed_in/0", "lost", "states"},
        Wrong{"MoreThanMax", "/record_types/item/links/of/min", 2, "more than"},
        Wrong{"Parent", "/record_types/item/parent", "lost", "links"},
        Wrong{"ReadWithoutParent", "/record_types/list/read", {"owner", "parent"}, "goes with the member"},
        Wrong{"ParentOfItself", "/record_types/item/links/of/to/0", "item", "its own parent"},
        Wrong{"ParentElsewhere", "/record_types/item/links/of/to/0", "other.list", "same module"},
        Wrong{"Linked", "/record_types/item/steps/verify/linked", {{"lost", {{"at_least", 1}}}}, "links"},
        Wrong{"LinkedFromType", "/record_types/list/steps/close/linked_from", {{"lost.of", {{"at_least", 1}}}}, "record_types"},
        Wrong{"LinkedFromElsewhere", "/record_types/list/steps/close/linked_from", {{"item.evidence", {{"at_least", 1}}}}, "do not lead here"},
        Wrong{"LinkedFromState", "/record_types/list/steps/close/linked_from/item.of/all_in/0", "lost", "states"},
        Wrong{"CreatesType", "/record_types/list/steps/adopt/creates/type", "lost", "record_types"},
        Wrong{"CreatesOwed", "/record_types/list/steps/adopt/creates/type", "principal_report", "free"},
        Wrong{"CreatesLink", "/record_types/list/steps/adopt/creates/link", "evidence", "does not lead here"},
        Wrong{"CreatesCatalogue", "/record_types/list/steps/adopt/creates/catalogue", "lost", "catalogues"},
        Wrong{"FieldCatalogue", "/record_types/item/schema/properties/code/catalogue", "lost", "catalogues"},
        Wrong{"RowIndexed", "/record_types/activity/schema/properties/present/items/properties/name/index", true, "only a field"},
        Wrong{"RowRequired", "/record_types/activity/schema/properties/present/items/required/0", "lost", "properties"},
        Wrong{"DateOfNumber", "/record_types/activity/schema/properties/date/type", "integer", "only a text"},
        Wrong{"AdditionTakesAway", "/parameters/local_items/order", "free", "superset"},
        Wrong{"AlsoBy", "/obligations/DR1/also_by", Json::array({"lost"}), "record_types"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(LinkCheck, ACodeStandsInACatalogueOnce) {
  const Json item{{"code", "T01"}, {"title", {{"en", "Deploy"}, {"zh-CN", "部署"}}}};
  EXPECT_THAT(lists().set("/catalogues/items", Json::array({item, item})).faults(), Contains(HasSubstr("there twice")));
}

}  // namespace
}  // namespace zeren::manifest
