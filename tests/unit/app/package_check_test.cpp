// A package that could not run, or would make records unreadable, is refused before anything changes.
#include "app/commands/package_check.hpp"

#include <csignal>

#include "app/queries/ledger_queries.hpp"
#include "unit/app/module_host.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Language;
using modules::FixturePackage;
using store::RowWrite;
using testing::AllOf;
using testing::HasSubstr;

// What stands: "plain" 1.0.0, one record type and one parameter, no library.
class PackageCheckTest : public ModuleHost {
 protected:
  PackageCheckTest() {
    package_.without_library();
    auto& states = package_.manifest["record_types"]["note"]["states"];
    states["submitted"] = {{"title", {{"en", "Submitted"}, {"zh-CN", "送审"}}}};
    package_.manifest["parameters"]["days"] = {{"title", {{"en", "Days"}, {"zh-CN", "天数"}}},
                                               {"type", "integer"},
                                               {"order", "free"},
                                               {"default", 5},
                                               {"mark", "D"}};
    deliver(package_);
    host_ = open();
    EXPECT_TRUE(enable(*host_, "plain").has_value());
    raise_version();
  }

  Json& note() { return package_.manifest["record_types"]["note"]; }
  void raise_version() { package_.manifest["version"] = "1.0.1"; }

  /// A record of the type in the state, as the host would have written it.
  void put(const std::string& id, const std::string& type, const std::string& state) {
    const Command command{"record.draft", [&](Snapshot& snapshot) -> base::Result<store::ChangeSet> {
      store::ChangeSet change;
      change.act.action = "record.draft";
      change.rows.push_back({RowWrite::Kind::Insert, "record", {{"id", id}},
                             {{"version", 1}, {"type", type}, {"module", "plain"}, {"schema_version", 1},
                              {"unit", snapshot.organisation().unit_by_code("qinglan")->id.value}, {"period", "2025"}, {"obligation", std::monostate{}},
                              {"state", state}, {"content_version", 1}, {"rule_version", 1},
                              {"created_by", "a1"}, {"created_at", 1}}});
      change.rows.push_back({RowWrite::Kind::Insert, "record_content",
                             {{"record", id}, {"content_version", 1}},
                             {{"content", R"({"title":"a"})"}, {"author", "a1"}, {"written_at", 1}}});
      return change;
    }};
    const auto put = run(*host_, command);
    ASSERT_TRUE(put.has_value()) << base::report_of(put.error());
  }

  /// Who works in the office of qinglan.
  access::Principal clerk() {
    access::Principal clerk;
    clerk.id = "a1";
    const auto found = host_->query([&](Snapshot& snapshot) -> base::Result<Json> {
      const auto row = snapshot.session.first(
          "SELECT a.person FROM appointment a JOIN post p ON p.id = a.post WHERE p.code = 'qinglan-clerk'");
      clerk.person.value = (**row).text(0);
      return Json();
    });
    EXPECT_TRUE(found.has_value());
    return clerk;
  }

  /// Delivers the package and expects it refused, with 1.0.0 in force as before. The reason, in both languages.
  std::string refusal(Code code) {
    deliver(package_);
    const auto refused = enable(*host_, "plain");
    EXPECT_FALSE(refused.has_value());
    if (refused) return "";
    EXPECT_EQ(refused.error().code, code) << base::report_of(refused.error());
    EXPECT_EQ(state(*host_, "plain"), "enabled");
    EXPECT_EQ(shown(*host_, "plain").value("version", ""), "1.0.0");
    EXPECT_EQ(entries(*host_, "module.approve"), 0);
    return base::report_of(refused.error()) + "\n" + base::report_of(refused.error(), Language::Chinese);
  }

  FixturePackage package_{"plain"};
  std::unique_ptr<Host> host_;
};

TEST_F(PackageCheckTest, RefusesAPackageWithoutAStateInWhichRecordsStandAndCountsThem) {
  put("r1", "note", "submitted");
  put("r2", "note", "submitted");
  note()["states"]["handed_in"] = note()["states"]["submitted"];
  note()["states"].erase("submitted");
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("the state \"submitted\" of \"note\" is gone, and 2 record(s) stand in it"),
                    HasSubstr("缺少状态“submitted”，而现有 2 份记录处于该状态"), HasSubstr("module.json:")));
}

TEST_F(PackageCheckTest, TakesAPackageWithoutAStateInWhichNothingStands) {
  put("r1", "note", "draft");
  note()["states"].erase("submitted");
  deliver(package_);
  EXPECT_TRUE(enable(*host_, "plain").has_value());
}

