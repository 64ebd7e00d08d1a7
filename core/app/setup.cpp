#include "app/setup.hpp"

#include <algorithm>
#include <array>

#include "access/account.hpp"
#include "access/password.hpp"
#include "app/commands/account_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/settings_file.hpp"
#include "base/file.hpp"
#include "base/located_json.hpp"
#include "base/system_reason.hpp"
#include "base/unicode.hpp"
#include "org/csv_reader.hpp"
#include "org/import_file.hpp"
#include "rules/calendar.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
namespace fs = std::filesystem;

Caller setup_caller() { return {access::system_principal("setup"), "", "", ""}; }

Result<std::vector<std::string>> texts_at(const base::LocatedJson& json, const std::string& key) {
  const auto list = json.value().value(key, Json::array());
  const bool texts = list.is_array() && std::all_of(list.begin(), list.end(),
                                                    [](const Json& t) { return t.is_string(); });
  if (!texts) return misdescribed(json, "/" + key, "\"" + key + "\" is a list of texts", "“" + key + "”应为文本列表");
  return list.get<std::vector<std::string>>();
}

// An account that is there already stays as it is, its password too.
Result<std::optional<SignIn>> make_account(Host& host, const Plan& plan, NewAccount account, Json who) {
  account.keeps_password = plan.demo;
  account.password = access::random_password(host.entropy());
  const auto command = create_account(host, access::system_principal("setup"), account);
  if (!command) return base::pass(command);
  const auto made = host.execute(setup_caller(), *command);
  if (!made && made.error().code == Code::AccountExists) return std::optional<SignIn>{};
  if (!made) return base::pass(made);
  return std::optional(SignIn{account.name, account.password, std::move(who)});
}

Result<void> make_administrators(Host& host, const Plan& plan, std::int64_t os_user,
                                 std::vector<SignIn>& made) {
  using access::Administers;
  const std::array<std::pair<NewAccount, const char*>, 3> wanted = {{
      {{"system", "", Administers::System, "", os_user}, "系统管理员"},
      {{"security", "", Administers::Security, "", std::nullopt}, "安全管理员"},
      {{"audit", "", Administers::Audit, "", std::nullopt}, "审计管理员"}}};
  for (const auto& [account, title] : wanted) {
    auto sign_in = make_account(host, plan, account, {{"en", account.name + " administrator"}, {"zh-CN", title}});
    if (!sign_in) return base::pass(std::move(sign_in));
    if (*sign_in) made.push_back(std::move(**sign_in));
  }
  return {};
}

struct Holder {
  std::string person;  // code
  std::string who;
};

tl::unexpected<base::Error> no_such_post(const std::string& code) {
  return base::fail(Code::ConfigInvalid, {{"what", "demo_people"},
                                          {"remedy", "there is no post " + code},
                                          {"remedy.zh-CN", "没有职务 " + code}});
}

Result<Holder> holder_of(Host& host, const std::string& post_code) {
  Holder holder;
  const auto found = host.query([&](Snapshot& snapshot) -> Result<Json> {
    const auto& organisation = snapshot.organisation();
    const auto* post = organisation.post_by_code(post_code);
    if (post == nullptr) return no_such_post(post_code);
    for (const auto* appointment :
         organisation.holders_of(post->unit, post->post_class, {snapshot.today})) {
      if (appointment->post != post->id) continue;
      const auto* person = organisation.person(appointment->person);
      holder = {person->code,
                organisation.unit(post->unit)->short_name + " " + post->title + " " + person->name};
      return Json{};
    }
    return base::fail(Code::ConfigInvalid, {{"what", "demo_people"},
                                            {"remedy", "nobody holds the post " + post_code},
                                            {"remedy.zh-CN", "职务 " + post_code + " 无人任职"}});
  });
  if (!found) return base::pass(found);
  return holder;
}

// Also where nobody asks for the accounts: a description that is wrong is told of at once.
Result<void> check_demo_posts(Host& host, const std::vector<std::string>& posts) {
  const auto checked = host.query([&](Snapshot& snapshot) -> Result<Json> {
    for (const auto& post : posts) {
      if (snapshot.organisation().post_by_code(post) == nullptr) return no_such_post(post);
    }
    return Json{};
  });
  if (!checked) return base::pass(checked);
  return {};
}

