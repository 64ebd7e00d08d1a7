// XLSX by libxlsxwriter, which writes files only: into a folder of its own that is gone afterwards.
#include <unistd.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/file.hpp"
#include "base/system_reason.hpp"
#include "documents/sheet.hpp"

namespace zeren::documents {
namespace {

using base::Code;
using base::Result;

class WorkFolder {
 public:
  WorkFolder() {
    std::error_code failed;
    auto pattern = (std::filesystem::temp_directory_path(failed) / "zeren-sheet-XXXXXX").string();
    if (!failed && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    std::error_code ignored;  // what cannot be removed is the system's to sweep
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Formats {
  lxw_format* title;
  lxw_format* head;
  lxw_format* text;
  lxw_format* number;
  lxw_format* date;
};

lxw_format* bordered(lxw_workbook* book, std::uint8_t align) {
  auto* format = workbook_add_format(book);
  format_set_font_name(format, "宋体");
  format_set_font_size(format, 11);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_align(format, align);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

Formats make_formats(lxw_workbook* book) {
  Formats formats{workbook_add_format(book), bordered(book, LXW_ALIGN_CENTER), bordered(book, LXW_ALIGN_LEFT),
                  bordered(book, LXW_ALIGN_CENTER), bordered(book, LXW_ALIGN_CENTER)};
  format_set_font_name(formats.title, "方正小标宋简体");
  format_set_font_size(formats.title, 18);
  format_set_align(formats.title, LXW_ALIGN_CENTER);
  format_set_align(formats.title, LXW_ALIGN_VERTICAL_CENTER);
  format_set_font_name(formats.head, "黑体");
  format_set_text_wrap(formats.head);
  format_set_text_wrap(formats.text);
  format_set_num_format(formats.number, "0");
  format_set_num_format(formats.date, "yyyy-mm-dd");
  return formats;
}

// What Excel forbids in a sheet's name, and the length it allows, in characters.
std::string sheet_name(const std::string& title) {
  constexpr int kMaxName = 31;
  std::string name;
  int characters = 0;
  for (const char c : title) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > kMaxName) break;
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return name;
}

lxw_row_t row_at(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_at(std::size_t column) { return static_cast<lxw_col_t>(column); }

class SheetWriter {
 public:
  SheetWriter(const Sheet& sheet, lxw_workbook* book)
      : sheet_(sheet),
        formats_(make_formats(book)),
        out_(workbook_add_worksheet(book, sheet_name(sheet.title).c_str())),
        levels_(sheet.columns.empty() ? 0 : sheet.columns.front().headings.size()) {}

  void run() {
    const auto last = column_at(sheet_.columns.size() - 1);
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      worksheet_set_column(out_, column_at(i), column_at(i), sheet_.columns[i].width, nullptr);
    }
    constexpr double kTitleHeight = 30;
    worksheet_set_row(out_, 0, kTitleHeight, nullptr);
    merge(0, 0, 0, last, sheet_.title, formats_.title);
    for (std::size_t level = 0; level < levels_; ++level) head(level);
    const auto first = levels_ + 1;
    worksheet_freeze_panes(out_, row_at(first), 0);
    worksheet_repeat_rows(out_, 0, row_at(levels_));
    worksheet_set_landscape(out_);
    worksheet_set_paper(out_, 9);  // A4
    worksheet_fit_to_pages(out_, 1, 0);
    for (std::size_t i = 0; i < sheet_.rows.size(); ++i) write(first + i, sheet_.rows[i]);
    if (!sheet_.rows.empty()) {
      worksheet_autofilter(out_, row_at(levels_), 0, row_at(levels_ + sheet_.rows.size()), last);
    }
  }

 private:
  const std::string& heading(std::size_t column, std::size_t level) const {
    return sheet_.columns[column].headings[level];
  }

  // A heading reaches over equal neighbours to the right, and down over equal ones below.
  void head(std::size_t level) {
    for (std::size_t from = 0; from < sheet_.columns.size();) {
      auto to = from;
      while (to + 1 < sheet_.columns.size() && same_above(from, to + 1, level)) ++to;
      const bool below_another = level > 0 && heading(from, level) == heading(from, level - 1);
      auto bottom = level;
      while (from == to && bottom + 1 < levels_ && heading(from, bottom + 1) == heading(from, level))
        ++bottom;
      if (!below_another) {
        merge(level + 1, from, bottom + 1, to, heading(from, level), formats_.head);
      }
      from = to + 1;
    }
  }

  bool same_above(std::size_t a, std::size_t b, std::size_t level) const {
    if (level + 1 == levels_) return false;  // the lowest name a column each
    for (std::size_t i = 0; i <= level; ++i) {
      if (heading(a, i) != heading(b, i)) return false;
    }
    return true;
  }

  void merge(std::size_t top, std::size_t left, std::size_t bottom, std::size_t right,
             const std::string& text, lxw_format* format) {
    if (top == bottom && left == right) {
      worksheet_write_string(out_, row_at(top), column_at(left), text.c_str(), format);
    } else {
      worksheet_merge_range(out_, row_at(top), column_at(left), row_at(bottom), column_at(right),
                            text.c_str(), format);
    }
  }

  void write(std::size_t at, const std::vector<SheetCell>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) write(row_at(at), column_at(i), cells[i]);
  }

  void write(lxw_row_t row, lxw_col_t column, const SheetCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
      worksheet_write_string(out_, row, column, text->c_str(), formats_.text);
    } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      worksheet_write_number(out_, row, column, static_cast<double>(*number), formats_.number);
    } else if (const auto* date = std::get_if<base::Date>(&cell)) {
      const std::chrono::year_month_day day(*date);
      lxw_datetime value{static_cast<int>(day.year()),
                         static_cast<int>(static_cast<unsigned>(day.month())),
                         static_cast<int>(static_cast<unsigned>(day.day())),
                         0,
                         0,
                         0};
      worksheet_write_datetime(out_, row, column, &value, formats_.date);
    } else {
      worksheet_write_blank(out_, row, column, formats_.text);
    }
  }

