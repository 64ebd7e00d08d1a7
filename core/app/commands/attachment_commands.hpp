// What people do with the files of a record.
#pragma once

#include <string>

#include "access/principal.hpp"
#include "app/host.hpp"
#include "records/attachment.hpp"

namespace zeren::app {

/// All of these fail with RecordUnknown for what the caller may not see, and with RecordRecused for what its
/// person is recused from.

/// Changes nothing: whether a file declared as such may come. What must not be here is refused, and entered as
/// refused, before anything else is looked at. Fails as records::declare() and records::admit_attaching().
Command admit_attachment(const access::Principal& principal, const std::string& record,
                         const std::string& name, const std::string& classification);

/// `blob` must be kept already. Answers `{id, version, state, attachment, digest, size}`. Fails as
/// records::plan_attach().
Command attach(const access::Principal& principal, const std::string& record,
               const records::Declared& declared, const store::Blob& blob);

/// Answers `{id, version, state}`. Fails as records::plan_remove_attachment().
Command remove_attachment(const access::Principal& principal, const std::string& record,
                          const std::string& attachment, const std::string& reason);

/// Somebody reads a file: entered when it is declared sensitive, else nothing. Answers
/// `{name, digest, size, classification}`. Fails with AttachmentUnknown for what the caller may not see or what
/// was removed before it was ever sent.
Command read_attachment(const access::Principal& principal, const std::string& record,
                        const std::string& attachment);

}  // namespace zeren::app
