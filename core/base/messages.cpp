#include "base/messages.hpp"

#include <map>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"
#include "base/json.hpp"

namespace zeren::base {

std::span<const EmbeddedFile> embedded_messages();  // generated from messages/

namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

Catalogue read_catalogue(std::string_view file) {
  for (const auto& embedded : embedded_messages()) {
    if (embedded.name != file) continue;
    const auto json = parse_json(embedded.text, file);
    invariant(json.has_value(), "the shipped catalogues are JSON");
    return json->get<Catalogue>();
  }
  invariant(false, "every language has a catalogue");
  return {};
}

const Catalogue& catalogue(Language language) {
  static const Catalogue kEnglish = read_catalogue("en.json");
  static const Catalogue kChinese = read_catalogue("zh-CN.json");
  return language == Language::Chinese ? kChinese : kEnglish;
}

using Args = std::map<std::string, std::string>;

// What a module said in two languages stands under `name` and `name.zh-CN`.
Args::const_iterator find_arg(const Args& args, const std::string& name, Language language) {
  const auto chinese = language == Language::Chinese ? args.find(name + ".zh-CN") : args.end();
  return chinese == args.end() ? args.find(name) : chinese;
}

// `count?row needs:rows need`: the word for one, the word for more.
std::string counted(std::string_view blank, std::size_t question, const Args& args, Language language) {
  const auto arg = find_arg(args, std::string(blank.substr(0, question)), language);
  const auto words = blank.substr(question + 1);
  const auto colon = std::min(words.find(':'), words.size());
  const bool one = arg != args.end() && arg->second == "1";
  return std::string(one ? words.substr(0, colon) : words.substr(std::min(colon + 1, words.size())));
}

// A blank without an argument stays visible as it is.
std::string filled(std::string_view blank, const Args& args, Language language) {
  const auto question = blank.find('?');
  if (question != std::string_view::npos) return counted(blank, question, args, language);
  const auto arg = find_arg(args, std::string(blank), language);
  return arg == args.end() ? "{" + std::string(blank) + "}" : arg->second;
}

// Fills `{name}` from the arguments, and `{name?one:many}` by how many the argument says there are.
std::string fill(const std::string& sentence, const Args& args, Language language) {
  std::string text;
  std::size_t at = 0;
  while (at < sentence.size()) {
    const auto open = sentence.find('{', at);
    const auto close = open == std::string::npos ? open : sentence.find('}', open);
    if (close == std::string::npos) break;
    text.append(sentence, at, open - at);
    text += filled(std::string_view(sentence).substr(open + 1, close - open - 1), args, language);
    at = close + 1;
  }
  return text.append(sentence, std::min(at, sentence.size()));
}

std::string place(const Where& where) {
  std::string text = where.file;
  const auto add = [&text](int number) {
    if (number > 0) text += (text.empty() ? "" : ":") + std::to_string(number);
  };
  add(where.line);
  add(where.column);
  if (!where.pointer.empty()) text += (text.empty() ? "" : " ") + where.pointer;
  return text.empty() ? text : text + ": ";
}

// NOLINTNEXTLINE(misc-no-recursion): causes are built by our own code, a few levels deep
void append_report(std::string& out, const Error& error, Language language, int depth) {
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
  out += text_of(error, language) + "\n";
  for (const auto& cause : error.causes) append_report(out, cause, language, depth + 1);
}

}  // namespace

std::string text_of(const Error& error, Language language) {
  const auto& sentences = catalogue(language);
  const auto sentence = sentences.find(name_of(error.code));
  invariant(sentence != sentences.end(), "tests/architecture keeps the catalogues complete");
  return place(error.where) + fill(sentence->second, error.args, language);
}

std::string report_of(const Error& error, Language language) {
  std::string out;
  append_report(out, error, language, 0);
  return out;
}

}  // namespace zeren::base
