// The closed list of what can go wrong. A code names the situation, never the place; what a reader is
// told about it stands in the message catalogues (base/messages/), one line per language.
#pragma once

#include <cstdint>
#include <string_view>

namespace zeren::base {

/// Families decide how the edge answers (http/error_body.cpp maps them to status codes).
enum class Family : std::uint8_t {
  Invalid,       ///< the request or a file is wrong; it names what to change
  Refused,       ///< well-formed, but a rule or a right forbids it
  Missing,       ///< the thing named does not exist, or the caller may not know that it does
  Stale,         ///< the caller worked on an older version
  Conflict,      ///< somebody else was first; trying again may succeed
  Unidentified,  ///< nobody is signed in
  Exhausted,     ///< the caller asked too often; it may try again later
  Unavailable,   ///< a part of the system cannot serve at the moment
  Corrupt,       ///< stored bytes are not what was written
  Broken,        ///< the machine failed: disk, memory, operating system
};

enum class Code : std::uint8_t {
  // base
  FileUnreadable,
  FileUnwritable,
  JsonSyntax,
  JsonDuplicateKey,
  JsonNumberRange,
  JsonTooDeep,
  TextNotUtf8,
  TextHidden,
  TextTooLong,
  DateInvalid,
  Several,
  // store
  DatabaseUnavailable,
  DatabaseUrlInvalid,
  DatabaseNotServed,
  DatabaseFailed,
  DatabaseBusy,
  DatabaseFull,
  DatabaseIoFailed,
  UniqueViolated,
  WriteWithoutEntry,
  SchemaNewer,
  SchemaChanged,
  StaleRead,
  // audit
  AuditCorrupt,
  AuditKeyMissing,
  AuditRollback,
  AuditAltered,
  AuditMissing,
  AuditUnaccounted,
  NoteMalformed,
  NoteUnsigned,
  EntryUnknown,
  // org
  CsvSyntax,
  CsvCellCount,
  CsvUnknownFile,
  CsvMissingColumn,
  CsvUnknownColumn,
  CsvValueMissing,
  CsvValueInvalid,
  CsvUnknownReference,
  CsvDuplicate,
  CsvDuplicateColumn,
  CsvPeriodInverted,
  CsvOverlap,
  OrgCycle,
  OrgRowsRejected,
  UnitUnknown,
  PersonUnknown,
  PostUnknown,
  AppointmentUnknown,
  // rules
  ParameterUnknown,
  ParameterType,
  ParameterLoosened,
  BasisMissing,
  WaiverRefused,
  RuleBackdated,
  CalendarInvalid,
  RecurrenceInvalid,
  DurationInvalid,
  // manifest, modules
  ManifestInvalid,
  ManifestSchema,
  ManifestReference,
  PackageFileMissing,
  PackageFileModified,
  PackageFileUnlisted,
  LibraryUnloadable,
  LibraryNoEntry,
  LibraryBadMagic,
  LibraryWrongSize,
  AbiMismatch,
  PluginInterfaceMissing,
  PluginFailed,
  PluginTimedOut,
  PluginNonsense,
  PluginVetoed,
  ModuleUnknown,
  ModuleNotEnabled,
  ModuleAlreadyEnabled,
  ModuleDependencyMissing,
  ModuleDependencyCircular,
  ModuleQuarantined,
  ComputationUnknown,
  // access
  NotSignedIn,
  SignInFailed,
  TooManyAttempts,
  SecondFactorMissing,
  SecondFactorActive,
  SecondFactorWrong,
  SessionUnknown,
  PasswordTooWeak,
  AccountUnknown,
  AccountExists,
  Forbidden,
  CsrfMissing,
  TokenUnknown,
  TokenNotAllowed,
  GrantUnknown,
  GrantToSelf,
  // records
  RecordUnknown,
  RecordTypeUnknown,
  RecordFieldInvalid,
  RecordExists,
  RecordRecused,
  RecordClassified,
  TaskUnknown,
  TaskNotYours,
  TasksOpen,
  TaskOutOfTurn,
  AssigneeUnfit,
  ObligationUnknown,
  StepUnknown,
  StepNotAllowedInState,
  StepReasonMissing,
  StepNeedsField,
  StepSamePerson,
  RolesIncompatible,
  LegUnknown,
  LegAlreadyAnswered,
  LegNotManual,
  LegNeedsSecondPerson,
  RecipientMissing,
  AttachmentUnknown,
  AttachmentTooLarge,
  AttachmentCorrupt,
  AttachmentClassified,
  VersionMissing,
  VersionStale,
  TryAgain,
  TooBusy,
  // documents
  TemplateInvalid,
  DocumentUnknown,
  DocumentNotYet,
  DocumentIncomplete,
  PdfUnavailable,
  PdfFailed,
  SheetInvalid,
  SheetTooLarge,
  PackingFailed,
  // app, http, cli
  DataFolderInUse,
  DataFolderMissing,
  DataFolderExists,
  DataFolderUnhealthy,
  ConfigInvalid,
  RequestMalformed,
  RequestTooLarge,
  RangeUnsatisfiable,
  RouteUnknown,
  MethodNotAllowed,
  IdempotencyKeyMissing,
  IdempotencyKeyReused,
  CursorInvalid,
  WebhookUnknown,
  DeadLetterUnknown,
  WebhookAddressRefused,
  WebhookTooMany,
  WebhookUnanswered,
  InboxItemUnknown,
  ServerUnreachable,
  ServerRefused,
  PortUnavailable,
};

/// The code as it is written in catalogues, problem types and the log: `csv_missing_column`.
/// Never empty. Any thread.
std::string_view name_of(Code code);

/// The family that decides how the code is answered. Any thread.
Family family_of(Code code);

}  // namespace zeren::base
