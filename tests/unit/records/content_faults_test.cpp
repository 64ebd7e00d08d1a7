#include "records/content_faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "records/content_schema.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Language;
using testing::HasSubstr;

const Json kSchema = Json::parse(R"({
  "type": "object", "additionalProperties": false, "required": ["title"],
  "properties": {
    "title": {"type": "string", "minLength": 2, "maxLength": 4, "title": "标题"},
    "found": {"type": "integer", "minimum": 0, "maximum": 9, "title": "发现问题数"},
    "level": {"type": "string", "enum": ["high", "low"], "title": "级别"},
    "code": {"type": "string", "pattern": "^[a-z]+$", "title": "代码"},
    "people": {"type": "array", "maxItems": 2, "uniqueItems": true, "title": "人员",
               "items": {"type": "string", "maxLength": 3}}
  }
})");

std::string told(const Json& content, Language language) {
  const auto checked = ContentSchema::compile(kSchema).value().check(content);
  return checked ? std::string() : base::report_of(checked.error(), language);
}

TEST(ContentFaults, NameTheFieldByItsTitleAndSayWhatToDo) {
  const std::vector<std::pair<Json, std::string>> cases = {
      {{{"found", 1}}, "字段 标题 填写有误：未填写，请补充"},
      {{{"title", 3}}, "字段 标题 填写有误：应填写文本"},
      {{{"title", "一二三四五"}}, "字段 标题 填写有误：不得超过 4 个字"},
      {{{"title", "一"}}, "字段 标题 填写有误：不得少于 2 个字"},
      {{{"title", "一二"}, {"found", 10}}, "字段 发现问题数 填写有误：不得超过 9"},
      {{{"title", "一二"}, {"level", "middle"}}, "字段 级别 填写有误：只能选择：high, low"},
      {{{"title", "一二"}, {"code", "A1"}}, "字段 代码 填写有误：格式不符"},
      {{{"title", "一二"}, {"people", {"甲", "甲"}}}, "字段 人员 填写有误：有重复的项"},
      {{{"title", "一二"}, {"people", {"甲乙丙丁"}}}, "字段 人员 填写有误：不得超过 3 个字"},
      {{{"title", "一二"}, {"colour", 1}}, "字段 colour 填写有误：没有该字段，请删除"},
  };
  for (const auto& [content, said] : cases) EXPECT_THAT(told(content, Language::Chinese), HasSubstr(said));
}

TEST(ContentFaults, AreToldInEnglishToo) {
  EXPECT_THAT(told({{"title", "一二"}, {"found", "x"}}, Language::English),
              HasSubstr("the field found is not valid: write a whole number"));
}

TEST(ContentFaults, FindNothingInWhatIsRight) {
  EXPECT_EQ(told({{"title", "一二"}, {"found", 3}, {"level", "low"}, {"people", {"甲", "乙"}}}, Language::English), "");
  EXPECT_TRUE(content_faults(kSchema, {{"title", "一二"}}).empty());
}

}  // namespace
}  // namespace zeren::records
