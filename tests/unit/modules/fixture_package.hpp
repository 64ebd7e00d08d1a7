// Makes a package around one of tests/fixtures/plugins, as a packager would.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/messages.hpp"
#include "manifest/package.hpp"

namespace zeren::modules {

/// Longer than any machine under sanitizers needs; only hanging fixtures are given less.
inline constexpr std::chrono::milliseconds kAmple{30'000};

/// Lives in a folder of its own, which goes with it.
class FixturePackage {
 public:
  /// `name` is a fixture, and the module's id. The module provides steps and has one record type
  /// and one computation, "figures".
  explicit FixturePackage(const std::string& name) : name_(name) {
    dir_ =
        std::filesystem::path(::testing::TempDir()) /
        (std::string(::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name()) +
         "_" + ::testing::UnitTest::GetInstance()->current_test_info()->name() + "_" + name);
    const auto shipped = base::parse_json(R"({
      "version": "1.0.0", "abi": {"major": 1, "minor": 0},
      "name": {"en": "Fixture", "zh-CN": "样例"}, "basis": [{"article": "1", "mark": "D"}],
      "provides": ["zeren.steps/1", "zeren.compute/1"],
      "roles": {"clerk": {"title": {"en": "Clerk", "zh-CN": "承办人"}, "post_classes": ["STAFF"]}},
      "record_types": {"note": {
        "title": {"en": "Note", "zh-CN": "记录"}, "schema_version": 1, "read": ["owner"],
        "schema": {"type": "object", "additionalProperties": false,
                   "properties": {"title": {"type": "string", "maxLength": 200}}},
        "initial_state": "draft",
        "states": {"draft": {"title": {"en": "Draft", "zh-CN": "起草"}}},
        "steps": {"draft": {"title": {"en": "Draft", "zh-CN": "拟办"}, "from": [], "to": "draft",
                            "by": [{"role": "clerk", "at": "owner"}]}}}},
      "computations": {"figures": {"title": {"en": "Figures", "zh-CN": "数据"}}}})");
    manifest = *shipped;
    manifest["id"] = name_;
    manifest["library"] = "lib" + name_ + ".so";
  }
  ~FixturePackage() { std::filesystem::remove_all(dir_); }
  FixturePackage(const FixturePackage&) = delete;
  FixturePackage& operator=(const FixturePackage&) = delete;

  /// Without the interfaces, for fixtures that fail before or lack them.
  FixturePackage& providing_nothing() {
    manifest["provides"] = base::Json::array();
    manifest.erase("computations");
    return *this;
  }

  /// For fixtures that answer no questions.
  FixturePackage& providing_steps() {
    manifest["provides"] = {"zeren.steps/1"};
    manifest.erase("computations");
    return *this;
  }

  FixturePackage& without_library() {
    for (const char* key : {"library", "abi", "provides", "computations"}) manifest.erase(key);
    return *this;
  }

  /// Writes the package and verifies it.
  manifest::Package pack() {
    std::filesystem::remove_all(dir_);
    std::filesystem::create_directories(dir_);
    std::string list;
    for (const auto& [path, text] : documents) list += add(path, text);
    if (manifest.contains("library")) {
      const std::string library = manifest["library"];
      const auto bytes = base::read_file(ZEREN_BINARY_DIR "/fixtures/lib" + name_ + ".so");
      list += add(library, bytes.value());
    }
    list += add("module.json", manifest.dump(2));
    write("MANIFEST", list);
    auto package = manifest::Package::verify(dir_);
    if (!package) ADD_FAILURE() << base::report_of(package.error());
    return std::move(package).value();
  }

  base::Json manifest;
  std::map<std::string, std::string> documents;  ///< `documents/note.html` and what stands in it

 private:
  std::string add(const std::string& path, const std::string& text) {
    write(path, text);
    return base::to_hex(base::sha256(text)) + "  " + path + "\n";
  }
  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((dir_ / path).parent_path());
    EXPECT_TRUE(base::write_file(dir_ / path, text).has_value()) << path;
  }

  std::string name_;
  std::filesystem::path dir_;
};

/// A step of the fixtures' record type.
inline base::Json a_step(const std::string& reason = "") {
  return {{"record_type", "note"},
          {"step", "draft"},
          {"record", {{"period", "2025"}, {"content", base::Json::object()}}},
          {"reason", reason}};
}

}  // namespace zeren::modules
