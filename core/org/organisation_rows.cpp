#include "org/organisation_rows.hpp"

#include <array>
#include <string>
#include <utility>
#include <variant>

#include "org/code_tables.hpp"

namespace zeren::org {
namespace {

using base::fail;
using base::pass;
using base::Result;

// Every SELECT begins with id, rev, known_from, known_to; the value's own columns follow from here.
constexpr std::size_t kFirst = 4;

Result<base::Period> read_period(const store::Row& row, std::size_t column) {
  auto from = base::parse_date(row.text(column));
  if (!from) return pass(std::move(from));
  auto to = base::parse_date(row.text(column + 1));
  if (!to) return pass(std::move(to));
  return base::Period{*from, *to};
}

Result<Unit> read_unit(const store::Row& row) {
  auto valid = read_period(row, kFirst + 5);
  if (!valid) return pass(std::move(valid));
  return Unit{{row.text(0)},
              row.text(kFirst),
              row.text(kFirst + 1),
              row.text(kFirst + 2),
              row.text(kFirst + 3),
              row.text(kFirst + 4),
              *valid};
}

Result<Relation> read_relation(const store::Row& row) {
  auto valid = read_period(row, kFirst + 3);
  if (!valid) return pass(std::move(valid));
  const auto kind = relation_kind(row.text(kFirst + 2));
  if (!kind) {
    return fail(base::Code::DatabaseFailed,
                {{"reason", "relation " + row.text(0) + " has kind " + row.text(kFirst + 2)},
                 {"reason.zh-CN", "关系 " + row.text(0) + " 的种类“" + row.text(kFirst + 2) + "”未知"}});
  }
  return Relation{{row.text(0)}, {row.text(kFirst)},
                  {row.text(kFirst + 1)}, *kind,
                  *valid,        row.optional_text(kFirst + 5).value_or("")};
}

Result<Person> read_person(const store::Row& row) {
  return Person{{row.text(0)}, row.text(kFirst), row.text(kFirst + 1)};
}

Result<Post> read_post(const store::Row& row) {
  auto valid = read_period(row, kFirst + 4);
  if (!valid) return pass(std::move(valid));
  return Post{{row.text(0)},        row.text(kFirst),     {row.text(kFirst + 1)},
              row.text(kFirst + 2), row.text(kFirst + 3), *valid};
}

Result<Appointment> read_appointment(const store::Row& row) {
  auto valid = read_period(row, kFirst + 4);
  if (!valid) return pass(std::move(valid));
  return Appointment{{row.text(0)},        {row.text(kFirst)},   {row.text(kFirst + 1)},
                     row.text(kFirst + 2), row.text(kFirst + 3), *valid};
}

Result<Portfolio> read_portfolio(const store::Row& row) {
  auto valid = read_period(row, kFirst + 2);
  if (!valid) return pass(std::move(valid));
  return Portfolio{{row.text(0)}, {row.text(kFirst)}, {row.text(kFirst + 1)}, *valid};
}

template <class T>
Result<Revision<T>> read_revision(const store::Row& row, Result<T> (*read)(const store::Row&)) {
  auto value = read(row);
  if (!value) return pass(std::move(value));
  Revision<T> revision{std::move(*value), row.integer(1), base::from_millis(row.integer(2)), {}};
  if (const auto to = row.optional_integer(3)) revision.known_to = base::from_millis(*to);
  return revision;
}

template <class T>
Result<void> read_table(store::Session& session, std::string_view table, std::string_view columns,
                        Result<T> (*read)(const store::Row&), std::vector<Revision<T>>& out) {
  const auto count = session.first("SELECT COUNT(*) FROM " + std::string(table));
  if (!count) return pass(count);
  // Growing by doubling would need half as much memory again.
  out.reserve(static_cast<std::size_t>((*count)->integer(0)));
  return session.each("SELECT id, rev, known_from, known_to, " + std::string(columns) + " FROM " +
                          std::string(table) + " ORDER BY id, rev",
                      {}, [&](const store::Row& row) -> Result<void> {
                        auto revision = read_revision(row, read);
                        if (!revision) return pass(std::move(revision));
                        out.push_back(std::move(*revision));
                        return {};
                      });
}

Result<void> read_epoch(store::Session& session, std::int64_t& epoch) {
  const auto name = std::to_array<store::Value>({std::string(kEpochName)});
  auto row = session.first("SELECT version FROM epoch WHERE name = :1", name);
  if (!row) return pass(std::move(row));
  const auto& found = *row;
  epoch = found ? found->integer(0) : 0;
  return {};
}

Result<void> read_all(store::Session& session, OrganisationRows& rows) {
  if (auto done = read_epoch(session, rows.epoch); !done) return done;
  if (auto done = read_table<Unit>(session, "unit",
                                   "code, name, short_name, level, kind, valid_from, valid_to",
                                   read_unit, rows.units);
      !done)
    return done;
  if (auto done = read_table<Relation>(session, "relation",
                                       "from_unit, to_unit, kind, valid_from, valid_to, succession",
                                       read_relation, rows.relations);
      !done)
    return done;
  if (auto done = read_table<Person>(session, "person", "code, name", read_person, rows.persons);
      !done)
    return done;
  if (auto done = read_table<Post>(
          session, "post", "code, unit, title, class, valid_from, valid_to", read_post, rows.posts);
      !done)
    return done;
  if (auto done = read_table<Appointment>(session, "appointment",
                                          "person, post, mode, doc_no, valid_from, valid_to",
                                          read_appointment, rows.appointments);
      !done)
    return done;
  return read_table<Portfolio>(session, "portfolio", "appointment, unit, valid_from, valid_to",
                               read_portfolio, rows.portfolios);
}

void append_period(store::Columns& columns, const base::Period& valid) {
  columns.emplace_back("valid_from", base::to_string(valid.from));
  columns.emplace_back("valid_to", base::to_string(valid.to));
}

}  // namespace

Result<OrganisationRows> read_rows(store::Session& session) {
  // A savepoint outside a transaction opens a deferred one: all tables are read as of its first
  // SELECT.
  auto savepoint = store::Savepoint::set(session);
  if (!savepoint) return pass(std::move(savepoint));
  OrganisationRows rows;
  if (auto done = read_all(session, rows); !done) return pass(std::move(done));
  if (auto done = savepoint->release(); !done) return pass(std::move(done));
  return rows;
}

store::Columns columns_of(const Unit& unit) {
  store::Columns columns{{"code", unit.code},
                         {"name", unit.name},
                         {"short_name", unit.short_name},
                         {"level", unit.level},
                         {"kind", unit.kind}};
  append_period(columns, unit.valid);
  return columns;
}

store::Columns columns_of(const Relation& relation) {
  store::Columns columns{{"from_unit", relation.from.value},
                         {"to_unit", relation.to.value},
                         {"kind", std::string(code_of(relation.kind))}};
  append_period(columns, relation.valid);
  columns.emplace_back("succession", relation.succession.empty()
                                         ? store::Value{std::monostate{}}
                                         : store::Value{relation.succession});
  return columns;
}

store::Columns columns_of(const Person& person) {
  return {{"code", person.code}, {"name", person.name}};
}

store::Columns columns_of(const Post& post) {
  store::Columns columns{{"code", post.code},
                         {"unit", post.unit.value},
                         {"title", post.title},
                         {"class", post.post_class}};
  append_period(columns, post.valid);
  return columns;
}

store::Columns columns_of(const Appointment& appointment) {
  store::Columns columns{{"person", appointment.person.value},
                         {"post", appointment.post.value},
                         {"mode", appointment.mode},
                         {"doc_no", appointment.doc_no}};
  append_period(columns, appointment.valid);
  return columns;
}

store::Columns columns_of(const Portfolio& portfolio) {
  store::Columns columns{{"appointment", portfolio.appointment.value},
                         {"unit", portfolio.unit.value}};
  append_period(columns, portfolio.valid);
  return columns;
}

}  // namespace zeren::org
