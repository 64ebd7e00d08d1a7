#include "records/record_type.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

template <class T>
const T* find_key(const std::vector<T>& all, std::string_view key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.key == key; });
  return found == all.end() ? nullptr : &*found;
}

// What stands in a record's history beside steps, legs and tasks.
struct Act {
  std::string_view key;
  std::string_view en;
  std::string_view zh;
};
constexpr auto kOtherActs = std::to_array<Act>({
    {"leg.open", "Opened", "拆阅"},
    {"leg.urge", "Urged to sign for it", "催办签收"},
    {"task.hand_over", "Handed over", "移交"},
    {"recuse", "Recusal", "回避"},
    {"dispatch.withhold", "Copy withheld", "暂缓送达"},
    {"dispatch.release", "Copy released", "放行送达"},
    {"dispatch.enter", "Delivery or receipt entered", "登记送达回执"},
    {"dispatch.confirm", "Entry confirmed", "复核登记"},
    {"link.add", "Linked", "关联"},
    {"link.propose", "Link proposed", "建议关联"},
    {"link.confirm", "Link confirmed", "确认关联"},
    {"link.take_back", "Link taken back", "撤销关联"},
    {"reuse.add", "Used for another obligation", "用于其他应办事项"},
    {"reuse.take_back", "No longer used for another obligation", "不再用于其他应办事项"},
});

std::vector<std::string> texts(const Json& body, const char* key) {
  return body.value(key, std::vector<std::string>{});
}

std::vector<MayAct> read_by(const Json& body, const char* key = "by") { return read_may_act(body.at(key)); }

TaskKind kind_of(const std::string& name) {
  const auto kind = task_kind_named(name);
  base::invariant(kind.has_value(), "the manifest's schema lists the kinds of tasks");
  return *kind;
}

std::optional<Countersign> read_countersign(const Json& body) {
  if (!body.contains("countersign")) return std::nullopt;
  const auto& asked = body.at("countersign");
  const auto agreement = agreement_named(asked.at("mode").get<std::string>());
  base::invariant(agreement.has_value(), "the manifest's schema lists the modes");
  return Countersign{*agreement, asked.value("quorum", std::int64_t{0}), read_by(asked, "signers")};
}

std::vector<TaskKind> kinds(const Json& body, const char* key) {
  std::vector<TaskKind> all;
  for (const auto& name : texts(body, key)) all.push_back(kind_of(name));
  return all;
}

std::optional<Creates> read_creates(const Json& body) {
  if (!body.contains("creates")) return std::nullopt;
  const auto& made = body.at("creates");
  return Creates{made.at("type").get<std::string>(), made.at("link").get<std::string>(),
                 made.at("catalogue").get<std::string>()};
}

Step read_step(const std::string& key, const Json& body) {
  return {key,
          body.at("title"),
          texts(body, "from"),
          body.at("to").get<std::string>(),
          read_by(body),
          body.value("reason", "") == "required",
          texts(body, "required_fields"),
          texts(body, "not_same_person_as"),
          body.value("dispatch", false),
          verb_named(body.value("verb", "move")).value_or(Verb::Move),
          kinds(body, "tasks_done"),
          read_countersign(body),
          read_links_needed(body),
          read_linked_from(body),
          read_creates(body),
          texts(body, "emit")};
}

void read_links(const Json& body, RecordType& type) {
  if (body.contains("links")) type.links = read_link_kinds(type.module, body, type.first_step().by);
  type.parent = body.value("parent", "");
  if (!body.contains("free")) return;
  type.free = body.at("free").at("period") == "year" ? FreePeriod::Year : FreePeriod::None;
}

// `parent` is no side: it is said by the link it names.
void read_readers(const Json& body, RecordType& type) {
  for (const auto& side : texts(body, "read")) {
    if (side == "parent") continue;
    type.readers.push_back(Side::called(side));
  }
}

void read_tasks(const Json& body, RecordType& type) {
  if (body.contains("tasks")) {
    for (const auto& [kind, rule] : body.at("tasks").items()) {
      type.tasks.emplace(kind_of(kind), TaskRule{read_by(rule), read_by(rule, "to"), rule.value("before_due", false)});
    }
  }
  for (const auto& pair : body.value("incompatible", Json::array())) {
    type.incompatible.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  }
  if (body.contains("recusal")) type.recusal_by = read_by(body.at("recusal"));
}