TEST_F(PackageCheckTest, ListsARecordWhoseStateAnEarlierHostLetGo) {
  put("r1", "note", "of_old");
  const auto records = host_->query(list_records(clerk(), {}, {}));
  ASSERT_TRUE(records.has_value()) << base::report_of(records.error());
  ASSERT_EQ(records->at("items").size(), 1U);
  EXPECT_EQ(records->at("items").at(0).at("state_title").at("zh-CN"), "of_old");
}

TEST_F(PackageCheckTest, RefusesAPackageWithoutARecordTypeOfWhichThereAreRecords) {
  put("r1", "note", "draft");
  package_.manifest["record_types"]["other"] = note();
  package_.manifest["record_types"].erase("note");
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("the record type \"note\" is gone, and 1 record(s)"), HasSubstr("缺少记录类型“note”")));
}

TEST_F(PackageCheckTest, RefusesAVersionBelowTheOneInForceAndNamesBoth) {
  package_.manifest["version"] = "0.9.9";
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("version 0.9.9 is lower than version 1.0.0"), HasSubstr("版本 0.9.9 低于生效中的版本 1.0.0")));
}

TEST_F(PackageCheckTest, RefusesADateThatNeverComes) {
  auto& days = package_.manifest["parameters"]["days"];
  days["type"] = "recurrence";
  days["order"] = "earlier";
  days["default"] = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31";
  EXPECT_THAT(refusal(Code::RecurrenceInvalid), HasSubstr("/parameters/days"));
}

TEST_F(PackageCheckTest, RefusesADefaultThatIsNotOfItsTypeAndSaysWhere) {
  package_.manifest["parameters"]["days"]["default"] = "5";
  EXPECT_THAT(refusal(Code::ParameterType), AllOf(HasSubstr("module.json:"), HasSubstr("/parameters/days")));
}

TEST_F(PackageCheckTest, RefusesAnOrderThatItsTypeDoesNotHave) {
  package_.manifest["parameters"]["days"]["order"] = "superset";
  EXPECT_THAT(refusal(Code::ParameterType), HasSubstr("/parameters/days"));
}

TEST_F(PackageCheckTest, RefusesAPatternThatCannotRunAndSaysWhereAndWhy) {
  note()["schema_version"] = 2;
  note()["upcasts"]["1"] = Json::array();
  note()["schema"]["properties"]["title"]["pattern"] = R"(^(a)\1$)";
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("module.json:"), HasSubstr("/record_types/note/schema/properties/title/pattern"),
                    HasSubstr("has an escape that RE2 does not know"), HasSubstr("含有 RE2 不支持的转义")));
}

TEST_F(PackageCheckTest, RefusesKindsOfUnitsAndClassesOfPostsThatThereAreNot) {
  package_.manifest["roles"]["clerk"]["post_classes"] = {"STAFF", "FOO"};
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("/roles/clerk/post_classes/1"), HasSubstr("\"FOO\" is no class of posts; there are: PRINCIPAL"),
                    HasSubstr("没有“FOO”这一职务类别")));
  package_.manifest["roles"]["clerk"]["post_classes"] = {"STAFF"};
  package_.manifest["parameters"]["due"] = {{"title", {{"en", "Due"}, {"zh-CN", "期限"}}}, {"type", "recurrence"},
                                            {"order", "earlier"}, {"mark", "D"},
                                            {"default", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"}};
  package_.manifest["obligations"]["N1"] = {
      {"title", {{"en", "Note"}, {"zh-CN", "记录"}}}, {"basis", "1"}, {"mark", "D"}, {"owner", {{"kinds", {"zzz"}}}},
      {"record_type", "note"}, {"due", "due"}, {"period", "year"}, {"recipients", {{"up", "party_superior"}}}};
  EXPECT_THAT(refusal(Code::ManifestSchema),
              AllOf(HasSubstr("/obligations/N1/owner/kinds/0"), HasSubstr("\"zzz\" is no kind of unit"),
                    HasSubstr("没有“zzz”这一组织类型")));
}

TEST_F(PackageCheckTest, RefusesAFolderInWhichAnotherModuleLiesAndListsEachOnce) {
  deliver(package_);
  std::filesystem::copy(packages_ / "plain", packages_ / "somebody", std::filesystem::copy_options::recursive);
  const auto refused = enable(*host_, "somebody");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::ManifestSchema);
  EXPECT_THAT(base::report_of(refused.error()),
              AllOf(HasSubstr("the folder is called \"somebody\", and the module in it \"plain\""), HasSubstr("/id")));
  const auto list = host_->query(list_modules(system_, packages_, {}));
  ASSERT_TRUE(list.has_value());
  std::vector<std::string> ids;
  for (const auto& item : list->at("items")) ids.push_back(item.at("id").get<std::string>());
  EXPECT_THAT(ids, testing::ElementsAre("plain", "somebody"));
}

