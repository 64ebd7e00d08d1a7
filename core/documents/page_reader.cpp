// From a filled body to a page.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "documents/page.hpp"
#include "documents/xml_reader.hpp"

namespace zeren::documents {
namespace {

using base::Result;

struct Element {
  std::string_view mark;  // the class of a paragraph
  std::string Page::*member;
  std::string_view called;
};

constexpr std::array kElements{Element{"issuer", &Page::issuer, "发文机关标志"},
                               Element{"number", &Page::number, "发文字号"},
                               Element{"signatory", &Page::signatory, "签发人"},
                               Element{"title", &Page::title, "标题"},
                               Element{"to", &Page::to, "主送机关"},
                               Element{"signature", &Page::signature, "发文机关署名"},
                               Element{"date", &Page::date, "成文日期"},
                               Element{"note", &Page::note, "附注"},
                               Element{"copies", &Page::copies, "抄送机关"},
                               Element{"printer", &Page::printer, "印发机关"},
                               Element{"printed", &Page::printed, "印发日期"}};

const Element* element_called(std::string_view mark) {
  const auto* found = std::find_if(kElements.begin(), kElements.end(),
                                   [&](const Element& each) { return each.mark == mark; });
  return found == kElements.end() ? nullptr : found;
}

std::vector<std::string_view> needed_by(PageKind kind) {
  switch (kind) {
    case PageKind::Report:
      return {"issuer", "number", "signatory", "title", "to", "signature", "date"};
    case PageKind::Notice:
    case PageKind::Letter:
      return {"issuer", "number", "title", "to", "signature", "date"};
    case PageKind::Minutes:
      return {"issuer", "date"};
    case PageKind::Table:
      break;
  }
  return {"title"};
}

constexpr int kMaxSpan = 100;

std::string squeezed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

class BodyReader final : public XmlHandler {
 public:
  explicit BodyReader(PageKind kind) { page_.kind = kind; }

  std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override {
    const auto parent = open_.empty() ? std::string() : open_.back();
    open_.emplace_back(element);
    if (auto fault = misplaced(element, parent)) return fault;
    if (element == "strong") return begin_strong();
    if (element == "table") rows_.emplace();
    if (element == "tr") rows_->emplace_back();
    runs_.clear();
    mark_ = element == "h1" ? "title" : "";
    return read(element, attributes);
  }

  std::optional<Fault> end(std::string_view element) override {
    open_.pop_back();
    if (element == "strong") {
      runs_.push_back({});
    } else if (element == "p" || element == "h1") {
      end_paragraph();
    } else if (element == "h2" || element == "h3" || element == "h4") {
      page_.body.push_back({element[1] - '0', {{squeezed(plain()), false}}, {}});
    } else if (element == "li") {
      page_.attachments.push_back(squeezed(plain()));
    } else if (element == "td" || element == "th") {
      rows_->back().back().text = squeezed(plain());
    } else if (element == "table") {
      page_.body.push_back({0, {}, *std::exchange(rows_, std::nullopt)});
    }
    return std::nullopt;
  }

  std::optional<Fault> text(std::string_view piece) override {
    static constexpr std::array<std::string_view, 5> kHolders{"article", "ol", "table", "tr", ""};
    const auto holder = open_.empty() ? std::string_view() : std::string_view(open_.back());
    if (std::find(kHolders.begin(), kHolders.end(), holder) == kHolders.end()) {
      if (runs_.empty()) runs_.push_back({});
      runs_.back().text += piece;
      return std::nullopt;
    }
    if (squeezed(piece).empty()) return std::nullopt;
    return Fault{0, "text stands outside a paragraph", "文字未置于段落之内"};
  }

  Page take() && { return std::move(page_); }