  const Sheet& sheet_;
  Formats formats_;
  lxw_worksheet* out_;
  std::size_t levels_;
};

std::optional<base::Error> too_large(const Sheet& sheet) {
  if (sheet.rows.size() > kMaxSheetRows) {
    return base::Error{Code::SheetTooLarge,
                       {{"what", sheet.title},
                        {"limit", std::to_string(kMaxSheetRows) + " rows"},
                        {"limit.zh-CN", std::to_string(kMaxSheetRows) + " 行"}},
                       {},
                       {}};
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> xlsx_of(const Sheet& sheet) {
  if (auto fault = too_large(sheet)) return tl::unexpected<base::Error>(std::move(*fault));
  const WorkFolder folder;
  const auto failed = [&](const std::string& why, const std::string& chinese) {
    return base::fail(Code::PackingFailed,
                      {{"what", sheet.title}, {"reason", why}, {"reason.zh-CN", chinese}});
  };
  if (folder.path().empty()) {
    return base::fail(Code::PackingFailed, base::with_reason({{"what", sheet.title}}, errno));
  }
  const auto file = folder.path() + "/sheet.xlsx";
  lxw_workbook_options options{};
  auto tmpdir = folder.path();
  options.tmpdir = tmpdir.data();
  auto* book = workbook_new_opt(file.c_str(), &options);
  if (book == nullptr) return failed("out of memory", "内存不足");
  SheetWriter(sheet, book).run();
  if (const auto error = workbook_close(book); error != LXW_NO_ERROR) {
    return failed(lxw_strerror(error), "写表程序出错，代码 " + std::to_string(error));
  }
  return base::read_file(file);
}

}  // namespace zeren::documents
