// The field's verbs and the words around them, as closed lists: what a step does beside moving the record,
// what a task asks for, how it stands, what may be done with it. Each word has its key and its titles.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/json.hpp"

namespace zeren::records {

/// What a step does beside leading from one state to another.
enum class Verb : std::uint8_t {
  Move,      ///< nothing
  Return,    ///< 退回: leads to any state of this round that the caller names
  Withdraw,  ///< 撤回: possible until a recipient has opened what was sent
  Void,      ///< 作废: recalls, ends all tasks, and frees the obligation for another record
  CloseOut,  ///< 销号: needs every task to be done
  Archive,   ///< 归档: likewise; nothing changes the record afterwards
  Correct,   ///< 更正: reopens what was accepted, and tells all who received it
};

enum class TaskKind : std::uint8_t { Handle, Countersign, Circulate, Supervise, MoreTime };

enum class TaskState : std::uint8_t {
  Open,
  Answered,   ///< a supervised task, until the answer is accepted
  Done,
  Declined,   ///< not agreed to
  Withdrawn,  ///< taken back, or settled without it
};

/// When a countersigning counts as agreed.
enum class Agreement : std::uint8_t { All, Any, Quorum, InOrder };

enum class TaskVerb : std::uint8_t {
  Finish, Agree, Disagree, Read, Answer, Accept, Reissue, Grant, Decline,
  Reassign, Delegate, AddSigner, RemoveSigner, TakeBack, Urge,
};

std::string_view name_of(Verb verb);
std::string_view name_of(TaskKind kind);
std::string_view name_of(TaskState state);
std::string_view name_of(Agreement agreement);
std::string_view name_of(TaskVerb verb);

/// `{"en", "zh-CN"}`
base::Json title_of(TaskKind kind);
base::Json title_of(TaskState state);
base::Json title_of(Agreement agreement);
base::Json title_of(TaskVerb verb);

/// nullopt for a word that is none of the list. Any thread, as all of this file.
std::optional<Verb> verb_named(std::string_view name);
std::optional<TaskKind> task_kind_named(std::string_view name);
std::optional<TaskState> task_state_named(std::string_view name);
std::optional<Agreement> agreement_named(std::string_view name);
std::optional<TaskVerb> task_verb_named(std::string_view name);

}  // namespace zeren::records
