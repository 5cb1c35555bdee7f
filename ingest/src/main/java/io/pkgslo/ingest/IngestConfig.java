// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of ingest, by stage. Brokers and their security are under {@code pkgslo.kafka}. */
@ConfigMapping(prefix = "pkgslo.ingest")
public interface IngestConfig {
  /** Whether this application runs ingest. Default: yes. */
  @WithDefault("true")
  boolean enabled();

  /** Consuming and committing. */
  RecordGroup record();

  /** What a record may cost. */
  DecodeGroup decode();

  /** Packages, errors, panics, times. */
  AttributeGroup attribute();

  /** What is known about sampling beyond what the telemetry says. */
  SamplingGroup sampling();

  /**
   * Resource and span attributes whose values tell the arms of a rollout apart, such as canary or
   * http.request.header.x-route; scope.version is the version of a span's scope. Default: none.
   */
  Optional<List<String>> armAttributes();

  /** Consuming and committing. */
  interface RecordGroup {
    /** Consumer group of all instances. Default: pkgslo-ingest. */
    @WithDefault("pkgslo-ingest")
    String group();

    /**
     * Transactional id of this instance: the same after a restart, and different from every other
     * instance's. Default: pkgslo-ingest- and the host's name.
     */
    Optional<String> transactionalId();

    /** Consuming threads, 1 or more. Default: 1. */
    @WithDefault("1")
    int workers();

    /** Longest time between two reports of progress while no facts flow. Default: 250 ms. */
    @WithDefault("250ms")
    Duration progressInterval();

    /**
     * Failed transactions in a row, 1 or more, after which the instance is not ready; it goes on
     * trying. Default: 5.
     */
    @WithDefault("5")
    int attempts();
  }

  /** What a record may cost. */
  interface DecodeGroup {
    /** Longest value that is read, in bytes; longer ones are dead-lettered. Default: 32 MiB. */
    @WithDefault("33554432")
    int maxRecordBytes();

    /** Deepest nesting of messages that is read, 8 to 500. Default: 100. */
    @WithDefault("100")
    int maxDepth();
  }

  /** Packages, errors, panics, times. */
  interface AttributeGroup {
    /**
     * Span and log attributes that name the Go package and win over everything, in falling
     * precedence. Default: go.package.path.
     */
    @WithDefault("go.package.path")
    List<String> overrideAttributes();

    /** Import paths of modules whose path has no host name. Default: none. */
    Optional<List<String>> modulePrefixes();

    /**
     * Package by what is called, for spans that name none: "GET /cart/{id}", "/cart/{id}",
     * "shop.Cart/Get" or "shop.Cart", each also with the service and a blank before it. Default:
     * none.
     */
    Map<String, String> routes();

    /** Import path of a service's main package, by service. Default: none. */
    Map<String, String> mainPackages();

    /** Import path prefixes of own code, which is blamed first for a panic. Default: none. */
    Optional<List<String>> owners();

    /** Packages never to blame for a panic. Default: loggers, recovery middleware, x/sync. */
    Optional<List<String>> helpers();

    /** Import path by build directory, for stacks without symbols. Default: none. */
    Map<String, String> sourceRoots();

    /** Names of instrumentation scopes whose SERVER spans are a mesh sidecar's. Default: none. */
    Optional<List<String>> sidecarScopes();

    /** Span attributes and values that mark a mesh sidecar's spans. Default: component = proxy. */
    Map<String, String> sidecarAttributes();

    /**
     * gRPC codes, by name or number, that make a call with an unset status an error. Default: as
     * otelgrpc's server side, without CANCELLED.
     */
    @WithDefault("UNKNOWN,DEADLINE_EXCEEDED,UNIMPLEMENTED,INTERNAL,UNAVAILABLE,DATA_LOSS")
    List<String> grpcErrors();

    /** How far ahead of the wall clock an item's time may be. Default: 5 min. */
    @WithDefault("5m")
    Duration allowedSkew();
  }

  /** What is known about sampling beyond what the telemetry says. */
  interface SamplingGroup {
    /**
     * What a span means that says nothing about sampling: "kept" counts it as one call, "unknown"
     * marks its package besides. Default: kept.
     */
    @WithDefault("kept")
    Silence assume();

    /** Share of the spans that a service keeps, over 0 to 1, by service. Default: none. */
    Map<String, Double> ratios();
  }

  /** What silence about sampling means. */
  enum Silence {
    KEPT,
    UNKNOWN
  }
}
