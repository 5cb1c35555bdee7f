// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates for a test, made by the keytool of this JDK: nothing secret is in the repository.
 */
final class KeyStores {
  static final String PASSWORD = "only-for-this-test";

  private final Path directory;

  KeyStores(Path directory) {
    this.directory = directory;
  }

  /** A key and a certificate of its own for 127.0.0.1. */
  Path key(String name) throws IOException, InterruptedException {
    Path store = directory.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "2",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=IP:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString());
    return store;
  }

  /** What trusts the certificate of a key. */
  Path trustOf(Path key, String name) throws IOException, InterruptedException {
    Path certificate = directory.resolve(name + ".cer");
    keytool(
        "-exportcert",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-keystore",
        key.toString());
    Path store = directory.resolve(name + "-trust.p12");
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString());
    return store;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool " + arguments[0] + ": " + said);
    }
  }
}
