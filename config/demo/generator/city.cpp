// The province above, the city's own bodies and the zone.
#include "generator/city.hpp"

#include "generator/county.hpp"
#include "generator/department.hpp"

namespace zeren::demo {
namespace {

void add_province(Builder& to) {
  to.unit({"lanjiang", "中国共产党澜江省委员会", "澜江省委", "province", "party_committee"});
  to.unit(
      {"lanjiang-cdi", "中国共产党澜江省纪律检查委员会", "澜江省纪委", "province", "commission"});
  to.bind("lanjiang-cdi", "same_level", "lanjiang");
  to.posts("lanjiang",
           {{"principal", "省委书记", "PRINCIPAL"}, {"clerk", "省委办公厅干部", "STAFF"}});
  to.posts("lanjiang-cdi", {{"head", "省纪委书记、省监委主任", "DISC_HEAD"},
                            {"clerk", "省纪委办公厅干部", "STAFF"}});
}

void add_committee(Builder& to) {
  to.unit({"qinglan", "中国共产党青澜市委员会", "青澜市委", "city", "party_committee"});
  to.bind("qinglan", "party_superior", "lanjiang");
  to.posts("qinglan", {{"principal", "市委书记", "PRINCIPAL"},
                       {"deputy", "市委副书记、市长", "GOV_PRINCIPAL"},
                       {"member-1", "市委副书记", "MEMBER"},
                       {"member-2", "市委常委、组织部部长", "MEMBER"},
                       {"member-3", "市委常委、常务副市长", "MEMBER"},
                       {"member-4", "市委常委、宣传部部长", "MEMBER"},
                       {"member-5", "市委常委、统战部部长", "MEMBER"},
                       {"member-6", "市委常委、政法委书记", "MEMBER"},
                       {"member-7", "市委常委、秘书长", "MEMBER"},
                       {"member-discipline", "市委常委", "MEMBER"},
                       {"clerk", "市委办公室干部", "STAFF"},
                       {"clerk-2", "市委办公室干部", "STAFF"}});
}

void add_commission(Builder& to) {
  to.unit({"qinglan-cdi", "中国共产党青澜市纪律检查委员会", "青澜市纪委", "city", "commission"});
  to.bind("qinglan-cdi", "discipline_superior", "lanjiang-cdi");
  to.bind("qinglan-cdi", "same_level", "qinglan");
  to.posts("qinglan-cdi", {{"head", "市纪委书记、市监委主任", "DISC_HEAD"},
                           {"member-1", "市纪委副书记、市监委副主任", "DISC_MEMBER"},
                           {"member-2", "市纪委副书记、市监委副主任", "DISC_MEMBER"},
                           {"member-3", "市纪委常委、秘书长", "DISC_MEMBER"},
                           {"member-4", "市纪委常委、市监委委员", "DISC_MEMBER"},
                           {"member-5", "市纪委常委、市监委委员", "DISC_MEMBER"},
                           {"office", "党风政风监督室主任", "DEPT_HEAD"},
                           {"office-letters", "信访室主任", "DEPT_HEAD"},
                           {"office-cases", "案件监督管理室主任", "DEPT_HEAD"},
                           {"office-supervision", "第一监督检查室主任", "DEPT_HEAD"},
                           {"office-investigation", "第五审查调查室主任", "DEPT_HEAD"},
                           {"office-trial", "案件审理室主任", "DEPT_HEAD"},
                           {"clerk", "市纪委办公室干部", "STAFF"},
                           {"clerk-2", "党风政风监督室干部", "STAFF"}});
}

void add_zone(Builder& to) {
  const std::string zone = "qinglan-hitech";
  to.unit({zone, "中共青澜市委高新技术产业开发区工作委员会", "青澜高新区党工委", "county",
           "party_working_committee"});
  to.unit({zone + "-cdi", "中共青澜市纪委高新技术产业开发区工作委员会", "青澜高新区纪工委",
           "county", "commission_working_committee"});
  to.bind(zone, "party_superior", "qinglan");
  to.bind(zone + "-cdi", "discipline_superior", "qinglan-cdi");
  to.bind(zone + "-cdi", "same_level", zone);
  to.posts(zone, {{"principal", "党工委书记", "PRINCIPAL"},
                  {"deputy", "党工委副书记、管委会主任", "GOV_PRINCIPAL"},
                  {"member-1", "党工委委员、管委会副主任", "MEMBER"},
                  {"member-2", "党工委委员、管委会副主任", "MEMBER"},
                  {"member-discipline", "党工委委员", "MEMBER"},
                  {"clerk", "党政办公室干部", "STAFF"}});
  to.posts(zone + "-cdi", {{"head", "纪工委书记、监察工委主任", "DISC_HEAD"},
                           {"member-1", "纪工委副书记", "DISC_MEMBER"},
                           {"clerk", "纪工委干部", "STAFF"}});
}

}  // namespace

Structure make_city() {
  Builder city;
  add_province(city);
  add_committee(city);
  add_commission(city);
  add_zone(city);
  const Level level{"qinglan", "青澜市", "市"};
  for (const auto& department : city_departments()) {
    const auto since = department.since.empty() ? kBegin : department.since;
    add_department(city, level, department, {std::string(since), ""});
  }
  add_former_departments(city, level);
  for (const auto& station : city_stations()) {
    add_station(city, level, station, city_departments());
  }
  TownNames towns;
  for (const auto& county : counties()) add_county(city, county, towns);
  return city.take();
}

}  // namespace zeren::demo
