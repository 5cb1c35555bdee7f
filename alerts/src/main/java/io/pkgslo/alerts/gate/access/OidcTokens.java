// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * JWTs of an OpenID provider. Signature (asymmetric algorithms only: with a shared secret the
 * provider's public key could be one), issuer, audience, expiry and subject are required. Keys are
 * fetched when an unknown one is named and kept for an hour. Thread-safe; may block for the fetch.
 */
final class OidcTokens implements Authenticator {
  private static final Logger LOG = Logger.getLogger(OidcTokens.class);
  private static final int SKEW_SECONDS = 30;

  private final JwtConsumer consumer;
  private final String rolesClaim;

  OidcTokens(SecuritySettings.Oidc settings) {
    this(settings, new HttpsJwksVerificationKeyResolver(new HttpsJwks(settings.jwksUrl())));
  }

  /** With keys that come from elsewhere. */
  OidcTokens(SecuritySettings.Oidc settings, VerificationKeyResolver keys) {
    this.rolesClaim = settings.rolesClaim();
    this.consumer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(keys)
            .setExpectedIssuer(true, settings.issuer())
            .setExpectedAudience(true, settings.audience())
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.RSA_USING_SHA384,
                    AlgorithmIdentifiers.RSA_USING_SHA512,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384))
            .build();
  }

  @Override
  public @Nullable Caller callerOf(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return new Caller("oidc:" + claims.getSubject(), highest(claims.getClaimsMap()));
    } catch (InvalidJwtException | MalformedClaimException e) {
      // The exception's text holds the token's claims.
      LOG.debug("a JWT is refused");
      return null;
    }
  }

  private @Nullable Role highest(Map<String, Object> claims) {
    Object at = claims;
    for (String part : rolesClaim.split("\\.")) {
      at = at instanceof Map<?, ?> object ? object.get(part) : null;
    }
    Role highest = null;
    for (Object name : at instanceof List<?> names ? names : List.of(at == null ? "" : at)) {
      Role role = Role.ofName(name.toString());
      if (role != null && (highest == null || role.compareTo(highest) > 0)) {
        highest = role;
      }
    }
    return highest;
  }
}
