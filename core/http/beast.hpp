// What the server and its client both need of Asio and Beast, under short names. Of this folder's sources only: a
// translation unit that includes it costs half a minute.
#pragma once

#include <utility>  // Asio 1.74 uses std::exchange without it

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace zeren::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::local::stream_protocol;
using boost::system::error_code;

}  // namespace zeren::http
