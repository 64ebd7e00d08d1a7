#include "manifest/duty_check.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/reference_faults.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

constexpr Target kObligations{"obligations", "应办事项（obligations）"};
constexpr Target kHeaders{"headers", "表头项（header）"};

/// What a row of a ledger says of itself, beside its fields: of either kind, of a record, of an obligation.
const Json& headers_of(bool of_records) {
  const auto made = [](std::initializer_list<const char*> own) {
    auto headers = Json::object();
    for (const auto* of_both : {"id", "unit", "unit_code", "unit_kind", "period", "state", "today"}) {
      headers[of_both] = true;
    }
    for (const auto* header : own) headers[header] = true;
    return headers;
  };
  static const Json kOfRecords = made({"created_on", "sensitivity", "type"});
  static const Json kOfObligations = made({"rule", "matter", "basis", "due", "extended_to", "recipients", "light",
                                           "returned", "record", "nil_report"});
  return of_records ? kOfRecords : kOfObligations;
}

/// Which rows a ledger or an indicator is about, as far as names go.
struct Rows {
  const Json* type = nullptr;  ///< of records; null: obligations
  const Json& headers() const { return headers_of(type != nullptr); }
};

class DutyCheck : private ReferenceFaults {
 public:
  using ReferenceFaults::ReferenceFaults;

  std::vector<base::Error> run() && {
    for (const auto& [key, rule] : part(manifest(), "obligations").items()) {
      obligation(rule, "/obligations/" + key);
    }
    for (const auto& [key, ledger] : part(manifest(), "ledgers").items()) {
      one_ledger(ledger, "/ledgers/" + key);
    }
    for (const auto& [key, indicator] : part(manifest(), "indicators").items()) {
      one_indicator(indicator, "/indicators/" + key);
    }
    return take();
  }

 private:
  const Json& types() const { return part(manifest(), "record_types"); }

  void obligation(const Json& rule, const std::string& at) {
    if (rule.contains("source")) return from_source(rule, at);
    const auto* type = type_named(part(rule, "record_type"));
    if (type == nullptr) return;
    fulfilment(rule, *type, at);
    if (rule.contains("recipients") || type->contains("recipients")) return;
    if (!rule.contains("fulfilled_in")) {
      refuse(at, "an obligation needs \"recipients\" or \"fulfilled_in\": nothing else fulfils it",
                     "应办事项须有“recipients”或“fulfilled_in”，否则无从办结");
    }
    const bool sends = std::ranges::any_of(
        type->at("steps"), [](const Json& step) { return step.value("dispatch", false); });
    if (!sends) return;
    refuse(at + "/record_type", "its record type has a step that sends it: say to which \"recipients\"",
                   "该记录类型有报送步骤，须以“recipients”指明报送对象");
  }

  void fulfilment(const Json& rule, const Json& type, const std::string& at) {
    names(part(rule, "fulfilled_in"), type.at("states"), kStates, at + "/fulfilled_in");
    names(part(rule, "exempt_in"), type.at("states"), kStates, at + "/exempt_in");
    undated(rule, at);
  }

  // Without a day there is no period before it, and nothing that a calendar could move.
  void undated(const Json& rule, const std::string& at) {
    if (!rule.contains("due") || !rule.at("due").is_null()) return;
    if (rule.value("period", "").starts_with("previous")) {
      refuse(at + "/period", "what has no date has no period before it",
                     "没有期限的事项，没有上一期可言");
    }
    if (!rule.contains("calendar")) return;
    refuse(at + "/calendar", "what has no date falls on no free day",
                   "没有期限的事项，不会落在休息日，不用 calendar");
  }

  void from_source(const Json& rule, const std::string& at) {
    for (const auto* other :
         {"owner", "record_type", "due", "after", "calendar", "period", "recipients", "at_once"}) {
      if (!rule.contains(other)) continue;
      refuse(under(at, other), "the record says it: an obligation with a \"source\" has none",
                     "由记录确定：有“source”的应办事项不写此项");
    }
    if (!rule.contains("fulfilled_in")) {
      refuse(at, "an obligation with a \"source\" needs \"fulfilled_in\"",
                     "有“source”的应办事项，须有“fulfilled_in”");
    }
    const auto& source = rule.at("source");
    const auto* type = type_named(source.at("record_type"));
    if (type == nullptr) {
      return unknown(source.at("record_type"), kRecordTypes, types(), at + "/source/record_type");
    }
    names(source.at("states"), type->at("states"), kStates, at + "/source/states");
    fulfilment(rule, *type, at);
    date_field(source.at("due"), type->at("schema").at("properties"), at + "/source/due");
  }

