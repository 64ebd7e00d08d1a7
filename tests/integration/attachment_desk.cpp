#include "integration/attachment_desk.hpp"

#include <gtest/gtest.h>

#include "http/content_disposition.hpp"

namespace zeren::integration {
namespace {

std::string attachments_of(const std::string& record) {
  return "/api/v1/records/" + record + "/attachments";
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder, bool incoming) {
  std::vector<std::filesystem::path> files;
  std::error_code gone;  // what is on its way in may vanish while it is looked at
  for (std::filesystem::recursive_directory_iterator at(folder, gone), end; !gone && at != end;
       at.increment(gone)) {
    const bool is_incoming = at->path().parent_path().filename() == "incoming";
    if (at->is_regular_file(gone) && is_incoming == incoming) files.push_back(at->path());
  }
  return files;
}

}  // namespace

std::string disposition_of(const std::string& name) { return http::as_attachment(name); }

Answer attach(const Official& official, const std::string& record, const Paper& paper,
              const With& with) {
  auto request =
      request_of("POST", attachments_of(record) + "?classification=" + paper.classification);
  request.headers["content-disposition"] = disposition_of(paper.name);
  request.body = paper.bytes;
  return official.post(std::move(request), with);
}

std::string attached(const Official& official, const std::string& record, const Paper& paper) {
  const auto answer = attach(official, record, paper);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.body.value("attachment", "");
}

Answer read_attachment(const Official& official, const std::string& record, const std::string& attachment,
                       const http::Headers& headers) {
  auto request = request_of("GET", attachments_of(record) + "/" + attachment);
  request.headers = headers;
  return official.send(std::move(request), {});
}

Answer remove_attachment(const Official& official, const std::string& record,
                         const std::string& attachment, const std::string& reason) {
  return official.post(attachments_of(record) + "/" + attachment + "/remove", {{"reason", reason}});
}

std::vector<std::string> attachments_shown(const Official& official, const std::string& record) {
  const auto answer = official.get(attachments_of(record));
  EXPECT_EQ(answer.status, 200) << answer.body;
  std::vector<std::string> ids;
  for (const auto& item : answer.body.value("items", base::Json::array())) ids.push_back(item.at("id"));
  return ids;
}

std::string upload_head(const Official& official, const std::string& record, std::size_t size,
                        const std::string& more) {
  return "POST " + attachments_of(record) +
         "?classification=internal HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + official.token() +
         "\r\nidempotency-key: " + fresh_key() + "\r\ncontent-disposition: " + disposition_of("a.bin") +
         "\r\ncontent-length: " + std::to_string(size) + "\r\n" + more + "\r\n";
}

std::vector<std::filesystem::path> kept_files(const std::filesystem::path& blobs) {
  return files_below(blobs, false);
}

std::vector<std::filesystem::path> incoming_files(const std::filesystem::path& blobs) {
  return files_below(blobs, true);
}

}  // namespace zeren::integration
