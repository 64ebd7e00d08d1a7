// Carries webhooks over TCP and TLS, to addresses that the operator allows. Follows no redirection, reads no more of
// an answer than its head, and gives up when its time is over, at whatever point.
#pragma once

#include "app/host_settings.hpp"
#include "app/webhook.hpp"

namespace zeren::http {

class WebhookClient final : public app::WebhookSender {
 public:
  explicit WebhookClient(app::WebhookPolicy policy) : policy_(std::move(policy)) {}

  /// The certificate of an https receiver must be signed by an authority that the machine trusts (SSL_CERT_FILE names
  /// others) and bear the host's name.
  base::Result<app::WebhookAnswer> post(const std::string& url,
                                        const std::map<std::string, std::string>& headers,
                                        const std::string& body) override;

 private:
  app::WebhookPolicy policy_;
};

}  // namespace zeren::http
