#include "records/verb.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "records/verb_words.hpp"

namespace zeren::records {
namespace {

struct Word {
  std::string_view key;
  std::string_view en;
  std::string_view zh;
};

// Each in the order of its enumeration.
constexpr auto kVerbs = std::to_array<Word>({
    {"move", "Move on", "办理"},
    {"return", "Return", "退回"},
    {"withdraw", "Withdraw", "撤回"},
    {"void", "Void", "作废"},
    {"close_out", "Close out", "销号"},
    {"archive", "Archive", "归档"},
    {"correct", "Correct", "更正"},
});

constexpr auto kKinds = std::to_array<Word>({
    {"handle", "Handle", "承办"},
    {"countersign", "Countersign", "会签"},
    {"circulate", "Read in circulation", "传阅"},
    {"supervise", "Supervised follow-up", "督办"},
    {"more_time", "Request for more time", "延期申请"},
});

constexpr auto kStates = std::to_array<Word>({
    {"open", "Open", "未办结"},
    {"answered", "Answered", "已回复"},
    {"done", "Done", "已办结"},
    {"declined", "Declined", "不同意"},
    {"withdrawn", "Withdrawn", "已撤销"},
});

constexpr auto kAgreements = std::to_array<Word>({
    {"all", "All agree", "全部同意"},
    {"any", "Any one agrees", "任一同意"},
    {"quorum", "A quorum agrees", "达到规定人数同意"},
    {"in_order", "All agree, one after another", "依次会签"},
});

constexpr auto kTaskVerbs = std::to_array<Word>({
    {"finish", "Finish", "办结"},
    {"agree", "Sign, agreeing", "同意"},
    {"disagree", "Sign, disagreeing", "不同意"},
    {"read", "Mark as read", "阅知"},
    {"answer", "Answer", "回复"},
    {"accept", "Accept the answer", "核定"},
    {"reissue", "Issue again", "再次督办"},
    {"grant", "Grant", "准予延期"},
    {"decline", "Decline", "不予延期"},
    {"reassign", "Reassign", "转办"},
    {"delegate", "Delegate", "委派"},
    {"add_signer", "Add a signer", "加签"},
    {"remove_signer", "Remove the signer", "减签"},
    {"take_back", "Take back", "撤销任务"},
    {"urge", "Urge", "催办"},
});

template <class T>
const Word& word(std::span<const Word> words, T value) {
  return words[static_cast<std::size_t>(value)];
}

base::Json title(const Word& word) {
  return {{"en", std::string(word.en)}, {"zh-CN", std::string(word.zh)}};
}

template <class T>
std::optional<T> named(std::span<const Word> words, std::string_view key) {
  const auto found = std::ranges::find(words, key, &Word::key);
  if (found == words.end()) return std::nullopt;
  return static_cast<T>(found - words.begin());
}

std::string words_of(std::span<const Word> words) {
  std::string all;
  for (const auto& word : words) all.append(all.empty() ? "" : ", ").append(word.key);
  return all;
}

}  // namespace

std::string task_kind_words() { return words_of(kKinds); }
std::string agreement_words() { return words_of(kAgreements); }
std::string task_verb_words() { return words_of(kTaskVerbs); }

std::string_view name_of(Verb verb) { return word(kVerbs, verb).key; }
std::string_view name_of(TaskKind kind) { return word(kKinds, kind).key; }
std::string_view name_of(TaskState state) { return word(kStates, state).key; }
std::string_view name_of(Agreement agreement) { return word(kAgreements, agreement).key; }
std::string_view name_of(TaskVerb verb) { return word(kTaskVerbs, verb).key; }

base::Json title_of(TaskKind kind) { return title(word(kKinds, kind)); }
base::Json title_of(TaskState state) { return title(word(kStates, state)); }
base::Json title_of(Agreement agreement) { return title(word(kAgreements, agreement)); }
base::Json title_of(TaskVerb verb) { return title(word(kTaskVerbs, verb)); }

std::optional<Verb> verb_named(std::string_view name) { return named<Verb>(kVerbs, name); }
std::optional<TaskKind> task_kind_named(std::string_view name) {
  return named<TaskKind>(kKinds, name);
}
std::optional<TaskState> task_state_named(std::string_view name) {
  return named<TaskState>(kStates, name);
}
std::optional<Agreement> agreement_named(std::string_view name) {
  return named<Agreement>(kAgreements, name);
}
std::optional<TaskVerb> task_verb_named(std::string_view name) {
  return named<TaskVerb>(kTaskVerbs, name);
}

}  // namespace zeren::records
