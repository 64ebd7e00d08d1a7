#include "app/queries/document_queries.hpp"

#include <algorithm>
#include <utility>

#include "app/queries/document_context.hpp"
#include "app/queries/record_json.hpp"
#include "documents/template.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

bool lists(const Json& document, const char* key, const std::string& value) {
  const auto list = document.find(key);
  return list != document.end() && std::find(list->begin(), list->end(), value) != list->end();
}

const Json& declared(const EnabledModule& module) { return module.module->manifest().section("documents"); }

bool issuable(const Json& document, const records::Record& record) {
  return !document.contains("states") || lists(document, "states", record.state);
}

Result<RecordCase> open_as_shown(Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& id) {
  auto open = open_case(snapshot, principal, id);
  if (!open) return open;
  if (auto shown = show_as_sent(snapshot, *open); !shown) return base::pass(std::move(shown));
  return open;
}

tl::unexpected<base::Error> unknown(const std::string& key, const std::vector<std::string>& known) {
  std::string names;
  for (const auto& name : known) names += (names.empty() ? "" : ", ") + name;
  return base::fail(Code::DocumentUnknown, {{"document", key}, {"known", names.empty() ? "-" : names}});
}

Result<Json> find_for_record(const RecordCase& open, const std::string& key) {
  std::vector<std::string> known;
  for (const auto& [name, document] : declared(*open.module).items()) {
    if (!lists(document, "record_types", open.record.type)) continue;
    if (name == key) return document;
    known.push_back(name);
  }
  return unknown(key, known);
}

Result<void> check_state(const RecordCase& open, const Json& document) {
  if (issuable(document, open.record)) return {};
  std::vector<Json> states;
  for (const auto& state : document.at("states"))
    states.push_back(open.type->state(state.get<std::string>()).title);
  records::Args args;
  records::say(args, "document", document.at("title"));
  records::say(args, "state", open.type->state(open.record.state).title);
  records::say(args, "states", records::joined(states));
  return base::fail(Code::DocumentNotYet, std::move(args));
}

Result<documents::Filled> filled(const EnabledModule& module, const Json& document, const Json& context) {
  const auto file = document.at("file").get<std::string>();
  const auto text = module.module->read(file);
  if (!text) return base::pass(text);
  const auto parsed = documents::Template::parse(*text, module.id + "/" + file);
  if (!parsed) return base::pass(parsed);
  return parsed->render(context);
}

Result<void> check_whole(const RecordCase& open, const Json& document,
                         const std::vector<documents::Hole>& holes) {
  if (holes.empty()) return {};
  std::vector<Json> fields;
  for (const auto& hole : holes) {
    const auto title = title_of_value(*open.module, open.record.type, hole.name);
    const Json both{{"en", hole.name}, {"zh-CN", title}};
    if (std::find(fields.begin(), fields.end(), both) == fields.end()) fields.push_back(both);
  }
  records::Args args;
  records::say(args, "document", document.at("title"));
  records::say(args, "fields", records::joined(fields));
  return base::fail(Code::DocumentIncomplete, std::move(args));
}

Json ordered(const EnabledModule& module, const Json& document, std::string body, std::string name) {
  return {{"kind", document.at("kind")},
          {"file", module.id + "/" + document.at("file").get<std::string>()},
          {"body", std::move(body)},
          {"name", std::move(name)},
          {"draft", false}};
}

}  // namespace

Query list_documents(const access::Principal& principal, const std::string& record, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto open = open_as_shown(snapshot, principal, record);
    if (!open) return base::pass(open);
    std::vector<Json> keys;
    for (const auto& [key, document] : declared(*open->module).items()) {
      if (lists(document, "record_types", open->record.type)) keys.push_back(Json::array({key}));
    }
    const auto cut = cut_page(page, "documents " + record, keys);
    if (!cut) return base::pass(cut);
    auto items = Json::array();
    for (const auto at : cut->chosen) {
      const auto& key = keys[at].front();
      const auto& document = declared(*open->module).at(key.get_ref<const std::string&>());
      items.push_back({{"key", key},
                       {"title", document.at("title")},
                       {"kind", document.at("kind")},
                       {"formats", {"html", "pdf", "docx"}},
                       {"issuable", issuable(document, open->record)},
                       {"draft", is_draft(*open->type, open->record)}});
    }
    return Json{{"items", std::move(items)}, {"next", cut->next}};
  };
}

Query document_of_record(const access::Principal& principal, const std::string& record,
                         const std::string& key) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto open = open_as_shown(snapshot, principal, record);
    if (!open) return base::pass(open);
    auto document = find_for_record(*open, key);
    if (!document) return document;
    if (auto may = check_state(*open, *document); !may) return base::pass(std::move(may));
    auto context = context_of_record(snapshot, *open);
    if (!context) return context;
    auto made = filled(*open->module, *document, *context);
    if (!made) return base::pass(std::move(made));
    const bool draft = is_draft(*open->type, open->record);
    if (!draft) {
      if (auto whole = check_whole(*open, *document, made->holes); !whole)
        return base::pass(std::move(whole));
    }
    const auto name = document->at("title").at("zh-CN").get<std::string>() + "-" +
                      context->at("unit").at("short_name").get<std::string>() + "-" + open->record.period;
    auto order = ordered(*open->module, *document, std::move(made->text), name);
    order["draft"] = draft;
    return order;
  };
}

Query document_of_table(const access::Principal& principal, const std::string& module,
                        const std::string& name, const ObligationFilter& filter) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto table = compute(principal, module, name, filter)(snapshot);
    if (!table) return table;
    const auto enabled = snapshot.modules().find(module);
    if (!enabled) return base::pass(enabled);
    std::vector<std::string> known;
    for (const auto& [key, document] : declared(**enabled).items()) {
      const auto computation = document.value("computation", "");
      if (!computation.empty()) known.push_back(computation);
      if (computation != name) continue;
      const auto context = context_of_table(snapshot, *table, filter.unit, filter.period);
      auto made = filled(**enabled, document, context);
      if (!made) return base::pass(std::move(made));
      return ordered(**enabled, document, std::move(made->text), document.at("title").at("zh-CN"));
    }
    return unknown(name, known);
  };
}

}  // namespace zeren::app
