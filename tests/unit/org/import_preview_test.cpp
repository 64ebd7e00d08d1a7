// A dry run says what an import would do, row by row, and does nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "unit/org/recorded_organisation.hpp"

namespace zeren::org {
namespace {

using base::Json;

constexpr const char* kPreviewUnits = "code,name,level,kind,valid_from,valid_to\n";
constexpr const char* kCity = "city,市委,city,party_committee,2019-01-01,\n";

class ImportPreview : public RecordedOrganisation {
 protected:
  void SetUp() override {
    RecordedOrganisation::SetUp();
    import({{"units.csv", std::string(kPreviewUnits) + kCity +
                              "county,县委,county,party_committee,2019-01-01,\n"}});
  }
};

TEST_F(ImportPreview, ListsWhatWouldBeAddedAndCorrectedByRowAndCode) {
  const auto answer = preview(
      {{"units.csv", std::string(kPreviewUnits) + kCity +
                         "town,镇党委,township,party_committee,2020-01-01,\n"
                         "county,云岫县委,county,party_committee,2019-01-01,\n"},
       {"relations.csv", "from,kind,to,valid_from\ncounty,party_superior,city,2019-01-01\n"},
       {"persons.csv", "code,name\np-1,甲\n"},
       {"posts.csv", "code,unit,title,class\nhead,city,书记,PRINCIPAL\n"},
       {"appointments.csv", "person,post,mode,valid_from\np-1,head,formal,2020-01-01\n"},
       {"portfolios.csv", "person,post,unit,valid_from\np-1,head,county,2020-01-01\n"}});
  ASSERT_TRUE(answer.has_value()) << base::report_of(answer.error());
  EXPECT_EQ(answer->at("units"),
            (Json{{"added", 1},
                  {"corrected", 1},
                  {"unchanged", 1},
                  {"changes",
                   {{{"row", 3}, {"name", "town"}, {"change", "added"}},
                    {{"row", 4}, {"name", "county"}, {"change", "corrected"}}}}}));
  const auto only_change = [&](const char* kind) {
    return answer->at(kind).at("changes").at(0).value("name", "");
  };
  EXPECT_EQ(only_change("relations"), "county party_superior city");
  EXPECT_EQ(only_change("posts"), "head");
  EXPECT_EQ(only_change("appointments"), "p-1 head");
  EXPECT_EQ(only_change("portfolios"), "p-1 head county");
}

TEST_F(ImportPreview, CountsAsTheImportItselfDoes) {
  const ImportTexts texts{
      {"units.csv", std::string(kPreviewUnits) + "city,市委,city,party_committee,2019-01-01,2025-01-01\n"},
      {"persons.csv", "code,name\np-1,甲\n"}};
  auto answer = preview(texts);
  ASSERT_TRUE(answer.has_value());
  const auto done = import(texts);
  for (auto& [kind, counts] : answer->items()) {
    if (counts.is_object()) counts.erase("changes");
  }
  EXPECT_EQ(*answer, done.answer);
  EXPECT_EQ(answer->at("without_successor"), Json{"city"});
}

TEST_F(ImportPreview, OfNothingNewListsNothing) {
  const auto answer = preview({{"units.csv", std::string(kPreviewUnits) + kCity}});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->at("units").at("changes"), Json::array());
  EXPECT_EQ(answer->at("persons"), (Json{{"added", 0},
                                         {"corrected", 0},
                                         {"unchanged", 0},
                                         {"changes", Json::array()}}));
}

TEST_F(ImportPreview, RefusesWhatTheImportRefuses) {
  const ImportTexts texts{{"units.csv", std::string(kPreviewUnits) + "city,,galaxy,x,never,\n"}};
  const auto answer = preview(texts);
  const auto planned = plan(texts);
  ASSERT_FALSE(answer.has_value());
  ASSERT_FALSE(planned.has_value());
  EXPECT_EQ(base::report_of(answer.error()), base::report_of(planned.error()));
}

}  // namespace
}  // namespace zeren::org
