#include "audit/note.hpp"

#include <gtest/gtest.h>

#include "audit/signing_key.hpp"
#include "audit/verifier.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::audit {
namespace {

using base::Code;

// The example of the note format's first implementation.
constexpr const char* kKnownKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* kKnownText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr const char* kKnownLine =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

std::string known_note() {
  std::string text = kKnownText;
  text += "\n";
  return text += kKnownLine;
}

std::string with(const std::string& from, const std::string& to) {
  auto text = known_note();
  return text.replace(text.find(from), from.size(), to);
}

TEST(NoteTest, OpensANoteThatAnotherProgramSigned) {
  const auto verifier = Verifier::parse(kKnownKey);
  ASSERT_TRUE(verifier);
  const auto note = verifier->open(known_note());
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, kKnownText);
  EXPECT_EQ(to_string(*note), known_note());
  EXPECT_EQ(verifier->vkey(), kKnownKey);
}

TEST(NoteTest, OneChangedByteAnywhereIsNotOpened) {
  const auto verifier = *Verifier::parse(kKnownKey);
  const auto note = known_note();
  for (std::size_t i = 0; i < note.size(); ++i) {
    auto changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(verifier.open(changed)) << "byte " << i;
  }
}

TEST(NoteTest, RefusesWhatIsNoNote) {
  const std::string note = known_note();
  for (const auto& bad :
       {std::string(), std::string(kKnownText), std::string(kKnownText) + "\n",
        std::string(kKnownLine), note.substr(0, note.size() - 1), note + "\n", note + "trailing\n",
        with("\u2014 ", "- "), with("PeterNeumann x", "x"), with("PeterNeumann", "Peter+Neumann"),
        with("PeterNeumann", "Peter\u00A0Neumann"), with("nAM=", "nAN="), with("nAM=", "nAM"),
        with("nAM=\n", "nAM= \n"), with("think", "thi\tk"), with("think", "thi\xFFk"),
        with("think", std::string("thi\0k", 5)), std::string(kMaxNote, 'x') + "\n" + note}) {
    const auto refused = parse_note(bad);
    ASSERT_FALSE(refused) << bad.substr(0, 300);
    EXPECT_EQ(refused.error().code, Code::NoteMalformed);
  }
}

TEST(NoteTest, RefusesAFloodOfSignatures) {
  auto note = known_note();
  for (std::size_t i = 1; i < kMaxNoteSignatures; ++i) note += kKnownLine;
  EXPECT_TRUE(parse_note(note));
  EXPECT_FALSE(parse_note(note + kKnownLine));
}

class SignedNoteTest : public testing::Test {
 protected:
  fixtures::TempFolder folder_;
  fixtures::SeededEntropy entropy_;
  SigningKey ours_ = *SigningKey::create(folder_ / "ours", "ours.example", entropy_);
  SigningKey witness_ = *SigningKey::create(folder_ / "witness", "witness.example", entropy_);
};

TEST_F(SignedNoteTest, LinesOfOtherKeysAreLetBe) {
  const auto note = to_string({"text\n", {witness_.sign("text\n"), ours_.sign("text\n")}});
  EXPECT_TRUE(ours_.verifier().open(note));
  EXPECT_TRUE(witness_.verifier().open(note));
}

TEST_F(SignedNoteTest, ANoteByOthersOnlyIsUnsigned) {
  const auto refused = ours_.verifier().open(to_string({"text\n", {witness_.sign("text\n")}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::NoteUnsigned);
  EXPECT_EQ(refused.error().args.at("key"), "ours.example");
}

TEST_F(SignedNoteTest, AFalseLineOfTheKeySpoilsTheTrueOne) {
  const auto note = to_string({"text\n", {ours_.sign("text\n"), ours_.sign("other\n")}});
  EXPECT_EQ(ours_.verifier().open(note).error().code, Code::NoteUnsigned);
}

TEST_F(SignedNoteTest, TextsMayHoldEmptyLines) {
  const std::string text = "one\n\ntwo\n\n";
  const auto note = ours_.verifier().open(to_string({text, {ours_.sign(text)}}));
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, text);
}

TEST(VerifierTest, RefusesKeysThatAreWrittenOtherwise) {
  for (const auto* bad : {"", "PeterNeumann", "PeterNeumann+c74f20a3",
                          "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                          "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                          "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                          "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                          "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10"}) {
    const auto refused = Verifier::parse(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, Code::NoteMalformed);
  }
}

}  // namespace
}  // namespace zeren::audit
