#include "unit/sdk/abi_layout.hpp"

#include <sstream>

#include "zeren/compute.h"
#include "zeren/events.h"
#include "zeren/log.h"
#include "zeren/plugin.h"
#include "zeren/steps.h"

// offsetof and sizeof take names, not values.
#define MEMBER(type, member) {#member, {offsetof(type, member), sizeof(type::member)}}

namespace zeren::sdk {

Layout layout_of_today() {
  return {{"zeren_str", {sizeof(zeren_str), {MEMBER(zeren_str, p), MEMBER(zeren_str, n)}}},
          {"zeren_host",
           {sizeof(zeren_host),
            {MEMBER(zeren_host, size), MEMBER(zeren_host, major), MEMBER(zeren_host, minor),
             MEMBER(zeren_host, ctx), MEMBER(zeren_host, iface), MEMBER(zeren_host, reply)}}},
          {"zeren_plugin",
           {sizeof(zeren_plugin),
            {MEMBER(zeren_plugin, size), MEMBER(zeren_plugin, self), MEMBER(zeren_plugin, init),
             MEMBER(zeren_plugin, start), MEMBER(zeren_plugin, stop),
             MEMBER(zeren_plugin, destroy), MEMBER(zeren_plugin, iface)}}},
          {"zeren_entry",
           {sizeof(zeren_entry),
            {MEMBER(zeren_entry, magic), MEMBER(zeren_entry, size), MEMBER(zeren_entry, major),
             MEMBER(zeren_entry, minor), MEMBER(zeren_entry, create)}}},
          {"zeren_log",
           {sizeof(zeren_log), {MEMBER(zeren_log, size), MEMBER(zeren_log, write)}}},
          {"zeren_steps",
           {sizeof(zeren_steps),
            {MEMBER(zeren_steps, size), MEMBER(zeren_steps, will_step),
             MEMBER(zeren_steps, did_step)}}},
          {"zeren_events",
           {sizeof(zeren_events), {MEMBER(zeren_events, size), MEMBER(zeren_events, did_event)}}},
          {"zeren_compute",
           {sizeof(zeren_compute), {MEMBER(zeren_compute, size), MEMBER(zeren_compute, compute)}}}};
}

Layout parse_layout(const std::string& text) {
  Layout layout;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    const auto dot = name.find('.');
    if (dot == std::string::npos) {
      words >> layout[name].size;
      continue;
    }
    auto& place = layout[name.substr(0, dot)].members[name.substr(dot + 1)];
    words >> place.offset >> place.size;
  }
  return layout;
}

std::vector<std::string> breaks(const Layout& released, const Layout& today) {
  std::vector<std::string> found;
  for (const auto& [name, old] : released) {
    const auto now = today.find(name);
    if (now == today.end()) {
      found.push_back(name + " is gone");
      continue;
    }
    if (now->second.size < old.size) found.push_back(name + " has shrunk");
    for (const auto& [member, place] : old.members) {
      const auto moved = now->second.members.find(member);
      const bool stands = moved != now->second.members.end() && moved->second == place;
      if (!stands) found.push_back(name + "." + member + " has moved");
    }
    for (const auto& [member, place] : now->second.members) {
      const bool within = !old.members.contains(member) && place.offset < old.size;
      if (within) found.push_back(name + "." + member + " is new and not at the end");
    }
  }
  return found;
}

}  // namespace zeren::sdk
