#include "generator/places.hpp"

#include <array>

namespace zeren::demo {
namespace {

// The office for big data was renamed that day.
constexpr std::string_view kDataOffice = "2025-03-15";

constexpr auto kCityDepartments = std::to_array<Department>({
    {"finance", "财政局", "财政局"},
    {"education", "教育局", "教育局"},
    {"housing", "住房和城乡建设局", "住建局"},
    {"audit", "审计局", "审计局"},
    {"development", "发展和改革委员会", "发改委"},
    {"industry", "工业和信息化局", "工信局"},
    {"science", "科学技术局", "科技局"},
    {"public-security", "公安局", "公安局", true},
    {"civil-affairs", "民政局", "民政局"},
    {"justice", "司法局", "司法局"},
    {"human-resources", "人力资源和社会保障局", "人社局"},
    {"resources", "自然资源和规划局", "资规局"},
    {"ecology", "生态环境局", "生态环境局"},
    {"transport", "交通运输局", "交通局"},
    {"water", "水利局", "水利局"},
    {"agriculture", "农业农村局", "农业农村局"},
    {"commerce", "商务局", "商务局"},
    {"culture", "文化广电和旅游局", "文旅局"},
    {"health", "卫生健康委员会", "卫健委"},
    {"veterans", "退役军人事务局", "退役军人局"},
    {"emergency", "应急管理局", "应急局", true},
    {"market", "市场监督管理局", "市场监管局"},
    {"state-assets", "国有资产监督管理委员会", "国资委", true},
    {"statistics", "统计局", "统计局"},
    {"medical-security", "医疗保障局", "医保局"},
    {"petitions", "信访局", "信访局"},
    {"city-management", "城市管理局", "城管局"},
    {"forestry", "林业局", "林业局"},
    {"data", "数据局", "数据局", false, kDataOffice},
    {"investment", "投资促进局", "投促局"},
    {"foreign-affairs", "外事办公室", "外事办"},
    {"office-affairs", "机关事务管理局", "机关事务局"},
    {"grain", "粮食和物资储备局", "粮储局"},
    {"energy", "能源局", "能源局"},
    {"sports", "体育局", "体育局"},
    {"finance-service", "地方金融管理局", "金融局"},
    {"court", "中级人民法院", "中级法院"},
    {"procuratorate", "人民检察院", "检察院"},
    {"unions", "总工会", "总工会"},
    {"women", "妇女联合会", "妇联"},
    {"commerce-federation", "工商业联合会", "工商联"},
    {"disabled", "残疾人联合会", "残联"},
    {"supply", "供销合作社联合社", "供销社"},
    {"archives", "档案馆", "档案馆"},
    {"housing-fund", "住房公积金管理中心", "公积金中心"},
});

constexpr auto kCountyDepartments = std::to_array<Department>({
    {"finance", "财政局", "财政局"},
    {"education", "教育体育局", "教体局"},
    {"housing", "住房和城乡建设局", "住建局"},
    {"audit", "审计局", "审计局"},
    {"development", "发展和改革局", "发改局"},
    {"public-security", "公安局", "公安局", true},
    {"civil-affairs", "民政局", "民政局"},
    {"human-resources", "人力资源和社会保障局", "人社局"},
    {"resources", "自然资源和规划局", "资规局"},
    {"transport", "交通运输局", "交通局"},
    {"water", "水利局", "水利局"},
    {"agriculture", "农业农村局", "农业农村局"},
    {"culture", "文化和旅游局", "文旅局"},
    {"health", "卫生健康局", "卫健局"},
    {"emergency", "应急管理局", "应急局"},
    {"market", "市场监督管理局", "市场监管局"},
});

constexpr auto kCityStations = std::to_array<Station>({
    {"finance audit"},
    {"education science sports"},
    {"housing city-management housing-fund"},
    {"development data energy grain"},
    {"industry investment"},
    {"public-security"},
    {"civil-affairs veterans disabled"},
    {"justice petitions"},
    {"human-resources medical-security"},
    {"resources forestry"},
    {"ecology emergency"},
    {"transport"},
    {"water agriculture supply"},
    {"commerce foreign-affairs commerce-federation"},
    {"culture archives"},
    {"health"},
    {"market statistics"},
    {"state-assets finance-service"},
    {"office-affairs unions women"},
    {"court procuratorate"},
});

constexpr auto kCountyStations = std::to_array<Station>({
    {"finance audit development civil-affairs"},
    {"education culture health human-resources"},
    {"housing resources transport water"},
    {"public-security emergency market agriculture"},
});

constexpr auto kCounties = std::to_array<County>({
    {"yunxiu", "云岫县", "云", false, 12},
    {"wangchuan", "望川县", "望"},
    {"linxi", "临汐区", "临", true},
    {"chengjiang", "澄岸区", "澄", true},
    {"tongyuan", "桐峦县", "桐"},
    {"xialing", "霞岭县", "霞"},
    {"qiyun", "栖禾县", "栖"},
    {"zhuwu", "竹坞县", "竹"},
    {"heting", "鹤汀区", "鹤", true},
});

constexpr auto kTownFirst = std::to_array<Syllable>({
    {"bai", "白"},  {"song", "松"}, {"shuang", "双"}, {"hu", "湖"},  {"he", "河"},
    {"shi", "石"},  {"liu", "柳"},  {"mei", "梅"},    {"zhu", "竹"}, {"long", "龙"},
    {"feng", "凤"}, {"yun", "云"},  {"qing", "清"},   {"gu", "古"},  {"xin", "新"},
    {"da", "大"},   {"xiao", "小"}, {"dong", "东"},   {"xi", "西"},  {"nan", "南"},
});

constexpr auto kTownSecond = std::to_array<Syllable>({
    {"tan", "滩"},
    {"ling", "岭"},
    {"qiao", "桥"},
    {"tou", "头"},
    {"yan", "沿"},
    {"ping", "坪"},
    {"tang", "塘"},
    {"xi", "溪"},
    {"wan", "湾"},
    {"po", "坡"},
    {"du", "渡"},
    {"dian", "店"},
    {"shan", "山"},
    {"zhou", "洲"},
    {"kou", "口"},
    {"guan", "关"},
});

}  // namespace

std::span<const Department> city_departments() { return kCityDepartments; }
std::span<const Department> county_departments() { return kCountyDepartments; }
std::span<const Station> city_stations() { return kCityStations; }
std::span<const Station> county_stations() { return kCountyStations; }
std::span<const County> counties() { return kCounties; }
std::span<const Syllable> first_syllables() { return kTownFirst; }
std::span<const Syllable> second_syllables() { return kTownSecond; }

}  // namespace zeren::demo
