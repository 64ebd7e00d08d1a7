#include <memory>

#include "cli/context.hpp"
#include "cli/listing.hpp"
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
  return show(gateway->upload(with_query(attachments_of(options), {{"classification", options.classification}}),
                              options.file, name));
}

Result<void> run_attachments(const Context& context, const AttachmentOptions& options) {
  return show_list(context, attachments_of(options),
                   {{"id", "编号", "/id"}, {"name", "名称", "/name"}, {"size", "字节数", "/size"},
                    {"classification", "分类", "/classification_title"}, {"at", "添加时间", "/at"},
                    {"removed", "移除时间", "/removed_at"}});
}

Result<void> run_download(const Context& context, const AttachmentOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return gateway->download(attachments_of(options) + "/" + options.attachment, options.file);
}

Result<void> run_detach(const Context& context, const AttachmentOptions& options) {
  return send(context, attachments_of(options) + "/" + options.attachment + "/remove",
              {{"reason", options.reason}});
}

}  // namespace

void add_attachment_commands(CLI::App& record, Context& context) {
  const auto options = std::make_shared<AttachmentOptions>();
  auto* attach = record.add_subcommand("attach");
  auto* list = record.add_subcommand("attachments");
  auto* download = record.add_subcommand("download");
  auto* detach = record.add_subcommand("detach");
  for (auto* command : {attach, list, download, detach}) {
    command->add_option("RECORD", options->record)->required();
  }
  attach->add_option("FILE", options->file)->required();
  attach->add_option("--classification", options->classification)->required();
  attach->add_option("--name", options->name);
  for (auto* command : {download, detach}) {
    command->add_option("ATTACHMENT", options->attachment)->required();
  }
  download->add_option("FILE", options->file)->required();
  detach->add_option("--reason", options->reason)->required();
  choose(attach, context, options, run_attach);
  choose(list, context, options, run_attachments);
  choose(download, context, options, run_download);
  choose(detach, context, options, run_detach);
}

}  // namespace zeren::cli
