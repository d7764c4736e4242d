package io.percore.coordinator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.tls.RunAuthority.Identity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final int DNS_NAME = 2;

  private final RunAuthority authority = RunAuthority.create(NOW, Duration.ofHours(3));

  private static X509Certificate certificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  @Test
  void eachEndCanProveItselfAndNothingElse() throws GeneralSecurityException {
    X509Certificate coordinator = certificate(authority.coordinator().certificate());
    X509Certificate worker = certificate(authority.worker().certificate());
    assertThat(coordinator.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION);
    assertThat(worker.getExtendedKeyUsage()).containsExactly(CLIENT_AUTHENTICATION);
    assertThat(coordinator.getSubjectAlternativeNames())
        .containsExactly(List.of(DNS_NAME, "percore-coordinator"));
    for (X509Certificate end : List.of(coordinator, worker)) {
      assertThat(end.getBasicConstraints()).isEqualTo(-1);
      // Of all usages only digital signatures.
      assertThat(end.getKeyUsage()).startsWith(true, false).containsOnlyOnce(true);
    }
  }

  @Test
  void onlyTheAuthoritySigns() throws GeneralSecurityException {
    Identity worker = authority.worker();
    X509Certificate root = certificate(worker.authority());
    assertThat(root.getBasicConstraints()).isZero();
    certificate(worker.certificate()).verify(root.getPublicKey());
    root.verify(root.getPublicKey());
    RunAuthority other = RunAuthority.create(NOW, Duration.ofHours(3));
    X509Certificate strange = certificate(other.worker().certificate());
    assertThatThrownBy(() -> strange.verify(root.getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void everythingIsValidFromAnHourAgoUntilTheEnd() throws GeneralSecurityException {
    Identity worker = authority.worker();
    for (String pem : List.of(worker.authority(), worker.certificate())) {
      X509Certificate certificate = certificate(pem);
      assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(Duration.ofHours(1)));
      assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofHours(3)));
    }
  }

  @Test
  void theKeyBelongsToTheCertificate() throws GeneralSecurityException {
    Identity worker = authority.worker();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key(worker.privateKey()));
    signature.update((byte) 7);
    byte[] signed = signature.sign();
    signature.initVerify(certificate(worker.certificate()));
    signature.update((byte) 7);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void noTwoIdentitiesShareAKeyAndNoTextShowsOne() {
    Identity one = authority.worker();
    assertThat(one.privateKey()).isNotEqualTo(authority.worker().privateKey());
    assertThat(one.toString()).doesNotContain(one.privateKey().substring(30, 60));
    assertThat(one.bundle()).startsWith(one.authority()).endsWith(one.privateKey());
  }
}
