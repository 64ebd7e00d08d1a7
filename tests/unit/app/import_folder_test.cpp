// What a folder of tables brings to an import.
#include <gtest/gtest.h>

#include "app/setup.hpp"
#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::app {
namespace {

class ImportFolder : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(base::write_file(folder_ / name, text).has_value());
  }
  fixtures::TempFolder folder_;
};

TEST_F(ImportFolder, BringsAMisspeltTableByNameForTheImportToRefuse) {
  write("persons.csv", "code,name\np-1,甲\n");
  write("appointment.csv", "person,post\n");
  write(".~lock.persons.csv#", "");
  write("~$persons.csv", "");
  write("notes.txt", "");
  const auto texts = read_import_folder(folder_ / "");
  ASSERT_TRUE(texts.has_value());
  EXPECT_EQ(*texts, (org::ImportTexts{{"appointment.csv", ""}, {"persons.csv", "code,name\np-1,甲\n"}}));
}

TEST_F(ImportFolder, SaysOfATableInUtf16WhatToSaveItAs) {
  write("persons.csv", std::string("\xFF\xFE\"\0", 4));
  const auto refused = read_import_folder(folder_ / "");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::Code::TextNotUtf8);
  EXPECT_EQ(refused.error().where.file, "persons.csv");
}

}  // namespace
}  // namespace zeren::app
