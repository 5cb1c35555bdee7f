// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.News;
import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.SubjectKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The committed subjects of all partitions that this instance owns. Partitions are written by one
 * thread each, at their commits; reading is possible at any time from any thread and sees each
 * subject as of some commit.
 */
public final class CommittedSubjects {
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

  /** Committed subjects of one service in one partition. */
  static final class Service {
    private final Map<SubjectKey, Shown> subjects = new ConcurrentHashMap<>();

    Collection<Shown> subjects() {
      return subjects.values();
    }
  }

  /** Committed state of one partition; shown from its first publication on. */
  public static final class Partition {
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private volatile long watermarkMillis = Long.MIN_VALUE;

    /** Shows what was just committed. */
    public void publish(News news, long watermarkMillis) {
      for (SubjectSnapshot subject : news.subjects()) {
        services
            .computeIfAbsent(subject.key().service(), s -> new Service())
            .subjects
            .compute(subject.key(), (key, before) -> Shown.of(subject, before));
      }
      for (SubjectKey gone : news.forgotten()) {
        Service service = services.get(gone.service());
        if (service != null) {
          service.subjects.remove(gone);
        }
      }
      services.values().removeIf(service -> service.subjects.isEmpty());
      this.watermarkMillis = watermarkMillis;
    }

    /** By service. */
    Map<String, Service> services() {
      return services;
    }

    /** Event time up to which all is counted; {@code Long.MIN_VALUE} while unknown. */
    long watermarkMillis() {
      return watermarkMillis;
    }
  }

  /** Begins to show {@code partition}; what was shown of it before is replaced. */
  public void show(int partition, Partition committed) {
    partitions.put(partition, committed);
  }

  /** Ends to show {@code partition}, unless another owner in this process shows it by now. */
  public void hide(int partition, Partition committed) {
    partitions.remove(partition, committed);
  }

  Map<Integer, Partition> partitions() {
    return partitions;
  }
}
