#include <algorithm>
#include <memory>
#include <optional>
#include <system_error>

#include "app/attachment_check.hpp"
#include "app/data_folder.hpp"
#include "audit/signing_key.hpp"
#include "audit/tiles.hpp"
#include "audit/verify.hpp"
#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace zeren::cli {
namespace {

using base::Code;
using base::Result;

// What an auditor on this machine works with: the database, read only, and the log's public key. Neither
// takes the lock, so a folder can be checked while it is served.
struct Evidence {
  app::DataPaths paths;
  audit::Verifier verifier;
  store::Session session;
};

Result<Evidence> open_evidence(const Context& context, const std::string& vkey) {
  const auto deployment = app::read_deployment(context.data);
  if (!deployment) return base::pass(deployment);
  const app::DataPaths paths{context.data};
  // The key an auditor brings is worth more than the one found beside the log.
  std::string text = vkey;
  if (text.empty()) {
    const auto key = audit::SigningKey::load(paths.key(), deployment->origin);
    if (!key) return base::pass(key);
    text = key->vkey();
  }
  auto verifier = audit::Verifier::parse(text);
  if (!verifier) return base::pass(std::move(verifier));
  auto session = store::Session::open(paths.database(), store::Access::ReadOnly);
  if (!session) return base::pass(std::move(session));
  return Evidence{paths, std::move(*verifier), std::move(*session)};
}

std::string in_number(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string in_english(const audit::Report& report) {
  return in_number(report.entries, "entry", "entries") + ", " + in_number(report.values, "value", "values") + ", " +
         in_number(report.rows, "row", "rows") + ", " +
         in_number(report.checkpoints, "checkpoint", "checkpoints") + ": " +
         (report.sound() ? "verified" : in_number(report.problems, "problem", "problems"));
}

std::string in_chinese(const audit::Report& report) {
  return std::to_string(report.entries) + " 条审计条目，" + std::to_string(report.values) + " 个取值，" +
         std::to_string(report.rows) + " 行数据，" + std::to_string(report.checkpoints) + " 个检查点：" +
         (report.sound() ? "核验无误" : std::to_string(report.problems) + " 处问题");
}

Result<void> run_verify(const Context& context, const std::string& vkey) {
  auto evidence = open_evidence(context, vkey);
  if (!evidence) return base::pass(std::move(evidence));
  std::optional<Progress> progress(std::in_place, word(context.reader(), "Recomputing the log", "正在核算日志"));
  auto report = audit::verify(evidence->session,
                                    {evidence->verifier, evidence->paths.last_signed()});
  progress.reset();
  if (!report) return base::pass(report);
  const store::BlobStore blobs(evidence->paths.blobs());
  const auto checked = app::check_attachments(evidence->session, blobs, *report);
  if (!checked) return base::pass(checked);
  print_line(word(context.reader(), in_english(*report), in_chinese(*report)));
  if (report->sound()) return {};
  return base::fail(Code::AuditCorrupt,
                    {{"what", in_number(report->problems, "problem", "problems")},
                     {"what.zh-CN", std::to_string(report->problems) + " 处问题"}},
                    {},
                    report->findings);
}

// The checkpoint of a data folder is its own log's, so export_tiles() would take it for an earlier export.
Result<void> check_outside(const std::filesystem::path& data, const std::filesystem::path& folder) {
  std::error_code failure;
  const auto own = std::filesystem::canonical(data, failure);
  if (failure) return {};  // no data folder, as read_deployment() says
  const auto named = std::filesystem::weakly_canonical(std::filesystem::absolute(folder, failure), failure);
  if (std::mismatch(own.begin(), own.end(), named.begin(), named.end()).first != own.end()) return {};
  return base::fail(Code::ConfigInvalid,
                    {{"what", folder.string()},
                     {"remedy", "it is the data folder or lies in it; name a folder elsewhere"},
                     {"remedy.zh-CN", "该目录即数据目录或位于其中，请指定其他位置的目录"}});
}

Result<void> run_export(const Context& context, const std::string& vkey,
                        const std::filesystem::path& folder) {
  if (auto outside = check_outside(context.data, folder); !outside) return outside;
  auto evidence = open_evidence(context, vkey);
  if (!evidence) return base::pass(std::move(evidence));
  std::optional<Progress> progress(std::in_place, word(context.reader(), "Writing the log", "正在导出日志"));
  const auto checkpoint = audit::export_tiles(evidence->session, evidence->verifier, folder);
  progress.reset();
  if (!checkpoint) return base::pass(checkpoint);
  print_line(word(context.reader(), in_number(checkpoint->size, "entry", "entries") + " exported to ",
                  "已导出 " + std::to_string(checkpoint->size) + " 条审计条目至 ") +
             folder.string());
  return {};
}

Result<void> run_checkpoint(const Context& context) {
  const auto note = base::read_file(app::DataPaths{context.data}.checkpoint());
  if (!note) return base::pass(note);
  print(*note);
  return {};
}

Result<void> run_key(const Context& context) {
  const auto deployment = app::read_deployment(context.data);
  if (!deployment) return base::pass(deployment);
  const auto key =
      audit::SigningKey::load(app::DataPaths{context.data}.key(), deployment->origin);
  if (!key) return base::pass(key);
  print_line(key->vkey());
  return {};
}

}  // namespace

void add_audit_commands(CLI::App& app, Context& context) {
  auto* audit = app.add_subcommand("audit")->require_subcommand(1);
  const auto vkey = std::make_shared<std::string>();
  auto* verify = audit->add_subcommand("verify");
  auto* tiles = audit->add_subcommand("export");
  for (auto* command : {verify, tiles}) {
    command->add_option("--vkey", *vkey);
  }
  const auto folder = std::make_shared<std::filesystem::path>();
  tiles->add_option("DIR", *folder)->required();
  verify->callback([&context, vkey] {
    context.chosen = [&context, vkey] { return run_verify(context, *vkey); };
  });
  tiles->callback([&context, vkey, folder] {
    context.chosen = [&context, vkey, folder] { return run_export(context, *vkey, *folder); };
  });
  auto* checkpoint = audit->add_subcommand("checkpoint");
  checkpoint->callback([&context] { context.chosen = [&context] { return run_checkpoint(context); }; });
  auto* key = audit->add_subcommand("key");
  key->callback([&context] { context.chosen = [&context] { return run_key(context); }; });
}

}  // namespace zeren::cli
