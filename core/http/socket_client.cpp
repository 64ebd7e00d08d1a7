#include "http/socket_client.hpp"

#include "http/beast.hpp"
#include "http/router.hpp"

namespace zeren::http {
namespace {

bhttp::request<bhttp::string_body> to_message(const Request& request) {
  bhttp::request<bhttp::string_body> message;
  message.method_string(request.method);
  message.target(request.target);
  message.set(bhttp::field::host, "localhost");
  for (const auto& [name, value] : request.headers) message.set(name, value);
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

Response to_response(const bhttp::response<bhttp::string_body>& message) {
  Response response{static_cast<int>(message.result_int()), {}, message.body()};
  for (const auto& field : message) {
    response.headers.insert_or_assign(lower(std::string(field.name_string())), std::string(field.value()));
  }
  return response;
}

}  // namespace

base::Result<Response> send(const std::filesystem::path& socket, const Request& request) {
  asio::io_context io;
  stream_protocol::socket stream(io);
  error_code failure;
  stream.connect(stream_protocol::endpoint(socket.string()), failure);
  const auto message = to_message(request);
  if (!failure) bhttp::write(stream, message, failure);
  beast::flat_buffer buffer;
  bhttp::response_parser<bhttp::string_body> parser;
  parser.body_limit(kMaxBody);
  if (!failure) bhttp::read(stream, buffer, parser, failure);
  if (!failure) return to_response(parser.get());
  return base::fail(base::Code::ServerUnreachable,
                    {{"where", socket.string()}, {"reason", failure.message()}});
}

}  // namespace zeren::http