 private:
  static std::optional<Fault> misplaced(std::string_view element, const std::string& parent) {
    static const std::map<std::string_view, std::vector<std::string_view>> kParents{
        {"article", {""}},      {"h1", {"article"}}, {"h2", {"article"}}, {"h3", {"article"}},
        {"h4", {"article"}},    {"p", {"article"}},  {"ol", {"article"}}, {"li", {"ol"}},
        {"table", {"article"}}, {"tr", {"table"}},   {"td", {"tr"}},      {"th", {"tr"}},
        {"strong", {"p"}}};
    const auto known = kParents.find(element);
    const auto written = "<" + std::string(element) + ">";
    if (known == kParents.end()) {
      return Fault{0, written + " is not an element of documents", written + " 不是文书元素"};
    }
    const auto& parents = known->second;
    if (std::find(parents.begin(), parents.end(), parent) != parents.end()) return std::nullopt;
    return Fault{0, written + " cannot stand here", written + " 不能置于此处"};
  }

  std::optional<Fault> begin_strong() {
    runs_.push_back({"", true});
    return std::nullopt;
  }

  std::optional<Fault> read(std::string_view element, const XmlAttributes& attributes) {
    const bool cell = element == "td" || element == "th";
    if (cell) rows_->back().push_back({"", element == "th", 1, 1});
    for (const auto& [name, value] : attributes) {
      const bool ok = (name == "class" && set_class(element, value)) ||
                      (cell && name == "colspan" && set_span(value, rows_->back().back().columns)) ||
                      (cell && name == "rowspan" && set_span(value, rows_->back().back().rows));
      if (ok) continue;
      auto written = name;
      written.append("=\"").append(value).append("\"");
      return Fault{0, written + " is not known here", "此处不支持 " + written};
    }
    return std::nullopt;
  }

  bool set_class(std::string_view element, const std::string& value) {
    if (element == "ol") return value == "attachments";
    if (element != "p" || element_called(value) == nullptr || value == "title") return false;
    mark_ = value;
    return true;
  }

  static bool set_span(const std::string& value, int& span) {
    const auto* end = value.data() + value.size();
    const auto [stop, failed] = std::from_chars(value.data(), end, span);
    return failed == std::errc() && stop == end && span >= 1 && span <= kMaxSpan;
  }

  std::string plain() const {
    std::string text;
    for (const auto& run : runs_) text += run.text;
    return text;
  }

  void end_paragraph() {
    if (const auto* element = element_called(mark_)) {
      page_.*(element->member) = squeezed(plain());
      return;
    }
    std::vector<Run> line;
    for (const auto& run : runs_) add_lines(run, line);
    add_paragraph(line);
  }

  // A line break in what somebody typed begins a paragraph.
  void add_lines(const Run& run, std::vector<Run>& line) {
    std::string_view rest = run.text;
    while (true) {
      const auto end = std::min(rest.find('\n'), rest.size());
      if (const auto text = std::string(rest.substr(0, end)); !text.empty())
        line.push_back({text, run.strong});
      if (end == rest.size()) return;
      add_paragraph(line);
      rest.remove_prefix(end + 1);
    }
  }

  void add_paragraph(std::vector<Run>& line) {
    const bool blank =
        std::all_of(line.begin(), line.end(), [](const Run& run) { return squeezed(run.text).empty(); });
    if (!blank) {
      line.front().text.erase(0, line.front().text.find_first_not_of(" \t\r"));
      page_.body.push_back({0, line, {}});
    }
    line.clear();
  }

  Page page_;
  std::vector<std::string> open_;
  std::string mark_;
  std::vector<Run> runs_;
  std::optional<TableRows> rows_;
};

}  // namespace

Result<Page> read_page(std::string_view body, PageKind kind, const std::string& file) {
  BodyReader reader(kind);
  if (const auto fault = read_xml(body, reader)) return template_fault(*fault, file);
  auto page = std::move(reader).take();
  for (const auto mark : needed_by(kind)) {
    const auto* element = element_called(mark);
    if (!(page.*(element->member)).empty()) continue;
    const auto name = std::string(name_of(kind));
    return template_fault({0, "a page of kind " + name + " needs <p class=\"" + std::string(mark) + "\">",
                           "“" + name + "”类文书缺少" + std::string(element->called)},
                          file);
  }
  return page;
}

}  // namespace zeren::documents
