#include "base/code.hpp"

#include <array>

#include "base/invariant.hpp"

namespace zeren::base {
namespace {

struct Row {
  Code code;
  std::string_view name;
  Family family;
};

// In the order of the enumeration; row() checks it.
constexpr auto kRows = std::to_array<Row>({
    {Code::FileUnreadable, "file_unreadable", Family::Invalid},
    {Code::FileUnwritable, "file_unwritable", Family::Broken},
    {Code::JsonSyntax, "json_syntax", Family::Invalid},
    {Code::JsonDuplicateKey, "json_duplicate_key", Family::Invalid},
    {Code::JsonNumberRange, "json_number_range", Family::Invalid},
    {Code::JsonTooDeep, "json_too_deep", Family::Invalid},
    {Code::TextNotUtf8, "text_not_utf8", Family::Invalid},
    {Code::TextHidden, "text_hidden", Family::Invalid},
    {Code::TextTooLong, "text_too_long", Family::Invalid},
    {Code::DateInvalid, "date_invalid", Family::Invalid},
    {Code::Several, "several", Family::Invalid},
    {Code::DatabaseUnavailable, "database_unavailable", Family::Unavailable},
    {Code::DatabaseUrlInvalid, "database_url_invalid", Family::Invalid},
    {Code::DatabaseNotServed, "database_not_served", Family::Refused},
    {Code::DatabaseFailed, "database_failed", Family::Broken},
    {Code::DatabaseBusy, "database_busy", Family::Unavailable},
    {Code::DatabaseFull, "database_full", Family::Unavailable},
    {Code::DatabaseIoFailed, "database_io_failed", Family::Broken},
    {Code::UniqueViolated, "unique_violated", Family::Conflict},
    {Code::WriteWithoutEntry, "write_without_entry", Family::Broken},
    {Code::SchemaNewer, "schema_newer", Family::Refused},
    {Code::SchemaChanged, "schema_changed", Family::Refused},
    {Code::StaleRead, "stale_read", Family::Conflict},
    {Code::AuditCorrupt, "audit_corrupt", Family::Corrupt},
    {Code::AuditKeyMissing, "audit_key_missing", Family::Missing},
    {Code::AuditRollback, "audit_rollback", Family::Corrupt},
    {Code::AuditAltered, "audit_altered", Family::Corrupt},
    {Code::AuditMissing, "audit_missing", Family::Corrupt},
    {Code::AuditUnaccounted, "audit_unaccounted", Family::Corrupt},
    {Code::NoteMalformed, "note_malformed", Family::Invalid},
    {Code::NoteUnsigned, "note_unsigned", Family::Corrupt},
    {Code::CsvSyntax, "csv_syntax", Family::Invalid},
    {Code::CsvCellCount, "csv_cell_count", Family::Invalid},
    {Code::CsvUnknownFile, "csv_unknown_file", Family::Invalid},
    {Code::CsvMissingColumn, "csv_missing_column", Family::Invalid},
    {Code::CsvUnknownColumn, "csv_unknown_column", Family::Invalid},
    {Code::CsvValueMissing, "csv_value_missing", Family::Invalid},
    {Code::CsvValueInvalid, "csv_value_invalid", Family::Invalid},
    {Code::CsvUnknownReference, "csv_unknown_reference", Family::Invalid},
    {Code::CsvDuplicate, "csv_duplicate", Family::Invalid},
    {Code::CsvDuplicateColumn, "csv_duplicate_column", Family::Invalid},
    {Code::CsvPeriodInverted, "csv_period_inverted", Family::Invalid},
    {Code::CsvOverlap, "csv_overlap", Family::Invalid},
    {Code::OrgCycle, "org_cycle", Family::Invalid},
    {Code::OrgRowsRejected, "org_rows_rejected", Family::Invalid},
    {Code::UnitUnknown, "unit_unknown", Family::Missing},
    {Code::PersonUnknown, "person_unknown", Family::Missing},
    {Code::PostUnknown, "post_unknown", Family::Missing},
    {Code::ParameterUnknown, "parameter_unknown", Family::Invalid},
    {Code::ParameterType, "parameter_type", Family::Invalid},
    {Code::ParameterLoosened, "parameter_loosened", Family::Refused},
    {Code::BasisMissing, "basis_missing", Family::Invalid},
    {Code::WaiverRefused, "waiver_refused", Family::Refused},
    {Code::CalendarInvalid, "calendar_invalid", Family::Invalid},
    {Code::RecurrenceInvalid, "recurrence_invalid", Family::Invalid},
    {Code::DurationInvalid, "duration_invalid", Family::Invalid},
    {Code::ManifestInvalid, "manifest_invalid", Family::Invalid},
    {Code::ManifestSchema, "manifest_schema", Family::Invalid},
    {Code::ManifestReference, "manifest_reference", Family::Invalid},
    {Code::PackageFileMissing, "package_file_missing", Family::Refused},
    {Code::PackageFileModified, "package_file_modified", Family::Refused},
    {Code::PackageFileUnlisted, "package_file_unlisted", Family::Refused},
    {Code::LibraryUnloadable, "library_unloadable", Family::Refused},
    {Code::LibraryNoEntry, "library_no_entry", Family::Refused},
    {Code::LibraryBadMagic, "library_bad_magic", Family::Refused},
    {Code::LibraryWrongSize, "library_wrong_size", Family::Refused},
    {Code::AbiMismatch, "abi_mismatch", Family::Refused},
    {Code::PluginInterfaceMissing, "plugin_interface_missing", Family::Refused},
    {Code::PluginFailed, "plugin_failed", Family::Unavailable},
    {Code::PluginTimedOut, "plugin_timed_out", Family::Unavailable},
    {Code::PluginNonsense, "plugin_nonsense", Family::Unavailable},
    {Code::PluginVetoed, "plugin_vetoed", Family::Refused},
    {Code::ModuleUnknown, "module_unknown", Family::Missing},
    {Code::ModuleNotEnabled, "module_not_enabled", Family::Refused},
    {Code::ModuleAlreadyEnabled, "module_already_enabled", Family::Conflict},
    {Code::ModuleDependencyMissing, "module_dependency_missing", Family::Refused},
    {Code::ModuleDependencyCircular, "module_dependency_circular", Family::Refused},
    {Code::ModuleQuarantined, "module_quarantined", Family::Unavailable},
    {Code::ComputationUnknown, "computation_unknown", Family::Missing},
    {Code::NotSignedIn, "not_signed_in", Family::Unidentified},
    {Code::SignInFailed, "sign_in_failed", Family::Unidentified},
    {Code::TooManyAttempts, "too_many_attempts", Family::Exhausted},
    {Code::SecondFactorMissing, "second_factor_missing", Family::Unidentified},
    {Code::SecondFactorActive, "second_factor_active", Family::Refused},
    {Code::SessionUnknown, "session_unknown", Family::Missing},
    {Code::PasswordTooWeak, "password_too_weak", Family::Invalid},
    {Code::AccountUnknown, "account_unknown", Family::Missing},
    {Code::AccountExists, "account_exists", Family::Conflict},
    {Code::Forbidden, "forbidden", Family::Refused},
    {Code::CsrfMissing, "csrf_missing", Family::Refused},
    {Code::RecordUnknown, "record_unknown", Family::Missing},
    {Code::RecordTypeUnknown, "record_type_unknown", Family::Missing},
    {Code::RecordFieldInvalid, "record_field_invalid", Family::Invalid},
    {Code::RecordExists, "record_exists", Family::Conflict},
    {Code::RecordRecused, "record_recused", Family::Refused},
    {Code::TaskUnknown, "task_unknown", Family::Missing},
    {Code::TaskNotYours, "task_not_yours", Family::Refused},
    {Code::TasksOpen, "tasks_open", Family::Conflict},
    {Code::TaskOutOfTurn, "task_out_of_turn", Family::Conflict},
    {Code::AssigneeUnfit, "assignee_unfit", Family::Invalid},
    {Code::ObligationUnknown, "obligation_unknown", Family::Missing},
    {Code::StepUnknown, "step_unknown", Family::Missing},
    {Code::StepNotAllowedInState, "step_not_allowed_in_state", Family::Conflict},
    {Code::StepReasonMissing, "step_reason_missing", Family::Invalid},
    {Code::StepNeedsField, "step_needs_field", Family::Invalid},
    {Code::StepSamePerson, "step_same_person", Family::Refused},
    {Code::RolesIncompatible, "roles_incompatible", Family::Refused},
    {Code::LegUnknown, "leg_unknown", Family::Missing},
    {Code::LegAlreadyAnswered, "leg_already_answered", Family::Conflict},
    {Code::LegNotManual, "leg_not_manual", Family::Invalid},
    {Code::LegNeedsSecondPerson, "leg_needs_second_person", Family::Refused},
    {Code::RecipientMissing, "recipient_missing", Family::Conflict},
    {Code::AttachmentUnknown, "attachment_unknown", Family::Missing},
    {Code::AttachmentTooLarge, "attachment_too_large", Family::Invalid},
    {Code::AttachmentCorrupt, "attachment_corrupt", Family::Corrupt},
    {Code::VersionMissing, "version_missing", Family::Stale},
    {Code::VersionStale, "version_stale", Family::Stale},
    {Code::TryAgain, "try_again", Family::Conflict},
    {Code::TooBusy, "too_busy", Family::Unavailable},
    {Code::DataFolderInUse, "data_folder_in_use", Family::Unavailable},
    {Code::DataFolderMissing, "data_folder_missing", Family::Missing},
    {Code::DataFolderExists, "data_folder_exists", Family::Conflict},
    {Code::ConfigInvalid, "config_invalid", Family::Invalid},
    {Code::RequestMalformed, "request_malformed", Family::Invalid},
    {Code::RequestTooLarge, "request_too_large", Family::Invalid},
    {Code::RouteUnknown, "route_unknown", Family::Missing},
    {Code::MethodNotAllowed, "method_not_allowed", Family::Refused},
    {Code::IdempotencyKeyMissing, "idempotency_key_missing", Family::Invalid},
    {Code::IdempotencyKeyReused, "idempotency_key_reused", Family::Conflict},
    {Code::CursorInvalid, "cursor_invalid", Family::Invalid},
    {Code::WebhookUnknown, "webhook_unknown", Family::Missing},
    {Code::DeadLetterUnknown, "dead_letter_unknown", Family::Missing},
    {Code::ServerUnreachable, "server_unreachable", Family::Unavailable},
    {Code::ServerRefused, "server_refused", Family::Refused},
    {Code::PortUnavailable, "port_unavailable", Family::Unavailable},
});

const Row& row(Code code) {
  const auto index = static_cast<std::size_t>(code);
  invariant(index < kRows.size(), "every code has a row");
  invariant(kRows[index].code == code, "rows stand in the order of the enumeration");
  return kRows[index];
}

}  // namespace

std::string_view name_of(Code code) { return row(code).name; }

Family family_of(Code code) { return row(code).family; }

}  // namespace zeren::base
