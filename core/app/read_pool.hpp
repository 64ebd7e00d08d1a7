// Read-only connections, lent to one reader at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::app {

class ReadPool final {
 public:
  explicit ReadPool(std::filesystem::path database) : database_(std::move(database)) {}

  /// A connection inside a read transaction, given back when it dies. The pool must outlive it.
  class Lease final {
   public:
    Lease(ReadPool& pool, store::Session session) : pool_(&pool), session_(std::move(session)) {}
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    store::Session& session() { return session_; }

   private:
    ReadPool* pool_;
    store::Session session_;
  };

  /// Opens a connection when none is free. Fails as Session::open(). Any thread.
  base::Result<Lease> borrow();

 private:
  void give_back(store::Session session);

  std::filesystem::path database_;
  std::mutex mutex_;  // guards free_
  std::vector<store::Session> free_;
};

}  // namespace zeren::app
