#include "app/queries/document_queries.hpp"
#include "http/routes/first_reading.hpp"
#include "http/routes/hand_out.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using app::Form;
using base::Result;

Result<Reply> get_documents(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_documents(exchange.caller.principal, exchange.captures[0], *page)));
}

Result<Reply> get_document(app::Host& host, Exchange& exchange) {
  const auto form = form_of(exchange.target, {Form::Html, Form::Pdf, Form::Docx}, Form::Html);
  if (!form) return base::pass(form);
  // A document says what the record says: whoever takes it away has read it.
  const auto opened = read_record(host, exchange, exchange.captures[0]);
  if (!opened) return base::pass(opened);
  return hand_over(app::hand_out(
      host, {app::document_of_record(exchange.caller.principal, exchange.captures[0], exchange.captures[1]),
             *form}));
}

}  // namespace

std::vector<Route> document_routes() {
  return {{"GET", {"api", "v1", "records", "*", "documents"}, Door::Signed, get_documents},
          {"GET", {"api", "v1", "records", "*", "documents", "*"}, Door::Signed, get_document}};
}

}  // namespace zeren::http
