#include "generator/department.hpp"

#include <algorithm>
#include <array>
#include <sstream>

namespace zeren::demo {
namespace {

// What the head of a body is called, by the end of the body's name.
std::string head_of(std::string_view name) {
  struct Ending {
    std::string_view end;
    std::string_view head;
  };
  static constexpr auto kEndings = std::to_array<Ending>({{"局", "局长"},
                                                          {"法院", "院长"},
                                                          {"检察院", "检察长"},
                                                          {"委员会", "主任"},
                                                          {"办公室", "主任"},
                                                          {"中心", "主任"},
                                                          {"联合社", "主任"},
                                                          {"馆", "馆长"}});
  for (const auto& ending : kEndings) {
    if (name.ends_with(ending.end)) return std::string(ending.head);
  }
  return "主席";  // of a federation
}

std::vector<std::string> words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> found;
  for (std::string word; in >> word;) found.push_back(word);
  return found;
}

const Department& named(std::span<const Department> departments, std::string_view code) {
  return *std::find_if(departments.begin(), departments.end(),
                       [&](const Department& department) { return department.code == code; });
}

}  // namespace

void add_department(Builder& city, const Level& level, const Department& department,
                    const Life& life) {
  const auto code = level.committee + "-" + std::string(department.code);
  const auto name = std::string(department.name);
  const std::string body = department.committee ? "党委" : "党组";
  const std::string member = department.committee ? "党委委员" : "党组成员";
  const auto head = head_of(name);
  city.unit({code, "中共" + level.place + name + (department.committee ? "委员会" : "党组"),
             level.short_place + std::string(department.short_name) + body, "department",
             department.committee ? "party_committee" : "party_group", life.from, life.to});
  city.bind(code, "party_superior", level.committee);
  city.posts(code, {{"principal", body + "书记、" + head, "PRINCIPAL"},
                    {"member-1", body + "副书记、副" + head, "MEMBER"},
                    {"member-2", member + "、副" + head, "MEMBER"},
                    {"section", "办公室主任", "DEPT_HEAD"},
                    {"clerk", "办公室干部", "STAFF"}});
}

void add_station(Builder& city, const Level& level, const Station& station,
                 std::span<const Department> departments) {
  const auto codes = words(station.departments);
  const auto& first = named(departments, codes.front());
  const auto at = level.short_place + std::string(first.short_name);
  const auto home = level.committee + "-" + codes.front();
  const auto group = home + "-group";
  city.unit({group, level.place + "纪委监委驻" + at + "纪检监察组", "驻" + at + "纪检监察组",
             "department", "stationed_group"});
  city.bind(group, "discipline_superior", level.committee + "-cdi");
  for (const auto& code : codes) city.bind(group, "stationed_at", level.committee + "-" + code);
  city.posts(group, {{"head", "纪检监察组组长", "DISC_HEAD"},
                     {"member-1", "纪检监察组副组长", "DISC_MEMBER"},
                     {"clerk", "纪检监察组干部", "STAFF"}});
  city.posts(home, {{"member-discipline", first.committee ? "党委委员" : "党组成员", "MEMBER"}});
}

void add_former_departments(Builder& city, const Level& level) {
  const auto& data = named(city_departments(), "data");
  add_department(city, level, {"big-data", "大数据发展管理局", "大数据局"},
                 {std::string(kBegin), std::string(data.since)});
  city.succeed("qinglan-big-data", "qinglan-data", "rename");
  add_department(city, level, {"intellectual-property", "知识产权局", "知识产权局"},
                 {std::string(kBegin), "2024-11-01"});
  city.succeed("qinglan-intellectual-property", "qinglan-market", "merge");
}

}  // namespace zeren::demo
