// What officials do with the files of a record, and what lies on disk of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "integration/official.hpp"

namespace zeren::integration {

/// A file as somebody hands it in.
struct Paper {
  std::string name = "附表 1.xlsx";
  std::string bytes = "第一版";
  std::string classification = "internal";
};

/// `Content-Disposition` of a file called `name`.
std::string disposition_of(const std::string& name);

/// Hands it in.
Answer attach(const Official& official, const std::string& record, const Paper& paper,
              const With& with = {});

/// The same, and expects that it is taken; its id.
std::string attached(const Official& official, const std::string& record, const Paper& paper);

Answer read_attachment(const Official& official, const std::string& record, const std::string& attachment,
                       const http::Headers& headers = {});

Answer remove_attachment(const Official& official, const std::string& record,
                         const std::string& attachment, const std::string& reason = "附件传错");

/// The ids that `official` is shown, oldest first.
std::vector<std::string> attachments_shown(const Official& official, const std::string& record);

/// The head of an upload of `size` bytes, for a connection of one's own.
std::string upload_head(const Official& official, const std::string& record, std::size_t size,
                        const std::string& more = "");

/// The files below `folder` whose bytes are whole; and those that are still on their way in.
std::vector<std::filesystem::path> kept_files(const std::filesystem::path& blobs);
std::vector<std::filesystem::path> incoming_files(const std::filesystem::path& blobs);

/// Whether `done` comes true within half a minute.
template <class Condition>
bool comes_true(Condition done) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < until) {
    if (done()) return true;
    std::this_thread::yield();
  }
  return done();
}

}  // namespace zeren::integration