void read_protection(const Json& body, RecordType& type) {
  const auto declared = rules::sensitivity_named(body.value("sensitivity", "internal"));
  type.sensitivity = declared.value_or(rules::Sensitivity::Sensitive);
  const auto fields = body.at("schema").value("properties", Json::object());
  for (const auto& [field, shape] : fields.items()) {
    if (shape.contains("group")) type.field_groups.emplace(field, shape.at("group").get<std::string>());
  }
}

std::vector<MayAct>* decision_named(LegDecisions& decisions, std::string_view key) {
  if (key == "withhold") return &decisions.withhold;
  if (key == "release") return &decisions.release;
  return key == "enter" ? &decisions.enter : nullptr;
}

void read_legs(const Json& legs, RecordType& type) {
  for (const auto& [key, body] : legs.items()) {
    if (auto* decision = decision_named(type.decisions, key); decision != nullptr) {
      *decision = read_by(body);
    } else if (key == "all_receipted") {
      type.all_receipted_to = body.at("to").get<std::string>();
    } else {
      type.leg_steps.push_back({key, body.at("title"), read_by(body),
                                body.value("reason", "") == "required", body.value("to", "")});
    }
  }
}

void read_contents(const Json& body, RecordType& type) {
  const auto profiles = body.value("profiles", Json::object());  // items() keeps nothing alive
  for (const auto& [key, profile] : profiles.items()) {
    type.profiles.emplace(key, Profile{profile.at("title"), texts(profile, "without")});
  }
  const auto casts = body.value("upcasts", Json::object());
  for (const auto& [version, operations] : casts.items()) {
    type.up_casts.emplace(std::stoll(version), operations);
  }
  type.indexed = indexed_fields(body.at("schema"));
  if (!body.contains("nil_report")) return;
  const auto& nil = body.at("nil_report");
  const Json title{{"en", "Nothing to report"}, {"zh-CN", "零报告"}};
  type.nil_report = NilReport{nil.at("field").get<std::string>(), texts(nil, "instead_of"),
                              nil.value("title", title)};
  const auto& field = type.nil_report->field;  // lists say which reports are nil
  if (std::ranges::find(type.indexed, field, &IndexedField::name) == type.indexed.end()) {
    type.indexed.push_back({field, IndexedAs::Number});
  }
}

Result<RecordType> read_type(const std::string& module, const std::string& key, const Json& body) {
  auto schema = ContentSchema::compile(body.at("schema"));
  if (!schema) {
    auto fault = std::move(schema).error();
    fault.where.pointer = "/" + key + "/schema" + fault.where.pointer;
    return tl::unexpected<base::Error>(std::move(fault));
  }
  RecordType type{module,
                  key,
                  body.at("title"),
                  body.at("schema_version").get<std::int64_t>(),
                  std::move(*schema),
                  body.at("initial_state").get<std::string>(),
                  {}, {}, {}, {}, {}};
  for (const auto& [name, state] : body.at("states").items()) {
    type.states.emplace(name, State{name, state.at("title"), state.value("editable", false),
                                    state.value("final", false)});
  }
  for (const auto& [name, step] : body.at("steps").items()) {
    type.steps.push_back(read_step(name, step));
  }
  if (body.contains("legs")) read_legs(body.at("legs"), type);
  auto sides = read_sides(body);
  if (!sides) return base::pass(std::move(sides));
  type.sides = std::move(*sides);
  auto recipients = read_recipients(body.value("recipients", Json::object()));
  if (!recipients) return base::pass(std::move(recipients));
  type.recipients = std::move(*recipients);
  read_readers(body, type);
  read_links(body, type);
  read_tasks(body, type);
  read_protection(body, type);
  read_contents(body, type);
  return type;
}

}  // namespace

const Step* RecordType::step(std::string_view wanted) const { return find_key(steps, wanted); }

const LegStep* RecordType::leg_step(std::string_view wanted) const {
  return find_key(leg_steps, wanted);
}

State RecordType::state(std::string_view wanted) const {
  const auto found = states.find(wanted);
  if (found != states.end()) return found->second;
  const std::string unknown(wanted);
  return {unknown, {{"en", unknown}, {"zh-CN", unknown}}};
}

