#include "generator/county.hpp"

#include "generator/department.hpp"

namespace zeren::demo {
namespace {

struct Town {
  std::string code;
  std::string name;  // with its kind: 白滩镇
  bool subdistrict = false;
};

void add_heads(Builder& city, const std::string& code, const std::string& place) {
  city.posts(code, {{"principal", place + "委书记", "PRINCIPAL"},
                    {"deputy", place + "委副书记、" + place + "长", "GOV_PRINCIPAL"},
                    {"member-1", place + "委副书记", "MEMBER"},
                    {"member-2", place + "委常委、组织部部长", "MEMBER"},
                    {"member-3", place + "委常委、常务副" + place + "长", "MEMBER"},
                    {"member-4", place + "委常委、宣传部部长", "MEMBER"},
                    {"member-5", place + "委常委、政法委书记", "MEMBER"},
                    {"member-discipline", place + "委常委", "MEMBER"},
                    {"clerk", place + "委办公室干部", "STAFF"},
                    {"clerk-2", place + "委办公室干部", "STAFF"}});
  city.posts(code + "-cdi",
             {{"head", place + "纪委书记、" + place + "监委主任", "DISC_HEAD"},
              {"member-1", place + "纪委副书记、" + place + "监委副主任", "DISC_MEMBER"},
              {"member-2", place + "纪委副书记、" + place + "监委副主任", "DISC_MEMBER"},
              {"member-3", place + "纪委常委", "DISC_MEMBER"},
              {"office", "党风政风监督室主任", "DEPT_HEAD"},
              {"office-letters", "信访室主任", "DEPT_HEAD"},
              {"office-trial", "案件审理室主任", "DEPT_HEAD"},
              {"clerk", place + "纪委办公室干部", "STAFF"},
              {"clerk-2", place + "纪委办公室干部", "STAFF"}});
}

void bind_pair(Builder& city, const std::string& code, const std::string& superior) {
  city.bind(code, "party_superior", superior);
  city.bind(code + "-cdi", "discipline_superior", superior + "-cdi");
  city.bind(code + "-cdi", "same_level", code);
}

void add_town_posts(Builder& city, const Town& town) {
  const std::string body = town.subdistrict ? "党工委" : "党委";
  const auto office =
      town.subdistrict ? std::string("办事处主任") : town.name.substr(town.name.size() - 3) + "长";
  const std::string discipline = town.subdistrict ? "纪工委" : "纪委";
  city.posts(town.code, {{"principal", body + "书记", "PRINCIPAL"},
                         {"deputy", body + "副书记、" + office, "GOV_PRINCIPAL"},
                         {"member-1", body + "副书记", "MEMBER"},
                         {"member-2", body + "委员、组织委员", "MEMBER"},
                         {"member-discipline", body + "委员", "MEMBER"},
                         {"clerk", "党政办公室干部", "STAFF"}});
  city.posts(town.code + "-cdi", {{"head", discipline + "书记", "DISC_HEAD"},
                                  {"member-1", discipline + "副书记", "DISC_MEMBER"},
                                  {"clerk", discipline + "干部", "STAFF"}});
}

void add_town(Builder& city, const County& county, const Town& town, const std::string& until) {
  const auto place = std::string(county.name) + town.name;
  const std::string begin(kBegin);
  if (town.subdistrict) {
    city.unit({town.code, "中共" + place + "工作委员会", town.name + "党工委", "township",
               "party_working_committee", begin, until});
    city.unit({town.code + "-cdi", "中共" + place + "纪律检查工作委员会", town.name + "纪工委",
               "township", "commission_working_committee", begin, until});
  } else {
    city.unit({town.code, "中国共产党" + place + "委员会", town.name + "党委", "township",
               "party_committee", begin, until});
    city.unit({town.code + "-cdi", "中国共产党" + place + "纪律检查委员会", town.name + "纪委",
               "township", "commission", begin, until});
  }
  bind_pair(city, town.code, std::string(county.code));
  add_town_posts(city, town);
}

// In each district two of three are subdistricts; in each county every fourth is a township (乡).
Town name_town(const County& county, TownNames& names, int number) {
  const auto name = names.next();
  const bool subdistrict = county.district && number % 3 != 2;
  const std::string kind = subdistrict ? "街道" : number % 4 == 3 ? "乡" : "镇";
  return {std::string(county.code) + "-" + name.code, name.name + kind, subdistrict};
}

// One merger of towns in the first county: its last goes into the one before.
void add_towns(Builder& city, const County& county, TownNames& names) {
  const bool merger = county.code == counties().front().code;
  std::string last;
  for (int i = 0; i < county.towns; ++i) {
    const auto town = name_town(county, names, i);
    const bool merged = merger && i == county.towns - 1;
    add_town(city, county, town, merged ? "2026-05-01" : "");
    if (merged) {
      city.succeed(town.code, last, "merge");
      city.succeed(town.code + "-cdi", last + "-cdi", "merge");
    }
    last = town.code;
  }
}

// One department of the first district was split in two.
void add_departments(Builder& city, const County& county, const Level& level) {
  const bool split = county.code == "linxi";
  const std::string day = "2026-01-10";
  for (const auto& department : county_departments()) {
    const bool part = department.code == "housing" || department.code == "transport";
    add_department(city, level, department, split && part ? Life{day, ""} : Life{});
  }
  if (!split) return;
  add_department(city, level, {"construction", "住房城乡建设和交通运输局", "住建交通局"},
                 {std::string(kBegin), day});
  city.succeed(level.committee + "-construction", level.committee + "-housing", "split");
  city.succeed(level.committee + "-construction", level.committee + "-transport", "split");
}

}  // namespace

TownNames::Name TownNames::next() {
  const auto firsts = first_syllables();
  const auto seconds = second_syllables();
  const auto& first = firsts[count_ % firsts.size()];
  const auto& second = seconds[(count_ + count_ / firsts.size()) % seconds.size()];
  ++count_;
  return {std::string(first.code) + std::string(second.code),
          std::string(first.name) + std::string(second.name)};
}

void add_county(Builder& city, const County& county, TownNames& towns) {
  const std::string code(county.code);
  const std::string name(county.name);
  const std::string place = county.district ? "区" : "县";
  city.unit({code, "中国共产党" + name + "委员会", name + "委", "county", "party_committee"});
  city.unit({code + "-cdi", "中国共产党" + name + "纪律检查委员会", name + "纪委", "county",
             "commission"});
  bind_pair(city, code, "qinglan");
  add_heads(city, code, place);
  const Level level{code, name, place};
  add_departments(city, county, level);
  for (const auto& station : county_stations()) {
    add_station(city, level, station, county_departments());
  }
  add_towns(city, county, towns);
}

}  // namespace zeren::demo
