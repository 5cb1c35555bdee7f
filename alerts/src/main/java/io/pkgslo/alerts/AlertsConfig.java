// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts;

import io.pkgslo.alerts.rule.Form;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the service alerts, under {@code pkgslo.alerts}. */
@ConfigMapping(prefix = "pkgslo.alerts")
public interface AlertsConfig {
  /** Consumer group and prefix of internal topics; equal for all instances of one installation. */
  @WithDefault("pkgslo-alerts")
  String applicationId();

  /** Longest time until a verdict is visible to others. */
  @WithDefault("100ms")
  Duration commitInterval();

  /**
   * Directory of OpenSLO files (or one file), whose objectives are published besides the defaults;
   * one with the id of a default replaces it. Absent: only the defaults.
   */
  Optional<Path> objectives();

  /**
   * Topic from which CDEvents about services are read as deploy markers; created when it is
   * missing. Absent: none is read, CDEvents come over HTTP.
   */
  Optional<String> cdEventsTopic();

  /** Longest time until a change of the objective files is seen; most are seen at once. */
  @WithDefault("10s")
  Duration objectivesInterval();

  /** Histograms of the objectives that name no bounds of their own, by metric. */
  Buckets buckets();

  /** What becomes of the objectives' Prometheus rules, besides {@code /api/v1/rules}. */
  Rules rules();

  /** Alerts that are pushed to Alertmanager, without Prometheus. */
  Page page();

  /** Settings under {@code pkgslo.alerts.buckets}. */
  interface Buckets {
    /** Bounds for durations of calls: times, or default, or minutes. Absent: no histogram. */
    Optional<List<String>> calls();

    /** Likewise of inits. */
    Optional<List<String>> inits();
  }

  /** Settings under {@code pkgslo.alerts.rules}. */
  interface Rules {
    /** Where the numbers of the rules come from. */
    @WithDefault("native")
    Form form();

    /** Directory that Prometheus reads; the file there is replaced whole. Absent: none. */
    Optional<Path> directory();

    /** Where Prometheus is told that the file is new, such as http://prometheus:9090/-/reload. */
    Optional<String> reloadUrl();

    /** Between two attempts to write the file, or to tell Prometheus. */
    @WithDefault("5s")
    Duration retry();
  }

  /** Settings under {@code pkgslo.alerts.page}. */
  interface Page {
    /** Addresses of Alertmanagers, such as http://alertmanager:9093. Absent: no pushing. */
    Optional<List<String>> alertmanagers();

    /** Between two looks at the state. */
    @WithDefault("2s")
    Duration interval();

    /** How often an alert that goes on is told again. */
    @WithDefault("60s")
    Duration resend();

    /** How long it is told that an alert has ended. */
    @WithDefault("15m")
    Duration resolvedFor();
  }

  /** The rules of the judge; they count from the next rollout on. */
  Judge judge();

  /** Settings under {@code pkgslo.alerts.judge}. */
  interface Judge {
    /** Probability that an innocent release is ever rolled back, between 0 and 1. */
    @WithDefault("0.01")
    double alpha();

    /** Probability that a confidence bound ever excludes the true ratio, between 0 and 1. */
    @WithDefault("0.05")
    double beta();

    /** Ratio of rates, canary by baseline, up to which a canary is innocent. */
    @WithDefault("1")
    double delta();

    /** Ratio of rates that a promotion by proof rules out. */
    @WithDefault("2")
    double deltaMax();

    /** Canary calls from which on a release without adverse evidence may be promoted by policy. */
    @WithDefault("10000")
    double minCalls();

    /** Whether a release may be promoted without proof. */
    @WithDefault("true")
    boolean promoteByPolicy();

    /**
     * After a rollback of a service, how long no other release of it is rolled back without a
     * person; 0 to a day.
     */
    @WithDefault("0s")
    Duration coolDown();

    /**
     * Whether some pods of each service are judged against others of the same version, to measure
     * how often an innocent release would be rolled back. Nobody is told.
     */
    @WithDefault("true")
    boolean aaCheck();

    /**
     * {@code name=value}: calls with this attribute, beside calls of the same version without it,
     * are a canary. The name is one of {@code pkgslo.ingest.arm-attributes}. Absent: none.
     */
    Optional<List<String>> canaryAttributes();
  }

  /** How the gates answer. */
  Gate gate();

  /** Who may do what. */
  Security security();

  /** Whom to tell of changed verdicts. */
  Act act();

  /** Settings under {@code pkgslo.alerts.act}. */
  interface Act {
    /** Whether changes of verdicts are told at all. */
    @WithDefault("false")
    boolean enabled();

    /** Addresses that get signed JSON. */
    Optional<List<String>> webhooks();

    /** Addresses that get CDEvents as CloudEvents. */
    Optional<List<String>> cdevents();

    /** File with the secret of the signatures, 16 characters or more; required when enabled. */
    Optional<Path> secretFile();

    /** Only log what would be sent. */
    @WithDefault("false")
    boolean dryRun();

    /** After a change this long no change for the better of the same rollout is told. */
    @WithDefault("10m")
    Duration coolDown();

    /** Changes of one service that are told within an hour, 1 or more; more are a loop. */
    @WithDefault("12")
    int changesPerHour();

    /** Attempts per change and address, 1 or more. */
    @WithDefault("8")
    int attempts();

    /** Pause before the second attempt; it doubles each time. */
    @WithDefault("1s")
    Duration firstPause();

    /** Longest pause between two attempts. */
    @WithDefault("1m")
    Duration lastPause();

    /** How long an address may take to answer. */
    @WithDefault("5s")
    Duration timeout();
  }

  /** Settings under {@code pkgslo.alerts.gate}. */
  interface Gate {
    /**
     * Address under which people reach this service; answers link there. Absent: relative links.
     */
    Optional<String> publicUrl();

    /** Silence of the analyzer after which every answer but rollback is hold, 2 s or more. */
    @WithDefault("20s")
    Duration maxSilence();

    /** Likewise the age of what is counted; twice the analyzer's settle delay is normal. */
    @WithDefault("45s")
    Duration maxDataAge();

    /** Likewise the age of the newest look; a minute more is normal. */
    @WithDefault("120s")
    Duration maxLookAge();

    /** Longest body of a request, 1024 or more. */
    @WithDefault("1048576")
    int maxBodyBytes();
  }

  /** Settings under {@code pkgslo.alerts.security}. */
  interface Security {
    /** Whether reading, and asking a gate, needs no token. */
    @WithDefault("true")
    boolean openReads();

    /** {@code name:role:token}, the token as text of 16 characters or more, or sha256=hex. */
    Optional<List<String>> tokens();

    /** File with more of them, one per line; read again when it changes. */
    Optional<Path> tokensFile();

    /** Requests that one caller may send for ever, over 0. */
    @WithDefault("100")
    double requestsPerSecond();

    /** Requests of one caller at once, 1 or more. */
    @WithDefault("200")
    int burst();

    /** JWTs of an OpenID provider, besides the tokens. */
    Oidc oidc();

    /** Settings under {@code pkgslo.alerts.security.oidc}. */
    interface Oidc {
      /** Value of the claim iss; absent: no JWT is accepted. */
      Optional<String> issuer();

      /** Where the provider's public keys are, https; required with an issuer. */
      Optional<String> jwksUrl();

      /** Value that the claim aud must hold; required with an issuer. */
      Optional<String> audience();

      /** Claim with viewer, operator or admin, or a list of them; a dot leads into an object. */
      @WithDefault("roles")
      String rolesClaim();
    }
  }
}
