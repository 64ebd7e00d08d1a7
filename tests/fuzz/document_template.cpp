// Whatever stands in a package as a template: refused with a line, or filled; and what a record holds never
// becomes markup of the page that is made of it.
#include "documents/forms.hpp"
#include "documents/template.hpp"
#include "fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zeren;
  const auto parsed = documents::Template::parse(fuzz::text_of(data, size), "input.html");
  if (!parsed) {
    fuzz::promise(!parsed.error().where.file.empty(), "a refusal names the file");
    return 0;
  }
  const base::Json context{{"a", "<script>1</script>"},
                           {"b", {{"c", "]]>"}, {"d", nullptr}}},
                           {"list", {{{"e", "&amp;"}}, {{"e", 2}}}}};
  const auto filled = parsed->render(context);
  if (!filled) return 0;
  const auto page = documents::read_page(filled->text, documents::PageKind::Table, "input.html");
  if (!page) return 0;
  const auto html = documents::html_of(*page);
  fuzz::promise(html.has_value() && html->text.find("<script") == std::string::npos, "a page runs nothing");
  fuzz::promise(documents::docx_of(*page).has_value(), "what is a page is a DOCX too");
  return 0;
}