  void date_field(const Json& field, const Json& fields, const std::string& at) {
    const auto found = fields.find(field.get_ref<const std::string&>());
    if (found == fields.end()) return unknown(field, kFields, fields, at);
    if (found->value("type", "") == "string") return;
    refuse(at, "a date stands in a field of type string", "日期字段的类型应为 string");
  }

  void one_ledger(const Json& ledger, const std::string& at) {
    const auto rows = rows_of(ledger, at);
    if (!rows) return;
    const auto& columns = ledger.at("columns");
    std::set<bool> grouped;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      column(columns[i], *rows, at + "/columns/" + std::to_string(i));
      grouped.insert(columns[i].contains("group"));
    }
    if (grouped.size() > 1) {
      refuse(at + "/columns", "either every column has a \"group\" or none has",
                     "各栏要么都有“group”，要么都没有");
    }
    filter(part(ledger, "filter"), *rows, at + "/filter");
    const auto& order = part(ledger, "order");
    for (std::size_t i = 0; i < order.size(); ++i) {
      auto path = order[i].get<std::string>();
      if (path.starts_with('-')) path.erase(0, 1);
      variable(path, *rows, at + "/order/" + std::to_string(i));
    }
  }

  void column(const Json& column, const Rows& rows, const std::string& at) {
    if (column.contains("field") == column.contains("header")) {
      return refuse(at, "a column shows either a \"field\" or a \"header\"",
                            "每栏须有“field”或“header”，且只能有其一");
    }
    const bool field = column.contains("field");
    const auto shown = column.at(field ? "field" : "header").get<std::string>();
    variable(field ? "content." + shown : shown, rows, under(at, field ? "field" : "header"));
  }

  void one_indicator(const Json& indicator, const std::string& at) {
    if (indicator.contains("count")) counted(indicator.at("count"), at + "/count");
    if (indicator.contains("share")) {
      counted(indicator.at("share").at("of"), at + "/share/of");
      counted(indicator.at("share").at("in"), at + "/share/in");
    }
    const int ways = int{indicator.contains("count")} + int{indicator.contains("share")} +
                     int{indicator.contains("computation")};
    if (ways != 1) {
      refuse(at, "an indicator is a \"count\", a \"share\" or a \"computation\"",
                     "指标须是“count”“share”“computation”之一");
    }
    if (!indicator.contains("computation")) return;
    name(indicator.at("computation").at("name"), part(manifest(), "computations"),
                 kComputations, at + "/computation/name");
  }

  void counted(const Json& set, const std::string& at) {
    const auto rows = rows_of(set, at);
    if (rows) filter(part(set, "filter"), *rows, at + "/filter");
  }

  std::optional<Rows> rows_of(const Json& body, const std::string& at) {
    if (body.contains("record_type") == body.contains("obligations")) {
      refuse(at, "either \"record_type\" or \"obligations\" says which rows are meant",
                     "须以“record_type”或“obligations”之一指明取哪些行");
      return std::nullopt;
    }
    if (body.contains("obligations")) {
      names(body.at("obligations"), part(manifest(), "obligations"), kObligations,
                    at + "/obligations");
      return Rows{};
    }
    const auto* type = type_named(body.at("record_type"));
    if (type != nullptr) return Rows{type};
    unknown(body.at("record_type"), kRecordTypes, types(), at + "/record_type");
    return std::nullopt;
  }

  void filter(const Json& filter, const Rows& rows, const std::string& at) {
    for (const auto& [key, body] : filter.items()) {
      if (key == "var") {
        variable(body.get<std::string>(), rows, under(at, key));
      } else if (key == "!") {
        this->filter(body, rows, under(at, key));
      } else {
        operands(body, rows, under(at, key));
      }
    }
  }

  void operands(const Json& list, const Rows& rows, const std::string& at) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].is_object()) filter(list[i], rows, under(at, std::to_string(i)));
    }
  }

  void variable(const std::string& path, const Rows& rows, const std::string& at) {
    constexpr std::string_view kContent = "content.";
    if (!path.starts_with(kContent)) return name(path, rows.headers(), kHeaders, at);
    const auto& fields =
        rows.type == nullptr ? part(manifest(), "no_fields") : rows.type->at("schema").at("properties");
    name(path.substr(kContent.size()), fields, kFields, at);
  }

  const Json* type_named(const Json& named) const {
    if (!named.is_string()) return nullptr;
    const auto found = types().find(named.get_ref<const std::string&>());
    return found == types().end() ? nullptr : &*found;
  }
};

}  // namespace

std::vector<base::Error> check_duties(const Json& manifest, const base::LocatedJson& source) {
  return DutyCheck(manifest, source).run();
}

}  // namespace zeren::manifest
