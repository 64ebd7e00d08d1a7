#include <memory>

#include "app/attachment_check.hpp"
#include "app/data_folder.hpp"
#include "audit/signing_key.hpp"
#include "audit/tiles.hpp"
#include "audit/verify.hpp"
#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"

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

Result<void> run_verify(const Context& context, const std::string& vkey) {
  auto evidence = open_evidence(context, vkey);
  if (!evidence) return base::pass(std::move(evidence));
  auto report = audit::verify(evidence->session,
                              {evidence->verifier, evidence->paths.last_signed()});
  if (!report) return base::pass(report);
  const store::BlobStore blobs(evidence->paths.blobs());
  const auto checked = app::check_attachments(evidence->session, blobs, *report);
  if (!checked) return base::pass(checked);
  const auto in = [&](const char* english, const char* chinese) {
    return word(context.reader(), english, chinese);
  };
  print_line(std::to_string(report->entries) + in(" entries, ", " 条审计条目，") +
             std::to_string(report->values) + in(" values, ", " 个取值，") +
             std::to_string(report->rows) + in(" rows, ", " 行数据，") +
             std::to_string(report->checkpoints) + in(" checkpoints: ", " 个检查点：") +
             (report->sound() ? in("verified", "核验无误")
                              : std::to_string(report->problems) + in(" problems", " 处问题")));
  if (report->sound()) return {};
  return base::fail(Code::AuditCorrupt,
                    {{"what", std::to_string(report->problems) + " problems"}}, {},
                    report->findings);
}

Result<void> run_export(const Context& context, const std::string& vkey,
                        const std::filesystem::path& folder) {
  auto evidence = open_evidence(context, vkey);
  if (!evidence) return base::pass(std::move(evidence));
  const auto checkpoint = audit::export_tiles(evidence->session, evidence->verifier, folder);
  if (!checkpoint) return base::pass(checkpoint);
  print_line(std::to_string(checkpoint->size) + " entries exported to " + folder.string());
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
  auto* audit = app.add_subcommand("audit", "The audit log")->require_subcommand(1);
  const auto vkey = std::make_shared<std::string>();
  auto* verify = audit->add_subcommand("verify", "Recompute everything from what is on disk");
  auto* tiles = audit->add_subcommand("export", "Write the log as tlog-tiles");
  for (auto* command : {verify, tiles}) {
    command->add_option("--vkey", *vkey, "The public key you were given; else the folder's own");
  }
  const auto folder = std::make_shared<std::filesystem::path>();
  tiles->add_option("DIR", *folder)->required();
  verify->callback([&context, vkey] {
    context.chosen = [&context, vkey] { return run_verify(context, *vkey); };
  });
  tiles->callback([&context, vkey, folder] {
    context.chosen = [&context, vkey, folder] { return run_export(context, *vkey, *folder); };
  });
  auto* checkpoint = audit->add_subcommand("checkpoint", "The newest signed checkpoint");
  checkpoint->callback([&context] { context.chosen = [&context] { return run_checkpoint(context); }; });
  auto* key = audit->add_subcommand("key", "The public key that verifies checkpoints");
  key->callback([&context] { context.chosen = [&context] { return run_key(context); }; });
}

}  // namespace zeren::cli
