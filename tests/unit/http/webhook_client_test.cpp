// TLS, with a receiver whose certificate is trusted, unknown, or somebody else's.
#include "http/webhook_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <thread>

#include "base/messages.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::http {
namespace {

using base::Code;
using testing::HasSubstr;

/// A key, and a certificate for `name` that it signed itself.
struct Identity {
  explicit Identity(const char* name) : key(EVP_RSA_gen(2048)), certificate(X509_new()) {
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    auto* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    const auto names = std::string("DNS:") + name;
    auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    EXPECT_GT(X509_sign(certificate, key, EVP_sha256()), 0);
  }
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;
  ~Identity() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  void write(const std::filesystem::path& file) const {
    auto* const out = std::fopen(file.c_str(), "w");
    ASSERT_NE(out, nullptr);
    EXPECT_EQ(PEM_write_X509(out, certificate), 1);
    std::fclose(out);
  }

  EVP_PKEY* key;
  X509* certificate;
};

/// Takes one connection over TLS and answers 200 to whatever it hears.
class TlsReceiver final {
 public:
  explicit TlsReceiver(const Identity& identity)
      : context_(SSL_CTX_new(TLS_server_method())), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    SSL_CTX_use_certificate(context_, identity.certificate);
    SSL_CTX_use_PrivateKey(context_, identity.key);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, plain, size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, plain, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  TlsReceiver(const TlsReceiver&) = delete;
  TlsReceiver& operator=(const TlsReceiver&) = delete;
  ~TlsReceiver() {
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(context_);
  }

  std::string url() const { return "https://localhost:" + std::to_string(port_) + "/"; }

 private:
  void run() {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    auto* const tls = SSL_new(context_);
    SSL_set_fd(tls, connection);
    if (SSL_accept(tls) == 1) {
      std::array<char, 4096> heard{};
      SSL_read(tls, heard.data(), static_cast<int>(heard.size()));
      constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
      SSL_write(tls, kAnswer.data(), static_cast<int>(kAnswer.size()));
      SSL_shutdown(tls);
    }
    SSL_free(tls);
    ::close(connection);
  }

  SSL_CTX* context_;
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

class WebhookTlsTest : public testing::Test {
 protected:
  ~WebhookTlsTest() override { ::unsetenv("SSL_CERT_FILE"); }

  base::Result<app::WebhookAnswer> post_to(const Identity& identity) const {
    const TlsReceiver receiver(identity);
    app::WebhookPolicy policy;
    policy.allow = {"localhost", "127.0.0.0/8"};
    policy.patience = std::chrono::seconds(5);
    return WebhookClient(policy).post(receiver.url(), {{"webhook-id", "1"}}, "{}");
  }
  void trust(const Identity& identity) const {
    identity.write(folder_ / "trusted.pem");
    ::setenv("SSL_CERT_FILE", (folder_ / "trusted.pem").c_str(), 1);
  }

  fixtures::TempFolder folder_;
};

TEST_F(WebhookTlsTest, SpeaksToWhoseCertificateIsTrustedAndBearsTheName) {
  const Identity identity("localhost");
  trust(identity);
  const auto answer = post_to(identity);
  ASSERT_TRUE(answer.has_value()) << base::report_of(answer.error());
  EXPECT_EQ(answer->status, 200);
}

TEST_F(WebhookTlsTest, SaysNothingToWhomNobodyVouchesFor) {
  trust(Identity("localhost"));
  const auto answer = post_to(Identity("localhost"));
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Code::WebhookUnanswered);
  EXPECT_THAT(base::text_of(answer.error()), HasSubstr("certificate"));
}

TEST_F(WebhookTlsTest, SaysNothingToWhoBearsAnotherName) {
  const Identity identity("elsewhere.example.cn");
  trust(identity);
  const auto answer = post_to(identity);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Code::WebhookUnanswered);
}

TEST(WebhookClientTest, ConnectsToNoPrivateAddressBehindAListedName) {
  app::WebhookPolicy policy;
  policy.allow = {"localhost"};
  const auto answer = WebhookClient(policy).post("http://localhost:9/", {}, "{}");
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Code::WebhookAddressRefused);
}

}  // namespace
}  // namespace zeren::http
