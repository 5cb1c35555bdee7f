// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.Comparator;
import java.util.Locale;

/**
 * One thing that is counted: what makes a call (or an init) a bad event.
 *
 * @param kind what is counted
 * @param qualifier for {@link Kind#SLOW} the threshold as the caller writes it ({@code 250ms}, or
 *     {@code 250ms own} for the call's own time); for {@link Kind#OTHER} the name of the SLI; empty
 *     where a kind needs none
 */
public record Sli(Kind kind, String qualifier) implements Comparable<Sli> {

  /** Calls that panicked, counted as episodes. */
  public static final Sli PANICS = new Sli(Kind.PANICS, "");

  /** Calls that ended in an error. */
  public static final Sli ERRORS = new Sli(Kind.ERRORS, "");

  /** Errors that callers saw on their CLIENT spans into an arm. */
  public static final Sli CLIENT_ERRORS = new Sli(Kind.CLIENT_ERRORS, "");

  /** Inits slower than the objective's threshold, where both arms start processes now. */
  public static final Sli SLOW_INITS = new Sli(Kind.SLOW_INITS, "");

  /** Init latency, ranked against archived inits of the baseline's version. */
  public static final Sli INIT_LATENCY = new Sli(Kind.INIT_LATENCY, "");

  private static final String OWN = " own";

  private static final Comparator<Sli> ORDER =
      Comparator.comparing(Sli::kind).thenComparing(Sli::qualifier);

  /** The closed set of things that are counted. The order is the order of reports. */
  public enum Kind {
    PANICS("panics", "panics", "episodes", "calls"),
    ERRORS("errors", "errors", "errors", "calls"),
    SLOW("slow", "slow calls", "slow", "calls"),
    SLOW_INITS("slow_inits", "slow inits", "slow", "inits"),
    CLIENT_ERRORS("client_errors", "errors seen by callers", "errors", "calls"),
    INIT_LATENCY("init_latency", "init durations", "inits", "archived inits"),
    OTHER("", "bad events", "bad", "valid");

    private final String wireName;
    private final String words;
    private final String eventWord;
    private final String exposureWord;

    Kind(String wireName, String words, String eventWord, String exposureWord) {
      this.wireName = wireName;
      this.words = words;
      this.eventWord = eventWord;
      this.exposureWord = exposureWord;
    }

    /** The name in files and records; empty for {@link #OTHER}, which bears its own. */
    public String wireName() {
      return wireName;
    }
  }

  public Sli {
    if (kind == Kind.OTHER && qualifier.isBlank()) {
      throw new IllegalArgumentException("an SLI of no known kind needs a name");
    }
  }

  /**
   * Calls slower than a threshold.
   *
   * @param threshold as a person reads it, for instance {@code 250ms}; a bucket bound, so that its
   *     counts are exact
   */
  public static Sli slow(String threshold) {
    return new Sli(Kind.SLOW, threshold);
  }

  /**
   * Calls that take longer than a threshold by themselves: without the time in which a call that
   * they made was running.
   *
   * @param threshold as in {@link #slow}
   */
  public static Sli slowOwn(String threshold) {
    return slow(threshold + OWN);
  }

  /** Whether a call's own time is compared, and not its duration. */
  public boolean ofOwnTime() {
    return kind == Kind.SLOW && qualifier.endsWith(OWN);
  }

  /** The threshold of slow calls as its caller wrote it. */
  public String threshold() {
    return ofOwnTime() ? qualifier.substring(0, qualifier.length() - OWN.length()) : qualifier;
  }

  /**
   * Reads the name of an SLI. A name that is not known is an SLI of its own: counts are counts.
   * {@code slow:T} and {@code latency:T} (also with {@code >}) are slow calls at threshold T, all
   * of which are one latency SLI of their package.
   */
  public static Sli parse(String name) {
    String text = name.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "panics", "panic", "panic_rate", "episodes" -> PANICS;
      case "errors", "error", "availability" -> ERRORS;
      case "client_errors" -> CLIENT_ERRORS;
      case "slow_inits" -> SLOW_INITS;
      case "slow", "latency" -> slow("");
      default -> parseThreshold(text, lower);
    };
  }

  private static Sli parseThreshold(String text, String lower) {
    for (String prefix : new String[] {"slow", "latency"}) {
      if (lower.startsWith(prefix) && lower.length() > prefix.length() + 1) {
        char separator = lower.charAt(prefix.length());
        if (separator == ':' || separator == '>') {
          return slow(text.substring(prefix.length() + 1).strip());
        }
      }
    }
    return new Sli(Kind.OTHER, text);
  }

  /** The name that {@link #parse} reads back. */
  public String wireName() {
    return switch (kind) {
      case OTHER -> qualifier;
      case SLOW -> qualifier.isEmpty() ? kind.wireName : kind.wireName + ":" + qualifier;
      case PANICS, ERRORS, SLOW_INITS, CLIENT_ERRORS, INIT_LATENCY -> kind.wireName;
    };
  }

  /** The subject of a sentence: "panics", "calls slower than 250ms". */
  String words() {
    return switch (kind) {
      case OTHER -> qualifier;
      case SLOW -> slowWords();
      case PANICS, ERRORS, SLOW_INITS, CLIENT_ERRORS, INIT_LATENCY -> kind.words;
    };
  }

  private String slowWords() {
    if (ofOwnTime()) {
      return "calls slower than " + threshold() + " by themselves";
    }
    return qualifier.isEmpty() ? kind.words : "calls slower than " + qualifier;
  }

  /** What one event is called beside a number. */
  String eventWord() {
    return kind.eventWord;
  }

  /** What the exposure is called beside a number. */
  String exposureWord() {
    return kind.exposureWord;
  }

  @Override
  public int compareTo(Sli other) {
    return ORDER.compare(this, other);
  }
}
