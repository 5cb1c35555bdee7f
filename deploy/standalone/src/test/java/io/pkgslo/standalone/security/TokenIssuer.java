// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID provider as far as Kafka needs one: client credentials in, a signed token out. */
final class TokenIssuer implements AutoCloseable {
  static final String AUDIENCE = "kafka";
  private static final String ISSUER = "https://id.test";
  private static final int MINUTES = 10;

  private final String credentials;
  private final RsaJsonWebKey key;
  private final HttpServer server;
  private final List<String> issued = new CopyOnWriteArrayList<>();

  TokenIssuer(String client, String secret) throws IOException, JoseException {
    this.credentials =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    this.key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("one");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::answer);
    server.start();
  }

  /** Where tokens are. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
  }

  /** Where brokers find what they need to check them. */
  String keys(Path directory) throws IOException {
    Path file = directory.resolve("jwks.json");
    return Files.writeString(file, new JsonWebKeySet(key).toJson()).toUri().toString();
  }

  /** All that were given. */
  List<String> issued() {
    return issued;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean known = credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body =
        (known ? "{\"access_token\":\"" + token() + "\"}" : "{\"error\":\"invalid_client\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String token() throws IOException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject("pkgslo");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(MINUTES);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      String token = signature.getCompactSerialization();
      issued.add(token);
      return token;
    } catch (JoseException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