const Step& RecordType::first_step() const {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [](const Step& step) { return step.from.empty(); });
  base::invariant(found != steps.end(), "the manifest checks that one step creates the record");
  return *found;
}

Json RecordType::steps_from(std::string_view state) const {
  std::vector<Json> titles;
  for (const auto& step : steps) {
    if (std::find(step.from.begin(), step.from.end(), state) == step.from.end()) continue;
    titles.push_back(with_key(step.title, step.key));
  }
  return joined(titles);
}

Json RecordType::title_of_step(std::string_view wanted) const {
  if (const auto* known = step(wanted); known != nullptr) return known->title;
  const auto* answer = wanted.starts_with("leg.") ? leg_step(wanted.substr(4)) : nullptr;
  if (answer != nullptr) return answer->title;
  const auto verb = wanted.starts_with("task.") ? task_verb_named(wanted.substr(5)) : std::nullopt;
  if (verb) return title_of(*verb);
  const auto kind = wanted.starts_with("give.") ? task_kind_named(wanted.substr(5)) : std::nullopt;
  if (kind) return title_of(*kind);
  const auto found = std::ranges::find(kOtherActs, wanted, &Act::key);
  if (found != kOtherActs.end()) {
    return {{"en", std::string(found->en)}, {"zh-CN", std::string(found->zh)}};
  }
  return {{"en", std::string(wanted)}, {"zh-CN", std::string(wanted)}};
}

bool RecordType::is_closed(std::string_view state) const {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return step.to == state && (step.verb == Verb::Archive || step.verb == Verb::Void);
  });
}

Json RecordType::title_of_role(const std::string& role) const {
  const auto found = roles.find(role);
  return found == roles.end() ? Json{{"en", role}, {"zh-CN", role}} : found->second;
}

void say(Args& args, const std::string& name, const Json& title) {
  args[name] = title.at("en").get<std::string>();
  args[name + ".zh-CN"] = title.at("zh-CN").get<std::string>();
}

Json with_key(const Json& title, const std::string& key) {
  return {{"en", title.at("en").get<std::string>() + " (" + key + ")"},
          {"zh-CN", title.at("zh-CN").get<std::string>() + "（" + key + "）"}};
}

Json RecordType::title_of_role(const MayAct& may) const {
  auto role = title_of_role(may.role);
  Json at{{"en", ""}, {"zh-CN", ""}};
  if (may.at == Side::Superior) at = {{"en", " of a unit above"}, {"zh-CN", "上级单位的"}};
  if (may.at == Side::Recipient) at = {{"en", " of the recipient"}, {"zh-CN", "收文单位的"}};
  if (const auto side = sides.find(may.at.name); side != sides.end()) {
    const auto& called = side->second.title;
    at = {{"en", " (" + called.at("en").get<std::string>() + ")"}, {"zh-CN", called.at("zh-CN").get<std::string>() + "的"}};
  }
  role["en"] = role.at("en").get<std::string>() + at.at("en").get<std::string>();
  role["zh-CN"] = at.at("zh-CN").get<std::string>() + role.at("zh-CN").get<std::string>();
  return role;
}

Json joined(const std::vector<Json>& titles) {
  std::string en;
  std::string zh;
  for (auto title = titles.begin(); title != titles.end(); ++title) {
    if (std::find(titles.begin(), title, *title) != title) continue;
    en.append(en.empty() ? "" : ", ").append(title->at("en").get_ref<const std::string&>());
    zh.append(zh.empty() ? "" : "、").append(title->at("zh-CN").get_ref<const std::string&>());
  }
  return {{"en", en.empty() ? "-" : en}, {"zh-CN", zh.empty() ? "无" : zh}};
}

Result<RecordTypes> read_record_types(const std::string& module, const Json& section,
                                      const Json& roles, const Json& events) {
  RecordTypes types;
  for (const auto& [key, body] : section.items()) {
    auto type = read_type(module, key, body);
    if (!type) return base::pass(std::move(type));
    for (const auto& [role, declared] : roles.items()) {
      type->roles.emplace(role, declared.at("title"));
    }
    for (const auto& [event, declared] : events.items()) type->events.emplace(event, texts(declared, "with"));
    types.emplace(key, std::move(*type));
  }
  return types;
}

}  // namespace zeren::records
