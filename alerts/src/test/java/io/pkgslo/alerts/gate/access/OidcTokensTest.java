// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class OidcTokensTest {
  private static final SecuritySettings.Oidc SETTINGS =
      new SecuritySettings.Oidc(
          "https://id.example", "https://id.example/jwks", "pkgslo", "realm_access.roles");

  private final KeyPair keys = keys();
  private final OidcTokens tokens = new OidcTokens(SETTINGS, (jws, nesting) -> keys.getPublic());

  @Test
  void goodToken_hasItsHighestRole() throws JoseException {
    assertThat(tokens.callerOf(signed(claims(), keys)))
        .isEqualTo(new Caller("oidc:ada", Role.OPERATOR));
  }

  @Test
  void unknownRoles_areNoRole() throws JoseException {
    JwtClaims claims = claims();
    claims.setClaim("realm_access", Map.of("roles", List.of("root")));

    assertThat(tokens.callerOf(signed(claims, keys))).isEqualTo(new Caller("oidc:ada", null));
  }

  @Test
  void wrongIssuerAudienceTimeOrSubject_isRefused() throws JoseException {
    JwtClaims issuer = claims();
    issuer.setIssuer("https://evil.example");
    JwtClaims audience = claims();
    audience.setAudience("other");
    JwtClaims expired = claims();
    expired.setExpirationTimeMinutesInTheFuture(-5);
    JwtClaims forEver = claims();
    forEver.unsetClaim("exp");
    JwtClaims nobody = claims();
    nobody.unsetClaim("sub");

    for (JwtClaims claims : List.of(issuer, audience, expired, forEver, nobody)) {
      assertThat(tokens.callerOf(signed(claims, keys))).as(claims.toString()).isNull();
    }
  }

  @Test
  void otherKey_isRefused() throws JoseException {
    assertThat(tokens.callerOf(signed(claims(), keys()))).isNull();
  }

  /** The classic: the public key as the secret of a symmetric signature. */
  @Test
  void symmetricSignature_isRefused() throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims().toJson());
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    jws.setKey(new HmacKey(keys.getPublic().getEncoded()));

    assertThat(tokens.callerOf(jws.getCompactSerialization())).isNull();
  }

  @Test
  void noSignature_isRefused() {
    assertThat(tokens.callerOf("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.")).isNull();
    assertThat(tokens.callerOf("x")).isNull();
    assertThat(tokens.callerOf("")).isNull();
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://id.example");
    claims.setAudience("pkgslo");
    claims.setSubject("ada");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim("realm_access", Map.of("roles", List.of("viewer", "operator", "other")));
    return claims;
  }

  private static String signed(JwtClaims claims, KeyPair with) throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    jws.setKey(with.getPrivate());
    return jws.getCompactSerialization();
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
