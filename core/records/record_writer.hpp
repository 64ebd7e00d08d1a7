// The rows of a record's change, collected under one new version. Used by the plans only.
#pragma once

#include <string>

#include "base/json.hpp"
#include "records/actor.hpp"
#include "records/record.hpp"
#include "store/change_set.hpp"

namespace zeren::records {

class RecordWriter final {
 public:
  /// `action` is what the entry is called: `record.submit`; `audience` is who hears of it, and everybody who may
  /// read the record when it sends a dispatch. The record must outlive the writer.
  RecordWriter(const Record& record, std::string action, store::Audience audience, const Actor& actor,
               const Planning& planning);

  /// The first row of a record that does not exist yet.
  void create();
  /// A new content version, of the type's version, and what of it is indexed.
  void write_content(const RecordType& type, const base::Json& content);
  /// The step, in the record's history; the record moves to `to_state`.
  void take_step(const std::string& step, const std::string& to_state,
                 const rules::HeldRole& capacity, const std::string& reason);
  /// The same, and the record stays where it is: what is done with a task or a leg.
  void note(const std::string& act, const rules::HeldRole& capacity, const std::string& reason) {
    take_step(act, record_.state, capacity, reason);
  }
  /// An act that changes nothing of the record, such as reading it: in its history, and its version stays, so
  /// that nobody who works on the record is in its way. What else the change writes must guard itself.
  void observe(const std::string& act, const rules::HeldRole& capacity, const std::string& reason);
  /// The same without the history: what is said about the record.
  void keep_version();
  /// The record no longer fulfils its obligation: another may.
  void free_obligation() { frees_obligation_ = true; }
  /// A new task, with the version it has.
  void add_task(const Task& task);
  /// What is said of `task` now, in place of what stands; its version rises by one.
  void change_task(const Task& task);
  /// Who may neither see nor touch the record, under a new id.
  void add_recusal(const Recusal& recusal, const std::string& id);
  void tell(store::Event event) { change_.events.push_back(std::move(event)); }
  void add(store::RowWrite row) { change_.rows.push_back(std::move(row)); }
  void read(store::ReadVersion read) { change_.reads.push_back(std::move(read)); }
  /// What the entry commits to under `name`, and its leaf does not show.
  void commit_to(const std::string& name, base::Json value) {
    change_.act.committed[name] = std::move(value);
  }
  /// What makes another record, as part of this change; its answer is not told.
  void include(store::ChangeSet other);
  void name_object(store::ObjectRef object) { change_.act.objects.push_back(std::move(object)); }

  std::int64_t version() const { return version_; }
  std::int64_t content_version() const { return content_version_; }

  /// The change set, with the record's own row last. The writer is empty afterwards.
  store::ChangeSet finish();

 private:
  static bool sends(const store::ChangeSet& change);
  void write_record();
  void commit_to_act(const std::string& capacity, const std::string& reason);

  const Record& record_;
  store::Audience audience_;
  const Actor& actor_;
  const Planning& planning_;
  bool new_ = false;
  bool frees_obligation_ = false;
  bool keeps_version_ = false;
  std::string noted_;  // id of the act, when one was observed
  std::int64_t version_;
  std::int64_t content_version_;
  std::string state_;
  store::ChangeSet change_;
};

}  // namespace zeren::records
