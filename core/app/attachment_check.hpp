// Whether the bytes of every attachment are what the log says was uploaded.
#pragma once

#include "audit/report.hpp"
#include "base/error.hpp"
#include "store/blob_store.hpp"
#include "store/session.hpp"

namespace zeren::app {

/// Reads every file that an attachment needs, and adds to `report` what is missing or changed. That the rows are
/// right is audit::verify()'s to say. Needs no lock: what is swept meanwhile was not needed. Fails as
/// Session::query(). Blocks for as long as reading all of them takes.
base::Result<void> check_attachments(store::Session& session, const store::BlobStore& blobs,
                                     audit::Report& report);

}  // namespace zeren::app
