// What the brace scanner knows of C++.
#include "architecture/function_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "architecture/cpp_text.hpp"

namespace zeren::architecture {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

auto body(const std::string& name, int line, int count) {
  return AllOf(Field(&FunctionBody::name, name), Field(&FunctionBody::line, line),
               Field(&FunctionBody::line_count, count));
}

TEST(FunctionScan, MeasuresFromBraceToBrace) {
  EXPECT_THAT(
      functions_in(
          "int one() { return 1; }\nint two(int a,\n        int b) {\n  return a + b;\n}\n"),
      ElementsAre(body("one", 1, 1), body("two", 3, 3)));
}

TEST(FunctionScan, LooksIntoNamespacesAndClasses) {
  EXPECT_THAT(functions_in("namespace a::b {\nclass C final : public D<int> {\n public:\n  void "
                           "f() const noexcept {\n  }\n"
                           "  int x_ = 0;\n};\n}\nint g() {\n}\n"),
              ElementsAre(body("f", 4, 2), body("g", 9, 2)));
}

TEST(FunctionScan, FindsTheBodyAfterMemberInitialisers) {
  EXPECT_THAT(functions_in(
                  "Reader::Reader(int a)\n    : a_{a},\n      b_(a),\n      c_{1} {\n  go();\n}\n"),
              ElementsAre(body("Reader::Reader", 4, 3)));
}

TEST(FunctionScan, CountsControlBlocksAndLambdasAsPartOfTheirFunction) {
  EXPECT_THAT(
      functions_in(
          "void f() {\n  if (a) {\n  }\n  const auto g = [](int x) {\n    return x;\n  };\n}\n"),
      ElementsAre(body("f", 1, 7)));
}

TEST(FunctionScan, IsNotMisledByInitialisersAndTypes) {
  EXPECT_THAT(
      functions_in("constexpr auto kRows = make({\n    {1, 2},\n});\nstruct S {\n  int a{1};\n};\n"
                   "enum class E { A, B };\nconst std::map<int, int> kMap{{1, 2}};\n"),
      IsEmpty());
}

TEST(FunctionScan, ReadsTemplatesWithDefaultsAndOperators) {
  EXPECT_THAT(functions_in(
                  "template <class T, class U = int>\nT f(T t) {\n}\nbool operator==(A, A) {\n}\n"),
              ElementsAre(body("f", 2, 2), body("operator==", 4, 2)));
}

TEST(FunctionScan, NamesTestsByBothTheirNames) {
  EXPECT_THAT(functions_in("TEST_F(Reader, Stops) {\n}\n"),
              ElementsAre(body("TEST_F(Reader, Stops)", 1, 2)));
}

TEST(FunctionScan, IgnoresBracesInCommentsLiteralsAndMacros) {
  EXPECT_THAT(functions_in("#define OPEN {\\\n  {\nvoid f() {\n  // }\n  g(\"}\", '}', "
                           "R\"x(}\")x\", 1'000);\n  /* } */\n}\n"),
              ElementsAre(body("f", 3, 5)));
}

TEST(CodeOnly, KeepsEveryPosition) {
  EXPECT_EQ(code_only("a /*{\n*/ b \"}\\\"\" c // }\nd"), "a    \n   b       c     \nd");
}

}  // namespace
}  // namespace zeren::architecture
