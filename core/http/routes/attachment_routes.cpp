#include <charconv>
#include <limits>

#include "app/commands/attachment_commands.hpp"
#include "app/queries/attachment_queries.hpp"
#include "http/byte_range.hpp"
#include "http/content_disposition.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/first_reading.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

class AttachmentUpload final : public Upload {
 public:
  AttachmentUpload(store::BlobStore::Incoming incoming, records::Declared declared, std::int64_t limit)
      : incoming_(std::move(incoming)), declared_(std::move(declared)), limit_(limit) {}

  Result<void> take(std::string_view piece) override {
    if (incoming_.size() + static_cast<std::int64_t>(piece.size()) > limit_) return too_much(limit_);
    return incoming_.add(piece);
  }

  base::Digest digest() override { return incoming_.digest(); }
  store::BlobStore::Incoming& incoming() { return incoming_; }
  const records::Declared& declared() const { return declared_; }

  static tl::unexpected<base::Error> too_much(std::int64_t limit) {
    return base::fail(Code::AttachmentTooLarge, {{"limit", std::to_string(limit >> 20U) + " MiB"}});
  }

 private:
  store::BlobStore::Incoming incoming_;
  records::Declared declared_;
  std::int64_t limit_;
};

class BlobDownload final : public Download {
 public:
  BlobDownload(store::BlobReader reader, const ByteRange& range)
      : reader_(std::move(reader)), at_(range.first), size_(range.count), end_(range.first + range.count) {}

  std::int64_t size() const override { return size_; }

  Result<std::string> next() override {
    constexpr std::int64_t kPiece = 1 << 16;
    const auto count = std::min(kPiece, end_ - at_);
    auto piece = reader_.read(at_, count);
    at_ += count;
    return piece;
  }

 private:
  store::BlobReader reader_;
  std::int64_t at_;
  std::int64_t size_;
  std::int64_t end_;
};

// 0 when nothing is announced.
std::int64_t announced_size(const Request& request) {
  const auto text = header(request.headers, "content-length");
  std::int64_t size = 0;
  const auto [at, failure] = std::from_chars(text.data(), text.data() + text.size(), size);
  // More digits than fit is more than any limit.
  return failure == std::errc::result_out_of_range ? std::numeric_limits<std::int64_t>::max() : size;
}

// All that can be refused is refused here: nothing is stored of what must not come.
Result<std::shared_ptr<Upload>> receive_attachment(app::Host& host, Exchange& exchange) {
  const auto& request = exchange.request;
  const auto classification = exchange.target.parameter("classification");
  const auto name = filename_in(header(request.headers, "content-disposition")).value_or("");
  const app::Caller asking{exchange.caller.principal, exchange.caller.request, {}, {}};
  const auto admitted = host.execute(
      asking, app::admit_attachment(asking.principal, exchange.captures[0], name, classification));
  if (!admitted) return base::pass(admitted);
  auto declared = records::declare(name, classification);
  if (!declared) return base::pass(std::move(declared));
  const auto limit = host.folder().deployment().largest_attachment;
  if (announced_size(request) > limit) return AttachmentUpload::too_much(limit);
  auto incoming = host.blobs().receive();
  if (!incoming) return base::pass(std::move(incoming));
  return std::shared_ptr<Upload>(
      std::make_shared<AttachmentUpload>(std::move(*incoming), std::move(*declared), limit));
}

Result<Reply> post_attachment(app::Host& host, Exchange& exchange) {
  auto& upload = static_cast<AttachmentUpload&>(*exchange.upload);  // made by receive_attachment()
  const auto blob = host.blobs().keep(std::move(upload.incoming()), host.clock().now());
  if (!blob) return base::pass(blob);
  const auto& record = exchange.captures[0];
  auto reply = versioned(host.execute(exchange.caller, app::attach(exchange.caller.principal, record,
                                                                   upload.declared(), *blob)),
                         201);
  if (reply) {
    reply->headers["location"] = "/api/v1/records/" + record + "/attachments/" +
                                 reply->body.at("attachment").get<std::string>();
  }
  return reply;
}

Result<Reply> get_attachments(app::Host& host, Exchange& exchange) {
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return versioned(
      host.query(app::list_attachments(exchange.caller.principal, exchange.captures[0], *page)));
}

// A range is meant for the bytes that the client has a part of (RFC 9110 §13.1.5).
Result<std::optional<ByteRange>> wanted_range(const Request& request, const std::string& tag,
                                              std::int64_t size) {
  const auto condition = header(request.headers, "if-range");
  if (!condition.empty() && condition != tag) return std::optional<ByteRange>{};
  return range_of(header(request.headers, "range"), size);
}

Result<Reply> give_blob(app::Host& host, const Request& request, const Json& file) {
  const auto digest = base::digest_from_base64(file.at("digest").get_ref<const std::string&>());
  const auto size = file.at("size").get<std::int64_t>();
  const auto name = file.at("name").get<std::string>();
  auto reader = host.blobs().open({digest.value_or(base::Digest{}), size});
  if (!reader) {
    auto error = std::move(reader).error();
    error.args["name"] = name;
    return tl::unexpected<base::Error>(std::move(error));
  }
  const auto tag = "\"" + base::to_hex(reader->blob().digest) + "\"";
  const auto range = wanted_range(request, tag, size);
  if (!range) return base::pass(range);
  Reply reply{nullptr, *range ? 206 : 200,
              {{"content-type", "application/octet-stream"},
               {"content-disposition", as_attachment(name)},
               {"accept-ranges", "bytes"},
               {"etag", tag}}};
  if (*range) reply.headers["content-range"] = content_range(**range, size);
  reply.text = "";
  reply.download =
      std::make_shared<BlobDownload>(std::move(*reader), range->value_or(ByteRange{0, size}));
  return reply;
}

Result<Reply> get_attachment(app::Host& host, Exchange& exchange) {
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  const auto file = host.execute(
      exchange.caller, app::read_attachment(exchange.caller.principal, exchange.captures[0],
                                            exchange.captures[1]));
  if (!file) return base::pass(file);
  return give_blob(host, exchange.request, *file);
}

Result<Reply> post_removal(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");  // the plan asks for one
  if (!reason) return base::pass(reason);
  return versioned(host.execute(
      exchange.caller, app::remove_attachment(exchange.caller.principal, exchange.captures[0],
                                              exchange.captures[1], *reason)));
}

}  // namespace

std::vector<Route> attachment_routes() {
  return {
      {"GET", {"api", "v1", "records", "*", "attachments"}, Door::Signed, get_attachments},
      {"POST", {"api", "v1", "records", "*", "attachments"}, Door::Signed, post_attachment, 0,
       Texts::Plain, receive_attachment},
      {"GET", {"api", "v1", "records", "*", "attachments", "*"}, Door::Signed, get_attachment},
      {"POST", {"api", "v1", "records", "*", "attachments", "*", "remove"}, Door::Signed, post_removal},
  };
}

}  // namespace zeren::http
