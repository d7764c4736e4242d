package io.percore.coordinator.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// A certificate authority that lives for one run: it signs one certificate for the coordinator and
/// one for all workers and agents, and its key is forgotten with this object. Keys are of the curve
/// P-256. Thread-safe: it does not change.
public final class RunAuthority {
  /// Name in the coordinator's certificate, whatever its machine is called: what a worker must find
  /// does not depend on how it reached it.
  public static final String COORDINATOR = "percore-coordinator";

  private static final String WORKER = "percore-worker";

  /// Clocks of machines differ.
  private static final Duration LEEWAY = Duration.ofHours(1);

  private static final int SERIAL_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final KeyPair keys;
  private final X509CertificateHolder certificate;
  private final Instant from;
  private final Instant until;

  private RunAuthority(Instant from, Instant until) {
    this.from = from;
    this.until = until;
    this.keys = keyPair();
    X500Name name = new X500Name("CN=percore run authority");
    this.certificate =
        sign(
            name,
            keys,
            builder ->
                builder
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
  }

  /// Makes an authority.
  ///
  /// @param now the time
  /// @param life for how long what it signs is valid
  public static RunAuthority create(Instant now, Duration life) {
    return new RunAuthority(now.minus(LEEWAY), now.plus(life));
  }

  /// A certificate and its key, as PEM.
  ///
  /// @param authority certificate of the authority that signed it
  /// @param certificate the certificate
  /// @param privateKey PKCS #8; secret
  public record Identity(String authority, String certificate, String privateKey) {
    /// All three, in this order: what a worker reads as its credentials.
    public String bundle() {
      return authority + certificate + privateKey;
    }

    /// Reads a bundle.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Identity parse(String bundle) {
      String[] parts = bundle.split("(?<=-----END [A-Z ]{1,20}-----\\n)", -1);
      if (parts.length < 3
          || !parts[0].startsWith("-----BEGIN CERTIFICATE")
          || !parts[1].startsWith("-----BEGIN CERTIFICATE")
          || !parts[2].startsWith("-----BEGIN PRIVATE KEY")) {
        throw new IllegalArgumentException("no certificates and key in PEM");
      }
      return new Identity(parts[0], parts[1], parts[2]);
    }

    /// Without the key.
    @Override
    public String toString() {
      return "Identity[...]";
    }
  }

  /// Proves to workers that they speak with the coordinator, and can prove nothing else.
  public Identity coordinator() {
    return identity(
        COORDINATOR,
        KeyPurposeId.id_kp_serverAuth,
        new GeneralNames(new GeneralName(GeneralName.dNSName, COORDINATOR)));
  }

  /// Proves to the coordinator that somebody belongs to the run, and can prove nothing else.
  public Identity worker() {
    return identity(
        WORKER,
        KeyPurposeId.id_kp_clientAuth,
        new GeneralNames(new GeneralName(GeneralName.dNSName, WORKER)));
  }

  private Identity identity(String name, KeyPurposeId purpose, GeneralNames names) {
    KeyPair own = keyPair();
    X509CertificateHolder signed =
        sign(
            new X500Name("CN=" + name),
            own,
            builder ->
                builder
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names));
    return new Identity(
        pem("CERTIFICATE", encoded(certificate)),
        pem("CERTIFICATE", encoded(signed)),
        pem("PRIVATE KEY", own.getPrivate().getEncoded()));
  }

  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
  }

  private X509CertificateHolder sign(X500Name subject, KeyPair own, Extensions extensions) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=percore run authority"),
              new BigInteger(SERIAL_BITS, random),
              Date.from(from),
              Date.from(until),
              subject,
              own.getPublic());
      extensions.addTo(builder);
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (CertIOException | OperatorCreationException impossible) {
      throw new IllegalStateException("a certificate cannot be made", impossible);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this JVM has no elliptic curves", impossible);
    }
  }

  private static byte[] encoded(X509CertificateHolder holder) {
    try {
      return holder.getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String pem(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