// One package per way in which a library can be unfit; 1.0.0 without a library is in force.
class UnfitLibraryTest : public PackageCheckTest, public testing::WithParamInterface<std::pair<const char*, Code>> {};

TEST_P(UnfitLibraryTest, IsRefusedAndWhatStoodStands) {
  const auto& [name, code] = GetParam();
  FixturePackage unfit(name);
  unfit.manifest["id"] = name;
  if (code != Code::PluginInterfaceMissing) unfit.providing_nothing();
  deliver(unfit);
  const auto refused = enable(*host_, name);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, code) << base::report_of(refused.error());
  EXPECT_EQ(state(*host_, name), "available");
  EXPECT_FALSE(shown(*host_, name).contains("approved"));
}

INSTANTIATE_TEST_SUITE_P(All, UnfitLibraryTest,
                         testing::Values(std::pair{"abi_from_future", Code::AbiMismatch},
                                         std::pair{"no_entry", Code::LibraryNoEntry},
                                         std::pair{"lacks_interface", Code::PluginInterfaceMissing},
                                         std::pair{"refuses_to_start", Code::PluginFailed}),
                         [](const auto& row) { return std::string(row.param.first); });

TEST_F(PackageCheckTest, RefusesALibraryThatIsNone) {
  FixturePackage package("well_behaved");
  deliver(package);
  const auto folder = packages_ / "well_behaved";
  const std::string text = "no ELF";
  ASSERT_TRUE(base::write_file(folder / "libwell_behaved.so", text).has_value());
  const auto manifest = base::read_file(folder / "module.json").value();
  const auto list = base::to_hex(base::sha256(text)) + "  libwell_behaved.so\n" +
                    base::to_hex(base::sha256(manifest)) + "  module.json\n";
  ASSERT_TRUE(base::write_file(folder / "MANIFEST", list).has_value());
  EXPECT_EQ(enable(*host_, "well_behaved").error().code, Code::LibraryUnloadable);
  EXPECT_EQ(state(*host_, "well_behaved"), "available");
}

TEST_F(PackageCheckTest, RefusesAFormThatCannotBeReadAndNamesItsLine) {
  package_.documents["documents/note.html"] = "<article>\n{{#content.title}}\n</article>\n";
  package_.manifest["documents"]["note"] = {{"title", {{"en", "Note"}, {"zh-CN", "便函"}}},
                                            {"kind", "notice"},
                                            {"file", "documents/note.html"},
                                            {"record_types", {"note"}}};
  deliver(package_);
  const auto refused = enable(*host_, "plain");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::TemplateInvalid);
  EXPECT_EQ(refused.error().where.file, "plain/documents/note.html");
  EXPECT_EQ(refused.error().where.line, 2);
  EXPECT_EQ(shown(*host_, "plain").value("version", ""), "1.0.0");
  package_.documents["documents/note.html"] = "<article>{{content.title}}</article>\n";
  deliver(package_);
  EXPECT_TRUE(enable(*host_, "plain").has_value());
}

TEST_F(PackageCheckTest, RefusesAnAbiOrAnInterfaceThatTheHostDoesNotOffer) {
  FixturePackage package("well_behaved");
  package.manifest["abi"]["major"] = 2;
  deliver(package);
  EXPECT_EQ(enable(*host_, "well_behaved").error().code, Code::AbiMismatch);
  package.manifest["abi"]["major"] = 1;
  package.manifest["requires"]["interfaces"] = {"zeren.log/9"};
  deliver(package);
  EXPECT_EQ(enable(*host_, "well_behaved").error().code, Code::PluginInterfaceMissing);
  EXPECT_EQ(state(*host_, "well_behaved"), "available");
}

TEST_F(PackageCheckTest, ApprovesNothingWhenTheLibraryTakesTheHostAlongWhileItIsTried) {
  FixturePackage package("crashes_at_start");
  deliver(package.providing_nothing());
  EXPECT_EXIT((void)enable(*host_, "crashes_at_start"), testing::KilledBySignal(SIGABRT), "");
  host_.reset();
  host_ = open();
  EXPECT_EQ(state(*host_, "crashes_at_start"), "available");
  EXPECT_EQ(entries(*host_, "module.quarantine"), 0);
}

}  // namespace
}  // namespace zeren::app
