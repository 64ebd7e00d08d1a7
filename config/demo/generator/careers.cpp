#include "generator/careers.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "generator/day.hpp"
#include "generator/names.hpp"
#include "generator/places.hpp"

namespace zeren::demo {
namespace {

struct Appointment {
  std::string person;
  const Post* post;
  std::string_view mode;
  std::string from;
  std::string to;  // empty: still
};

bool leads(const Post& post) {
  return post.post_class == "PRINCIPAL" || post.post_class == "DISC_HEAD" ||
         post.post_class == "GOV_PRINCIPAL";
}

class Careers final {
 public:
  Careers(const Structure& structure, Chance& chance, Tables& tables)
      : structure_(structure), chance_(chance), tables_(tables) {}

  void write() {
    for (const auto& post : structure_.posts) {
      if (!post.code.ends_with("-member-discipline")) fill(post);
    }
    for (const auto& post : structure_.posts) {
      if (post.code.ends_with("-member-discipline")) sit_in(post);
    }
    combine("yunxiu-principal", "qinglan-member-5");
    add_portfolios();
    number_documents();
  }

 private:
  std::string newcomer() {
    char code[32];
    std::snprintf(code, sizeof code, "p-%05zu", tables_.persons.rows.size() + 1);
    tables_.persons.rows.push_back({code, names_.next(chance_)});
    return code;
  }

  void appoint(std::string person, const Post& post, std::string_view mode, const std::string& from,
               const std::string& to) {
    appointments_.push_back({std::move(person), &post, mode, from, to});
  }

  // Somebody from early on, in many posts a successor, in some nobody at the end.
  void fill(const Post& post) {
    const auto& unit = structure_.unit(post.unit);
    const auto begin =
        std::max(unit.from, day_between(chance_, month_of(2020, 1), month_of(2023, 9)));
    const auto changes = leads(post) ? 45 : post.post_class == "STAFF" ? 12 : 28;
    const auto change = day_between(chance_, month_of(2023, 11), month_of(2026, 8));
    const bool fits = change > later(begin, 6) && (unit.to.empty() || change < unit.to);
    if (!chance_.in(changes) || !fits) {
      appoint(newcomer(), post, "formal", begin, unit.to);
      return;
    }
    appoint(newcomer(), post, "formal", begin, change);
    succeed(post, unit, change);
  }

  void succeed(const Post& post, const Unit& unit, const std::string& change) {
    const auto way = chance_.between(1, 100);
    if (!leads(post) || way > 22) {
      appoint(newcomer(), post, "formal", change, unit.to);
      return;
    }
    const auto person = newcomer();
    const auto formal = later(change, chance_.between(2, 5));
    // Appointed in the end; still without an appointment; or nobody at all.
    if (way > 9 && formal < kPresent && (unit.to.empty() || formal < unit.to)) {
      appoint(person, post, way % 2 == 0 ? "in_charge" : "acting", change, formal);
      appoint(person, post, "formal", formal, unit.to);
    } else if (way > 3) {
      appoint(person, post, "in_charge", change, unit.to);
    }
  }

  // The head of the discipline body is a member of the committee beside it for as long as he is
  // head.
  void sit_in(const Post& seat) {
    const auto& unit = structure_.unit(seat.unit);
    const auto group = seat.unit + "-group-head";
    const auto commission = seat.unit + "-cdi-head";
    const auto count = appointments_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto held = appointments_[i];
      if (held.mode != "formal" || (held.post->code != group && held.post->code != commission))
        continue;
      const auto from = std::max(held.from, unit.from);
      if (held.to.empty() || held.to > from)
        appoint(held.person, seat, "concurrent", from, held.to);
    }
  }

  // Whoever holds `post` today holds `other` besides, and nobody else does.
  void combine(std::string_view post, std::string_view other) {
    const auto seat = std::find_if(structure_.posts.begin(), structure_.posts.end(),
                                   [&](const Post& p) { return p.code == other; });
    std::erase_if(appointments_, [&](const Appointment& a) { return a.post == &*seat; });
    const auto held = std::find_if(appointments_.begin(), appointments_.end(), [&](const auto& a) {
      return a.post->code == post && a.to.empty() && a.mode == "formal";
    });
    if (held != appointments_.end()) appoint(held->person, *seat, "concurrent", held->from, "");
  }

  // Members of a leadership share out the units right below it, in turns.
  void add_portfolios() {
    for (const auto& unit : structure_.units) {
      if (unit.level != "city" && unit.level != "county") continue;
      const bool commission = unit.code.ends_with("-cdi");
      const auto relation = commission ? "discipline_superior" : "party_superior";
      share_out(holders_in(unit.code, commission ? "DISC_MEMBER" : "MEMBER"), unit.code, relation);
    }
  }

  std::vector<Appointment> holders_in(const std::string& unit, std::string_view post_class) const {
    std::vector<Appointment> found;
    for (const auto& a : appointments_) {
      const bool here = a.post->unit == unit && a.post->post_class == post_class;
      if (here && a.to.empty() && a.mode == "formal") found.push_back(a);
    }
    return found;
  }

  void share_out(const std::vector<Appointment>& members, const std::string& unit,
                 std::string_view relation) {
    if (members.empty()) return;
    std::size_t turn = 0;
    for (const auto& bond : structure_.relations) {
      if (bond.to != unit || bond.kind != relation || !bond.valid_to.empty()) continue;
      const auto& member = members[turn++ % members.size()];
      tables_.portfolios.rows.push_back({member.person, member.post->code, bond.from,
                                         std::max(member.from, bond.valid_from), ""});
    }
  }

  // 青委干〔2024〕17号: by the committee that appoints, in the order of the year.
  void number_documents() {
    std::stable_sort(appointments_.begin(), appointments_.end(),
                     [](const auto& a, const auto& b) { return a.from < b.from; });
    std::map<std::string, int> last;
    for (const auto& a : appointments_) {
      std::string number;
      if (a.post->post_class != "STAFF") {
        const auto series =
            issuer(structure_.unit(a.post->unit)) + "〔" + a.from.substr(0, 4) + "〕";
        number = series + std::to_string(++last[series]) + "号";
      }
      tables_.appointments.rows.push_back(
          {a.person, a.post->code, std::string(a.mode), number, a.from, a.to});
    }
  }

  static std::string issuer(const Unit& unit) {
    const bool top = unit.code.starts_with("lanjiang") || unit.level == "city";
    if (top) return "澜委干";
    if (unit.level == "county" || unit.code.starts_with("qinglan-")) return "青委干";
    for (const auto& county : counties()) {
      if (unit.code.starts_with(county.code)) return std::string(county.prefix) + "委干";
    }
    return "青委干";
  }

  const Structure& structure_;
  Chance& chance_;
  Tables& tables_;
  Names names_;
  std::vector<Appointment> appointments_;
};

}  // namespace

void add_careers(const Structure& structure, Chance& chance, Tables& tables) {
  Careers(structure, chance, tables).write();
}

}  // namespace zeren::demo