Result<void> make_demo_accounts(Host& host, const Plan& plan, std::vector<SignIn>& made) {
  for (const auto& post : plan.demo_people) {
    const auto holder = holder_of(host, post);
    if (!holder) return base::pass(holder);
    auto sign_in = make_account(host, plan, {post, holder->person, access::Administers::Nothing, "", {}},
                                {{"en", holder->who}, {"zh-CN", holder->who}});
    if (!sign_in) return base::pass(std::move(sign_in));
    if (*sign_in) made.push_back(std::move(**sign_in));
  }
  return {};
}

Result<base::Date> first_of_year(Host& host) {
  const auto today = base::local_date(host.clock().now(), host.folder().deployment().zone);
  if (!today) return base::pass(today);
  return base::make_date(base::year_of(*today), 1, 1);
}

Result<void> apply_policy(Host& host, const fs::path& file, const std::string& module,
                          const std::string& issuer, base::Date from) {
  const auto read = read_settings(file);
  if (!read) return base::pass(read);
  const auto set = host.execute(setup_caller(),
                                set_parameters(setup_caller().principal, module, issuer,
                                               read->settings, read->basis, from));
  if (!set) return base::pass(set);
  return {};
}

Result<void> enable_modules(Host& host, const Plan& plan, base::Date from) {
  for (const auto& module : plan.modules) {
    const auto enabled =
        host.execute(setup_caller(), enable_module(setup_caller().principal,
                                                   {module, plan.issuer, std::nullopt},
                                                   {plan.deployment.modules, host.store()}));
    // Set up again after a crash: the module waits for somebody to look into it, the rest need not.
    if (!enabled && enabled.error().code == Code::ModuleQuarantined) continue;
    if (!enabled) return base::pass(enabled);
    const auto policy = plan.policy / (module + ".json");
    if (!fs::exists(policy)) continue;
    if (auto set = apply_policy(host, policy, module, plan.issuer, from); !set) return set;
  }
  return {};
}

Result<void> import_folder(Host& host, const fs::path& folder) {
  auto texts = read_import_folder(folder);
  if (!texts) return base::pass(std::move(texts));
  const auto imported = host.execute(
      setup_caller(), import_organisation(setup_caller().principal, *texts));
  if (!imported) return base::pass(imported);
  return {};
}

// Every cell that is in no encoding we read, by its place.
base::Error misencoded(const std::string& text, const std::string& file) {
  auto table = org::read_csv(text, file);
  if (!table) return std::move(table).error();
  if (table->faults.size() == 1) return std::move(table->faults.front());
  const auto count = std::to_string(table->faults.size());
  return {Code::OrgRowsRejected, {{"count", count}}, {}, std::move(table->faults)};
}

// Tables in the folder that no import knows, by name only: the import itself says which there are. What a program
// keeps for itself (`~$posts.csv`, `.~lock.posts.csv`) is none.
org::ImportTexts misspelt_tables(const fs::path& folder) {
  org::ImportTexts texts;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    const auto name = entry.path().filename().string();
    const auto extension = entry.path().extension();
    const bool known = std::ranges::any_of(org::import_shapes(), [&](const auto& each) { return each.file == name; });
    if (known || name.starts_with('.') || name.starts_with('~')) continue;
    if (extension == ".csv" || extension == ".CSV") texts.emplace(name, "");
  }
  return texts;
}

}  // namespace

