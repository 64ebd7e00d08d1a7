// What is written is what is read, on both databases.
#include <limits>

#include "contract/store/store_contract.hpp"
#include "store/statement.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::Statement;
using store::Value;

class ValuesContract : public StoreContract {
 protected:
  ValuesContract() {
    EXPECT_TRUE(session().script(store::schema_text(
        GetParam(), "CREATE TABLE box (id INTEGER PRIMARY KEY, word TEXT, number INTEGER)")));
  }

  base::Result<void> put(std::int64_t id, Value word, Value number = std::monostate{}) {
    return session().execute("INSERT INTO box (id, word, number) VALUES (:1, :2, :3)",
                             std::vector<Value>{id, std::move(word), std::move(number)});
  }
  store::Row row(std::int64_t id) {
    return **session().first("SELECT word, number FROM box WHERE id = :1", std::vector<Value>{id});
  }
};

TEST_P(ValuesContract, TextsComeBackByteForByte) {
  const std::vector<std::string> texts = {
      "责任清单", "𠮷野家 𠀀😀", "'; DROP TABLE box; --", " a:1 ::b $1 \\n\n\t", "100 % \"quoted\"",
      std::string(100'000, 'x')};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ASSERT_TRUE(put(static_cast<std::int64_t>(i), texts[i]));
    EXPECT_EQ(row(static_cast<std::int64_t>(i)).text(0), texts[i]);
  }
}

TEST_P(ValuesContract, TheLargestAndTheSmallestIntegerComeBack) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::vector<std::int64_t> numbers = {Limits::max(), Limits::min(), 0, -1, 9007199254740993};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    ASSERT_TRUE(put(static_cast<std::int64_t>(i), "n", numbers[i]));
    EXPECT_EQ(row(static_cast<std::int64_t>(i)).integer(1), numbers[i]);
  }
}

TEST_P(ValuesContract, AnEmptyTextIsNotNull) {
  ASSERT_TRUE(put(1, ""));
  ASSERT_TRUE(put(2, std::monostate{}));
  EXPECT_EQ(row(1).optional_text(0), "");
  EXPECT_EQ(row(2).optional_text(0), std::nullopt);
  EXPECT_EQ(row(2).optional_integer(1), std::nullopt);
  EXPECT_EQ(text("SELECT id FROM box WHERE word = ''"), "1");
  EXPECT_EQ(text("SELECT id FROM box WHERE word IS NULL"), "2");
}

TEST_P(ValuesContract, ATextWithANulIsRefusedAndNotCut) {
  const auto refused = put(1, std::string("before\0after", 12));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::DatabaseFailed);
  EXPECT_EQ(count("box"), 0);
}

TEST_P(ValuesContract, ANullAfterAFailedStatementIsNotItsOldValue) {
  ASSERT_TRUE(put(1, "first"));
  ASSERT_FALSE(put(1, "second"));
  ASSERT_TRUE(put(2, std::string("third")));
  ASSERT_FALSE(put(1, "fourth", std::int64_t{4}));
  ASSERT_TRUE(session().execute("INSERT INTO box (id, word, number) VALUES (:1, :2, :3)",
                                std::vector<Value>{std::int64_t{3}, std::monostate{}, std::int64_t{5}}));
  EXPECT_TRUE(row(3).is_null(0));
  EXPECT_EQ(row(3).integer(1), 5);
}

TEST_P(ValuesContract, AStatementGivesTheRowsOfItsOwnValuesEachTime) {
  for (std::int64_t id = 0; id < 20; ++id) ASSERT_TRUE(put(id, std::to_string(id), id));
  for (std::int64_t least = 0; least < 20; ++least) {
    const auto rows = session().query("SELECT id FROM box WHERE number >= :1 ORDER BY id",
                                      std::vector<Value>{least});
    ASSERT_EQ(rows->size(), static_cast<std::size_t>(20 - least));
    EXPECT_EQ(rows->front().integer(0), least);
  }
  EXPECT_EQ(*session().first("SELECT id FROM box WHERE number > 99"), std::nullopt);
}

TEST_P(ValuesContract, ColonsInQuotedTextsAndCastsAreNoPlaceholders) {
  const auto found = session().first("SELECT ':1', 'it''s :2', :1 AS \"a:3\"", std::vector<Value>{"v"});
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->text(0), ":1");
  EXPECT_EQ((*found)->text(1), "it's :2");
  EXPECT_EQ((*found)->text(2), "v");
}

TEST_P(ValuesContract, ValuesAreNumberedNotCounted) {
  ASSERT_TRUE(put(1, "a", std::int64_t{7}));
  const auto found = session().first("SELECT :2, id FROM box WHERE number = :1 OR number = :1 + 1",
                                     std::vector<Value>{std::int64_t{7}, "second"});
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->text(0), "second");
  EXPECT_EQ((*found)->integer(1), 1);
}

TEST_P(ValuesContract, ATruthReadsAsZeroOrOne) {
  Statement statement("SELECT 'b' IN ");
  statement.list({"a", "b"}).text(", 'c' IN ").list({"a", "b"}).text(", NULL = 1");
  const auto found = statement.first(session());
  EXPECT_EQ((*found)->integer(0), 1);
  EXPECT_EQ((*found)->integer(1), 0);
  EXPECT_TRUE((*found)->is_null(2));
}

// Both by bytes: a list is cut into pages by its last text, which has to mean the same everywhere.
TEST_P(ValuesContract, TextsAreOrderedByTheirBytes) {
  const std::vector<std::string> ordered = {"", "A", "B", "a", "b", "一", "丁", "啊", "𠀀"};
  for (std::size_t i = ordered.size(); i-- > 0;) {
    ASSERT_TRUE(put(static_cast<std::int64_t>(i), ordered[i]));
  }
  const auto rows = session().query("SELECT word FROM box ORDER BY word");
  for (std::size_t i = 0; i < ordered.size(); ++i) EXPECT_EQ((*rows)[i].text(0), ordered[i]);
  EXPECT_EQ(text("SELECT MAX(word) FROM box WHERE word < '丁'"), "一");
}

TEST_P(ValuesContract, ANumberedColumnNumbersItself) {
  for (const auto* word : {"a", "b", "c"}) {
    ASSERT_TRUE(session().execute("INSERT INTO box (word) VALUES (:1)", std::vector<Value>{word}));
  }
  EXPECT_EQ(text("SELECT MAX(id) FROM box"), "3");
}

TEST_P(ValuesContract, ABadStatementIsNamedAndTheSessionGoesOn) {
  EXPECT_EQ(refusal("SELEKT 1").code, Code::DatabaseFailed);
  EXPECT_EQ(refusal("SELECT * FROM nowhere").code, Code::DatabaseFailed);
  EXPECT_EQ(text("SELECT 1"), "1");
}

ZEREN_ON_BOTH_DATABASES(ValuesContract);

}  // namespace
}  // namespace zeren::contract
