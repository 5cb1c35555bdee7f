// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.dlq;

import java.util.Set;

/**
 * Which dead letters are meant.
 *
 * @param topics that they stand on, with or without {@code .dlq}; empty for all
 * @param reasons for which they were put aside; empty for all
 * @param limit at most so many, at least 1
 */
public record LetterFilter(Set<String> topics, Set<String> reasons, long limit) {
  static final String SUFFIX = ".dlq";

  public LetterFilter {
    topics = Set.copyOf(topics);
    reasons = Set.copyOf(reasons);
    if (limit < 1) {
      throw new IllegalArgumentException("limit: expected 1 or more, was " + limit);
    }
  }

  boolean takesTopic(String topic) {
    return topic.endsWith(SUFFIX)
        && (topics.isEmpty()
            || topics.contains(topic)
            || topics.contains(topic.substring(0, topic.length() - SUFFIX.length())));
  }

  boolean takes(DeadLetter letter) {
    return reasons.isEmpty() || reasons.contains(letter.reason());
  }
}
