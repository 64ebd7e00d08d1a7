#include "http/guests.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace zeren::http {
namespace {

TEST(Guests, OneSourceCannotTakeEveryPlace) {
  Guests guests({4, 2});
  const auto first = guests.admit("10.0.0.1");
  const auto second = guests.admit("10.0.0.1");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(guests.admit("10.0.0.1"));
  EXPECT_TRUE(guests.admit("10.0.0.2"));
}

TEST(Guests, NoMoreThanAllAreAdmitted) {
  Guests guests({3, 3});
  std::vector<Guests::Seat> seats;
  for (const auto* source : {"a", "b", "c"}) seats.push_back(std::move(*guests.admit(source)));
  EXPECT_FALSE(guests.admit("d"));
  seats.pop_back();
  EXPECT_TRUE(guests.admit("d"));
}

TEST(Guests, APlaceIsFreeOnceItsGuestHasLeft) {
  Guests guests({9, 1});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(guests.admit("a")) << i;
}

}  // namespace
}  // namespace zeren::http
