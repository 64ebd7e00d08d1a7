#include <memory>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;
namespace fs = std::filesystem;

struct AttachmentOptions {
  std::string record;
  std::string attachment;
  fs::path file;
  std::string name;
  std::string classification;
  std::string reason;
};

std::string attachments_of(const AttachmentOptions& options) {
  return "/api/v1/records/" + options.record + "/attachments";
}

Result<void> run_attach(const Context& context, const AttachmentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto name = options.name.empty() ? options.file.filename().string() : options.name;
  return show(gateway->upload(attachments_of(options) + "?classification=" + options.classification,
                              options.file, name));
}

Result<void> run_attachments(const Context& context, const AttachmentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(attachments_of(options));
  if (!list) return base::pass(list);
  print(items_table(*list, {"id", "name", "size", "classification_title", "at", "removed_at"},
                    context.reader()));
  return {};
}

Result<void> run_download(const Context& context, const AttachmentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return gateway->download(attachments_of(options) + "/" + options.attachment, options.file);
}

Result<void> run_detach(const Context& context, const AttachmentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(attachments_of(options) + "/" + options.attachment + "/remove",
                            {{"reason", options.reason}}));
}

}  // namespace

void add_attachment_commands(CLI::App& record, Context& context) {
  const auto options = std::make_shared<AttachmentOptions>();
  auto* attach = record.add_subcommand("attach", "Add a file to the content");
  auto* list = record.add_subcommand("attachments", "The files of a record");
  auto* download = record.add_subcommand("download", "Fetch one of them");
  auto* detach = record.add_subcommand("detach", "Take one out again");
  for (auto* command : {attach, list, download, detach}) {
    command->add_option("RECORD", options->record)->required();
  }
  attach->add_option("FILE", options->file)->required();
  attach->add_option("--classification", options->classification,
                     "public, internal or sensitive; what is secret must not come here")->required();
  attach->add_option("--name", options->name, "Instead of the file's own");
  attach->footer("Example: zeren record attach 0190… 附表.xlsx --classification internal");
  for (auto* command : {download, detach}) {
    command->add_option("ATTACHMENT", options->attachment, "Id; `record attachments` lists them")
        ->required();
  }
  download->add_option("FILE", options->file, "Where to; it must not exist yet")->required();
  download->footer("Example: zeren record download 0190… 0190… 附表.xlsx");
  detach->add_option("--reason", options->reason)->required();
  detach->footer("Example: zeren record detach 0190… 0190… --reason 附件传错");
  choose(attach, context, options, run_attach);
  choose(list, context, options, run_attachments);
  choose(download, context, options, run_download);
  choose(detach, context, options, run_detach);
}

}  // namespace zeren::cli
