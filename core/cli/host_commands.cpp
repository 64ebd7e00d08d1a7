#include <unistd.h>

#include <iostream>
#include <memory>

#include "app/housekeeping.hpp"
#include "app/setup.hpp"
#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "http/listen_address.hpp"
#include "http/server.hpp"
#include "http/webhook_client.hpp"

namespace zeren::cli {
namespace {

using base::Code;
using base::Result;
namespace fs = std::filesystem;

struct SetupOptions {
  fs::path config = "config";
  fs::path modules = "build/release/modules";
  fs::path deployment;
  std::string database;  // empty: that of the data folder
  bool demo = false;
};

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";
  bool plain_http = false;
  std::string database;
};

Result<void> check_database(const Context& context, const std::string& address) {
  if (address.empty()) return {};
  return app::check_database({context.data}, address);
}

Result<app::DataFolder> folder_for(const fs::path& data, const app::Deployment& deployment) {
  auto made = app::DataFolder::create(data, deployment);
  if (made || made.error().code != Code::DataFolderExists) return made;
  return app::DataFolder::open(data);
}

std::string sign_in_table(const std::vector<app::SignIn>& made, base::Language reader) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(made.size());
  for (const auto& sign_in : made) {
    rows.push_back({sign_in.account, sign_in.password, in_language(sign_in.who, reader)});
  }
  return table(rows);
}

Result<void> run_setup(const Context& context, const SetupOptions& options) {
  if (auto fit = check_database(context, options.database); !fit) return fit;
  const auto file = options.deployment.empty() ? options.config / "demo" / "deployment.json"
                                               : options.deployment;
  auto plan = app::read_plan(file, options.config / "policy", options.modules);
  if (!plan) return base::pass(std::move(plan));
  plan->demo = options.demo;
  app::BegunFolder begun(context.data);
  auto folder = folder_for(context.data, plan->deployment);
  if (!folder) return base::pass(std::move(folder));
  auto copied = app::copy_calendars(options.config / "calendars", folder->paths().calendars());
  if (!copied) return copied;
  const auto clock = base::system_clock();
  const auto entropy = base::system_entropy();
  const auto sign_ins = folder->paths().demo_sign_ins();
  auto host = app::Host::open(std::move(*folder), *clock, *entropy);
  if (!host) return base::pass(std::move(host));
  const auto made = app::set_up(**host, *plan, static_cast<std::int64_t>(::getuid()));
  if (!made) return base::pass(made);
  begun.keep();
  if (made->empty()) return {};
  const auto text = sign_in_table(*made, context.reader());
  if (!options.demo) {
    print(text);
    return {};
  }
  // Passwords are kept nowhere else, so those of an earlier run stay.
  const auto earlier = base::read_file(sign_ins);
  return base::write_file(sign_ins, earlier.value_or("") + text, base::FileMode::Private);
}

// Whatever is sent, passwords too, could be read on its way.
Result<void> check_listening(const Context& context, const ServeOptions& options) {
  if (app::is_loopback(options.listen)) return {};
  if (!options.plain_http) {
    return base::fail(
        Code::ConfigInvalid,
        {{"what", "--listen " + options.listen},
         {"remedy", "others could read all that is sent, for nothing is encrypted; listen on 127.0.0.1 behind a proxy "
                    "that does TLS, or say --plain-http"},
         {"remedy.zh-CN", "该地址未加密，传输内容可被他人读取；请在 127.0.0.1 上监听并由前置代理提供 TLS，或加 --plain-http"}});
  }
  std::cerr << word(context.reader(),
                    "WARNING: " + options.listen + " can be reached from other machines, and nothing is encrypted: "
                    "passwords can be read on their way. Put a proxy that does TLS before it.\n",
                    "警告：" + options.listen + " 可由其他机器访问且未加密，密码可能在传输中被读取。请前置提供 TLS 的代理。\n");
  return {};
}

// Tells `zeren doctor` where this process listens, for as long as it does.
class AddressFile final {
 public:
  AddressFile(fs::path file, const std::string& address) : file_(std::move(file)) {
    told_ = base::write_file(file_, address).has_value();
  }
  AddressFile(const AddressFile&) = delete;
  AddressFile& operator=(const AddressFile&) = delete;
  ~AddressFile() {
    std::error_code ignored;
    if (told_) fs::remove(file_, ignored);
  }

 private:
  fs::path file_;
  bool told_;
};

Result<void> run_serve(const Context& context, const ServeOptions& options) {
  if (auto fit = check_database(context, options.database); !fit) return fit;
  if (auto safe = check_listening(context, options); !safe) return safe;
  auto folder = app::DataFolder::open(context.data);
  if (!folder) return base::pass(std::move(folder));
  const auto paths = folder->paths();
  auto at = http::parse_listen_address(options.listen);
  if (!at) return base::pass(std::move(at));
  at->socket = paths.socket();
  const auto sign_ins = folder->paths().demo_sign_ins();
  const auto clock = base::system_clock();
  const auto entropy = base::system_entropy();
  const auto host = app::Host::open(std::move(*folder), *clock, *entropy);
  if (!host) return base::pass(host);
  const http::Router router(**host);
  const auto server = http::Server::listen(router, *at);
  if (!server) return base::pass(server);
  const bool six = at->address.find(':') != std::string::npos;
  const auto address = (six ? "[" + at->address + "]" : at->address) + ":" + std::to_string((*server)->port());
  const AddressFile told(paths.address(), address);
  print_line("http://" + address);
  if (const auto demo = base::read_file(sign_ins)) print(*demo);
  http::WebhookClient sender((*host)->settings().webhooks);
  const app::Housekeeping housekeeping(**host, &sender);
  (*server)->run();
  return {};
}

}  // namespace

void add_host_commands(CLI::App& app, Context& context) {
  auto* setup = app.add_subcommand("init")->alias("setup");
  const auto options = std::make_shared<SetupOptions>();
  setup->add_option("--config", options->config)->capture_default_str();
  setup->add_option("--modules", options->modules)->capture_default_str();
  setup->add_option("--deployment", options->deployment);
  setup->add_option("--database", options->database);
  setup->add_flag("--demo", options->demo);
  setup->callback([&context, options] {
    context.chosen = [&context, options] { return run_setup(context, *options); };
  });

  auto* serve = app.add_subcommand("serve");
  const auto serving = std::make_shared<ServeOptions>();
  serve->add_option("--listen", serving->listen)->capture_default_str()->check([&context](const std::string& text) {
    const auto at = http::parse_listen_address(text);
    return at ? std::string() : base::text_of(at.error(), context.reader());
  });
  serve->add_flag("--plain-http", serving->plain_http);
  serve->add_option("--database", serving->database);
  serve->callback([&context, serving] {
    context.chosen = [&context, serving] { return run_serve(context, *serving); };
  });
}

}  // namespace zeren::cli
