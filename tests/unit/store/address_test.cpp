#include "store/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::store {
namespace {

using base::Code;
using testing::HasSubstr;
using testing::Not;

std::string refusal_of(const std::string& text) {
  const auto parsed = Address::parse(text);
  EXPECT_FALSE(parsed) << text;
  if (parsed) return "";
  EXPECT_EQ(parsed.error().code, Code::DatabaseUrlInvalid) << text;
  return base::text_of(parsed.error());
}

TEST(Address, ABarePathIsAFileOfSqlite) {
  for (const auto* path : {"zeren.db", "/srv/data/zeren.db", "./a:b", "data/1:2/zeren.db", "数据:1.db"}) {
    const auto address = Address::parse(path);
    ASSERT_TRUE(address) << path;
    EXPECT_EQ(address->dialect(), Dialect::Sqlite);
    EXPECT_EQ(address->file(), path);
    EXPECT_EQ(address->shown(), path);
  }
}

TEST(Address, WhatFollowsSqliteIsAFileHoweverItLooks) {
  EXPECT_EQ(Address::parse("sqlite:zeren.db")->file(), "zeren.db");
  EXPECT_EQ(Address::parse("sqlite:/srv/a b/zeren.db")->file(), "/srv/a b/zeren.db");
  EXPECT_EQ(Address::parse("sqlite:postgresql://x")->dialect(), Dialect::Sqlite);
}

TEST(Address, AFileIsNeverReadAsAnAddress) {
  EXPECT_EQ(Address::of_file("postgresql://host/db").dialect(), Dialect::Sqlite);
}

TEST(Address, AServerIsShownWithoutItsPassword) {
  for (const auto* scheme : {"postgresql", "postgres"}) {
    const auto address = Address::parse(
        std::string(scheme) + "://clerk:s3cret%27%5C@db.example:5433/zeren?sslmode=require&application_name=x");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->dialect(), Dialect::Postgresql);
    EXPECT_EQ(address->shown(), "postgresql://clerk@db.example:5433/zeren");
    EXPECT_THAT(address->connection(), HasSubstr(R"(password='s3cret\'\\')"));
    EXPECT_THAT(address->connection(), HasSubstr("sslmode='require'"));
  }
}

TEST(Address, WhatLibpqTakesForAPasswordIsNotShown) {
  for (const auto* text : {"postgresql://clerk:s3cret?word@host/db", "postgresql://clerk:s3cret:word@host/db"}) {
    EXPECT_EQ(Address::parse(text)->shown(), "postgresql://clerk@host/db");
  }
}

TEST(Address, APasswordMayStandAmongTheParametersAndIsNotShownEither) {
  const auto address = Address::parse("postgresql:///zeren?user=clerk&password=s3cret&host=/run/pg");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->shown(), "postgresql://clerk@/run/pg/zeren");
  EXPECT_THAT(address->connection(), HasSubstr("password='s3cret'"));
}

TEST(Address, AServerThatDoesNotAnswerIsNotWaitedForWithoutEnd) {
  EXPECT_THAT(Address::parse("postgresql://h/db")->connection(), HasSubstr("connect_timeout='10'"));
  EXPECT_THAT(Address::parse("postgresql://h/db?connect_timeout=3")->connection(),
              HasSubstr("connect_timeout='3'"));
}

TEST(Address, TextIsUtf8WhateverTheAddressSays) {
  EXPECT_THAT(Address::parse("postgresql://h/db?client_encoding=GBK")->connection(),
              HasSubstr("client_encoding='UTF8'"));
}

TEST(Address, WhatIsNoAddressIsRefused) {
  for (const auto* text : {"", "sqlite:", "sqlite::memory:", "mysql://host/db", "postgresql:db",
                           "postgresql:/host", "file:zeren.db", "http://x",
                           "postgresql://h/db?nosuch=1", "postgresql://h:port/db", "postgresql://[::1/db",
                           "postgresql://h/%zz"}) {
    refusal_of(text);
  }
  refusal_of(std::string("zeren.db\0.txt", 13));
}

// A slip of the finger moves the password to where libpq looks for something else.
TEST(Address, ARefusalShowsNoPieceOfAPassword) {
  for (const auto* text :
       {"postgresql://clerk:s3cret/word@host/db", "postgresql://clerk:12/s3cret@host/db",
        "postgresql://clerk:s3cret",
        "postgresql://clerk:%s3cret@host/db", "postgresql://h/db?passwort=s3cret",
        "postgress://clerk:s3cret@host/db", "mysql://clerk:s3cret@host/db",
        "postgresql:clerk:s3cret@host"}) {
    EXPECT_THAT(refusal_of(text), Not(HasSubstr("s3cret"))) << text;
  }
  EXPECT_THAT(refusal_of("mysql://clerk:s3cret@host/db"), HasSubstr("mysql://…"));
}

}  // namespace
}  // namespace zeren::store
