#include "cli/record_view.hpp"

#include <vector>

#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Language;
using Rows = std::vector<std::vector<std::string>>;

std::string text(const Json& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string section(const std::string& title, const Rows& rows) {
  return rows.size() < 2 ? std::string() : "\n" + title + "\n" + table(rows);
}

// Up to the minute: `2026-01-31T08:00`.
std::string when(const Json& instant) { return text(instant).substr(0, 16); }

std::string in_words(const Json& title, Language reader) {
  return title.is_null() ? std::string() : in_language(title, reader);
}

std::string head(const Json& record, Language reader) {
  Rows rows{{word(reader, "id", "编号"), text(record.at("id"))},
            {word(reader, "type", "类型"), in_language(record.at("type_title"), reader)},
            {word(reader, "unit", "单位"), text(record.at("unit").at("name"))},
            {word(reader, "period", "期间"), text(record.at("period"))},
            {word(reader, "state", "状态"), in_language(record.at("state_title"), reader)},
            {word(reader, "version", "版本"), text(record.at("version"))}};
  const auto& corrections = record.at("corrections");
  if (corrections.at("count").get<int>() > 0) {
    rows.push_back({word(reader, "returned", "退回次数"), text(corrections.at("count"))});
    rows.push_back({word(reader, "first submitted", "首次提交"), when(corrections.at("submitted_at"))});
    rows.push_back({word(reader, "to be put right by", "补正期限"),
                    text(corrections.at("cycles").back().at("fix_due"))});
  }
  return table(rows);
}

std::string fields(const Json& record, Language reader) {
  Rows rows{{word(reader, "field", "字段"), word(reader, "content", "内容")}};
  const auto& titles = record.at("field_titles");
  for (const auto& [key, value] : record.at("content").items()) {
    rows.push_back({in_language(titles.at(key), reader), text(value)});
  }
  return section(word(reader, "Content", "内容"), rows);
}

std::string history(const Json& record, Language reader) {
  Rows rows{{word(reader, "at", "时间"), word(reader, "step", "办理"), word(reader, "by", "办理人职务"),
             word(reader, "state", "状态"), word(reader, "reason", "意见")}};
  for (const auto& step : record.at("history")) {
    rows.push_back({when(step.at("at")), in_language(step.at("title"), reader),
                    in_language(step.at("capacity").at("text"), reader),
                    in_words(step.at("to_title"), reader), text(step.at("reason"))});
  }
  return section(word(reader, "Steps so far", "办理经过"), rows);
}

std::string legs(const Json& record, Language reader) {
  Rows rows{{word(reader, "round", "轮次"), word(reader, "recipient", "接收单位"),
             word(reader, "state", "状态"), word(reader, "sent", "报送"), word(reader, "opened", "拆阅"),
             word(reader, "answered", "答复"), "id"}};
  for (const auto& round : record.at("rounds")) {
    for (const auto& leg : round.at("legs")) {
      rows.push_back({text(round.at("round")), text(leg.at("recipient").at("name")),
                      in_language(leg.at("state_title"), reader), when(leg.at("sent_at")),
                      when(leg.at("opened_at")), when(leg.at("answered_at")), text(leg.at("id"))});
    }
  }
  return section(word(reader, "Copies", "报送情况"), rows);
}

std::string tasks(const Json& record, Language reader) {
  Rows rows{{word(reader, "kind", "事项"), word(reader, "post", "承办职务"), word(reader, "unit", "单位"),
             word(reader, "state", "状态"), word(reader, "due", "期限"), word(reader, "opinion", "意见"),
             "id"}};
  for (const auto& task : record.at("tasks")) {
    rows.push_back({in_language(task.at("kind_title"), reader), text(task.at("post").at("title")),
                    text(task.at("unit").at("name")), in_language(task.at("state_title"), reader),
                    text(task.at("due")), text(task.at("opinion")), text(task.at("id"))});
  }
  return section(word(reader, "Tasks", "任务"), rows);
}

std::string comments(const Json& record, Language reader) {
  Rows rows{{word(reader, "at", "时间"), word(reader, "person", "姓名"), word(reader, "by", "职务"),
             word(reader, "comment", "备注")}};
  for (const auto& comment : record.at("comments")) {
    rows.push_back({when(comment.at("at")), text(comment.at("person")),
                    in_language(comment.at("capacity").at("text"), reader), text(comment.at("text"))});
  }
  return section(word(reader, "Comments", "备注"), rows);
}

std::string attachments(const Json& record, Language reader) {
  Rows rows{{word(reader, "name", "名称"), word(reader, "bytes", "字节"),
             word(reader, "classification", "密级"), word(reader, "at", "时间"), "id"}};
  for (const auto& file : record.at("attachments")) {
    rows.push_back({text(file.at("name")), text(file.at("size")),
                    in_language(file.at("classification_title"), reader), when(file.at("at")),
                    text(file.at("id"))});
  }
  return section(word(reader, "Attachments", "附件"), rows);
}

std::string next_steps(const Json& record, Language reader) {
  Rows rows{{word(reader, "step", "办理"), word(reader, "title", "名称")}};
  for (const auto& step : record.at("steps")) {
    rows.push_back({text(step.at("key")), in_language(step.at("title"), reader)});
  }
  return section(word(reader, "Possible now", "可办理"), rows);
}

}  // namespace

std::string record_view(const Json& record, Language reader) {
  return head(record, reader) + fields(record, reader) + attachments(record, reader) +
         history(record, reader) +
         legs(record, reader) + tasks(record, reader) + comments(record, reader) +
         next_steps(record, reader);
}

}  // namespace zeren::cli
