#include "generator/names.hpp"

#include <array>
#include <string_view>

namespace zeren::demo {
namespace {

constexpr auto kSurnames = std::to_array<std::string_view>(
    {"程", "顾", "陆", "丁", "贺", "沈", "韩", "方", "曹", "彭", "蒋", "蔡", "余", "杜", "叶",
     "苏", "吕", "卢", "钟", "姜", "范", "廖", "石", "谭", "邹", "熊", "金", "郝", "孔", "崔",
     "康", "毛", "邱", "秦", "江", "史", "侯", "邵", "孟", "龙", "万", "段", "汤", "尹", "黎",
     "易", "常", "武", "乔", "赖", "龚", "文", "温", "岑", "柯", "祝", "戚", "尚", "简", "路"});

constexpr auto kGivenFirst = std::to_array<std::string_view>(
    {"景", "维", "修", "若", "南", "知", "柏", "云", "书", "明", "怀", "承",
     "启", "思", "子", "文", "志", "晓", "海", "立", "永", "少", "宗", "廷",
     "伯", "仲", "芷", "静", "慧", "雪", "兰", "秋", "春", "远", "克", "兴",
     "运", "守", "育", "敬", "绍", "润", "培", "鸿", "振", "庆", "昌", "秉"});

constexpr auto kGivenSecond = std::to_array<std::string_view>(
    {"岳", "桢", "远", "溪", "屏", "澜", "舟", "平", "和", "谦", "诚", "恒", "川",
     "峰", "霖", "宁", "岚", "清", "朗", "毅", "勤", "德", "义", "松", "辉", "杰",
     "宇", "泽", "涛", "衡", "安", "源", "民", "中", "正", "忠", "青", "梅", "芳",
     "英", "敏", "燕", "霞", "琴", "娟", "洁", "瑜", "莹", "田", "林", "石", "江"});

}  // namespace

std::string Names::next(Chance& chance) {
  for (;;) {
    const auto name = std::string(chance.one_of(kSurnames)) +
                      std::string(chance.one_of(kGivenFirst)) +
                      std::string(chance.one_of(kGivenSecond));
    if (taken_.insert(name).second) return name;
  }
}

}  // namespace zeren::demo