Result<Plan> read_plan(const fs::path& file, const fs::path& policy, const fs::path& modules) {
  const auto json = base::LocatedJson::read(file);
  if (!json) return base::pass(json);
  static constexpr std::array<std::string_view, 6> kKnown = {"origin", "zone",    "organisation",
                                                             "issuer", "modules", "demo_people"};
  if (auto known = check_described(*json, kKnown); !known) return base::pass(std::move(known));
  Plan plan;
  plan.policy = policy;
  plan.deployment.modules = fs::absolute(modules);
  for (auto [key, target] :
       {std::pair{"origin", &plan.deployment.origin}, std::pair{"zone", &plan.deployment.zone},
        std::pair{"issuer", &plan.issuer}}) {
    auto text = described_text(*json, key);
    if (!text) return base::pass(std::move(text));
    *target = std::move(*text);
  }
  if (json->value().contains("organisation")) {
    const auto folder = described_text(*json, "organisation");
    if (!folder) return base::pass(folder);
    plan.organisation = file.parent_path() / *folder;
  }
  auto module_ids = texts_at(*json, "modules");
  if (!module_ids) return base::pass(std::move(module_ids));
  plan.modules = std::move(*module_ids);
  auto people = texts_at(*json, "demo_people");
  if (!people) return base::pass(std::move(people));
  plan.demo_people = std::move(*people);
  if (auto read = read_limits(*json, plan.deployment); !read) return base::pass(std::move(read));
  return plan;
}

BegunFolder::BegunFolder(fs::path folder)
    : folder_(std::move(folder)),
      existed_(fs::exists(folder_)),
      taken_back_(!existed_ || (fs::is_directory(folder_) && fs::is_empty(folder_))) {}

BegunFolder::~BegunFolder() {
  if (!taken_back_) return;
  std::error_code ignored;  // why the set-up failed is what the operator has to hear
  if (!existed_) {
    fs::remove_all(folder_, ignored);
    return;
  }
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) fs::remove_all(entry, ignored);
}

Result<std::vector<SignIn>> set_up(Host& host, const Plan& plan, std::int64_t os_user) {
  std::vector<SignIn> made;
  const auto from = first_of_year(host);
  if (!from) return base::pass(from);
  if (auto done = make_administrators(host, plan, os_user, made); !done) return base::pass(done);
  if (!plan.organisation.empty()) {
    if (auto done = import_folder(host, plan.organisation); !done) return base::pass(done);
  }
  if (auto done = check_demo_posts(host, plan.demo_people); !done) return base::pass(done);
  if (auto done = enable_modules(host, plan, *from); !done) return base::pass(done);
  // This year, and the next: what is owed for this year falls due in January.
  const base::Period horizon{*from, base::make_date(base::year_of(*from) + 2, 1, 1)};
  const auto derived =
      host.execute(setup_caller(), derive_obligations(setup_caller().principal, horizon));
  if (!derived) return base::pass(derived);
  if (!plan.demo) return made;
  if (auto done = make_demo_accounts(host, plan, made); !done) return base::pass(done);
  return made;
}

Result<void> copy_calendars(const fs::path& from, const fs::path& to) {
  const auto sound = rules::Calendar::read(from);
  if (!sound) return base::pass(sound);
  std::error_code failure;
  fs::create_directories(to, failure);
  if (failure) {
    return base::fail(Code::FileUnwritable, base::with_reason({{"file", to.string()}}, failure));
  }
  if (!fs::exists(from)) return {};
  for (const auto& entry : fs::directory_iterator(from, failure)) {
    const auto target = to / entry.path().filename();
    if (entry.path().extension() != ".ics" || fs::exists(target)) continue;
    const auto text = base::read_file(entry.path());
    if (!text) return base::pass(text);
    if (auto written = base::write_file(target, *text); !written) return written;
  }
  return {};
}

Result<org::ImportTexts> read_import_folder(const fs::path& folder) {
  auto texts = misspelt_tables(folder);
  for (const auto& shape : org::import_shapes()) {
    const auto file = folder / std::string(shape.file);
    if (!fs::exists(file)) continue;
    auto text = base::read_file(file);
    if (!text) return base::pass(std::move(text));
    // Here, because a request can only carry UTF-8: whatever else it is gets its row and column.
    auto utf8 = org::utf8_of(*text);
    if (!base::is_utf8(utf8)) return tl::unexpected(misencoded(utf8, std::string(shape.file)));
    texts.emplace(std::string(shape.file), std::move(utf8));
  }
  if (!texts.empty()) return texts;
  return base::fail(Code::FileUnreadable,
                    {{"file", folder.string()}, {"reason", "it holds no units.csv, persons.csv…"},
                     {"reason.zh-CN", "其中没有 units.csv、persons.csv 等文件"}});
}

}  // namespace zeren::app
