#include "http/socket_client.hpp"

#include "base/system_reason.hpp"
#include "http/beast.hpp"

#include <limits>

#include "http/router.hpp"

namespace zeren::http {
namespace {

// Beast 1.74 takes "none" for a limit that everything exceeds.
constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

template <class Body>
bhttp::request<Body> to_head(const Request& request) {
  bhttp::request<Body> message;
  message.method_string(request.method);
  message.target(request.target);
  message.set(bhttp::field::host, "localhost");
  for (const auto& [name, value] : request.headers) message.set(name, value);
  return message;
}

template <class Body>
Response to_response(const bhttp::response<Body>& message, std::string body) {
  Response response{static_cast<int>(message.result_int()), {}, std::move(body)};
  for (const auto& field : message) {
    response.headers.insert_or_assign(lower(std::string(field.name_string())), std::string(field.value()));
  }
  return response;
}

// One request over one connection.
class Line final {
 public:
  explicit Line(const std::filesystem::path& socket) : socket_(socket) {
    stream_.connect(stream_protocol::endpoint(socket.string()), failure_);
  }

  template <class Body>
  void ask(bhttp::request<Body>& message) {
    if (!failure_) bhttp::write(stream_, message, failure_);
    // Whoever does not want a body hangs up on it; what it says about that is still to be read.
    if (failure_ == asio::error::broken_pipe || failure_ == asio::error::connection_reset) failure_ = {};
  }

  base::Result<Response> answer() {
    bhttp::response_parser<bhttp::string_body> parser;
    parser.body_limit(kMaxBody);
    if (!failure_) bhttp::read(stream_, buffer_, parser, failure_);
    if (failure_) return unreachable();
    return to_response(parser.get(), std::move(parser.get().body()));
  }

  base::Result<Response> answer_into(const std::filesystem::path& file) {
    bhttp::response_parser<bhttp::empty_body> head;
    head.body_limit(kUnlimited);
    if (!failure_) bhttp::read_header(stream_, buffer_, head, failure_);
    if (failure_) return unreachable();
    if (head.get().result() != bhttp::status::ok) return rest_of(std::move(head));
    bhttp::response_parser<bhttp::file_body> parser(std::move(head));
    error_code unwritable;
    parser.get().body().open(file.c_str(), beast::file_mode::write, unwritable);
    if (!unwritable) bhttp::read(stream_, buffer_, parser, failure_);
    if (failure_) return unreachable();
    if (!unwritable) return to_response(parser.get(), "");
    return base::fail(base::Code::FileUnwritable, base::with_reason({{"file", file.string()}}, unwritable));
  }

 private:
  base::Result<Response> rest_of(bhttp::response_parser<bhttp::empty_body>&& head) {
    bhttp::response_parser<bhttp::string_body> parser(std::move(head));
    parser.body_limit(kMaxBody);
    bhttp::read(stream_, buffer_, parser, failure_);
    if (failure_) return unreachable();
    return to_response(parser.get(), std::move(parser.get().body()));
  }

  tl::unexpected<base::Error> unreachable() const {
    return base::fail(base::Code::ServerUnreachable, base::with_reason({{"where", socket_.string()}}, failure_));
  }

  std::filesystem::path socket_;
  asio::io_context io_;
  stream_protocol::socket stream_{io_};
  beast::flat_buffer buffer_;
  error_code failure_;
};

}  // namespace

base::Result<Response> send(const std::filesystem::path& socket, const Request& request) {
  auto message = to_head<bhttp::string_body>(request);
  message.body() = request.body;
  message.prepare_payload();
  Line line(socket);
  line.ask(message);
  return line.answer();
}

base::Result<Response> send_file(const std::filesystem::path& socket, const Request& request,
                                 const std::filesystem::path& file) {
  auto message = to_head<bhttp::file_body>(request);
  error_code failure;
  message.body().open(file.c_str(), beast::file_mode::scan, failure);
  if (failure) {
    return base::fail(base::Code::FileUnreadable, base::with_reason({{"file", file.string()}}, failure));
  }
  message.prepare_payload();
  Line line(socket);
  line.ask(message);
  return line.answer();
}

base::Result<Response> fetch_file(const std::filesystem::path& socket, const Request& request,
                                  const std::filesystem::path& file) {
  auto message = to_head<bhttp::empty_body>(request);
  Line line(socket);
  line.ask(message);
  return line.answer_into(file);
}

}  // namespace zeren::http
