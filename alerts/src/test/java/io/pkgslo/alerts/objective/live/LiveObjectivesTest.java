// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.alerts.objective.DefaultObjectives;
import io.pkgslo.alerts.objective.ObjectiveFiles;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveObjectivesTest {
  private static final int BUILT_IN = DefaultObjectives.all().size();
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final List<List<Slo>> published = Collections.synchronizedList(new ArrayList<>());
  private boolean brokenKafka;

  @TempDir Path dir;

  @Test
  void change_isPublishedOnce() throws IOException {
    LiveObjectives live = live(LONG);
    write("a.yaml", TestFiles.availability("shop", "0.99"));

    live.check();
    live.check();

    assertThat(published).hasSize(1);
    assertThat(live.slos()).extracting(Slo::id).hasSize(BUILT_IN + 1).endsWith("shop");
    assertThat(live.status().isCurrent()).isTrue();
    assertThat(live.status().applied()).isEqualTo(2);
  }

  @Test
  void brokenFile_leavesTheLastGoodSetInForce() throws IOException {
    LiveObjectives live = live(LONG);
    write("a.yaml", TestFiles.availability("shop", "0.99"));
    live.check();
    write("a.yaml", TestFiles.availability("shop", "1"));
    live.check();

    assertThat(published).hasSize(1);
    assertThat(live.slos()).hasSize(BUILT_IN + 1);
    assertThat(live.status().isCurrent()).isFalse();
    assertThat(live.status().problem()).contains("a.yaml:13:25: target is '1'");
    assertThat(live.status().invalid()).isEqualTo(1);

    write("a.yaml", TestFiles.availability("shop", "0.99"));
    live.check();

    assertThat(live.status().isCurrent()).isTrue();
    assertThat(published).hasSize(1);
  }

  /** The service was down while somebody broke a file. */
  @Test
  void fileThatIsBrokenAtTheStart_leavesTheLastPublishedSetInForce() throws IOException {
    write("a.yaml", TestFiles.availability("shop", "0.99"));
    List<Slo> last = ObjectiveFiles.read(dir).slos();
    write("a.yaml", TestFiles.availability("shop", "1"));
    FirstObjectives first = FirstObjectives.of(dir, () -> last);
    LiveObjectives live = new LiveObjectives(dir, first, this::publish, LONG, Clock.systemUTC());

    assertThat(live.slos()).hasSize(BUILT_IN + 1).endsWith(last.get(0));
    assertThat(live.status().problem())
        .contains("a.yaml:13:25: target is '1'", "the last valid set of 1 is in force");
    live.check();
    assertThat(live.status().isCurrent()).isFalse();
    assertThat(published).isEmpty();

    write("a.yaml", TestFiles.availability("shop", "0.95"));
    live.check();

    assertThat(live.status().isCurrent()).isTrue();
    assertThat(published).hasSize(1);
  }

  @Test
  void fileThatIsBrokenAtTheFirstStart_leavesTheBuiltInOnes() throws IOException {
    write("a.yaml", TestFiles.availability("shop", "1"));

    FirstObjectives first = FirstObjectives.of(dir, () -> null);

    assertThat(first.slos()).isEqualTo(DefaultObjectives.all());
    assertThat(first.problem()).contains("only the built-in objectives are in force");
  }

  @Test
  void validFilesAtTheStart_areInForceAndNobodyAsksForOthers() throws IOException {
    write("a.yaml", TestFiles.availability("shop", "0.99"));

    FirstObjectives first =
        FirstObjectives.of(
            dir,
            () -> {
              throw new AssertionError("Kafka was asked");
            });

    assertThat(first.slos()).extracting(Slo::id).hasSize(BUILT_IN + 1).endsWith("shop");
    assertThat(first.problem()).isNull();
  }

  /** What is published must not end before anybody knows what it was. */
  @Test
  void brokenFilesBeforeKafkaAnswers_putNothingInForce() throws IOException {
    write("a.yaml", TestFiles.availability("shop", "0.99"));
    List<Slo> last = ObjectiveFiles.read(dir).slos();
    write("a.yaml", TestFiles.availability("shop", "1"));
    FirstObjectives first = FirstObjectives.ofFiles(dir);
    LiveObjectives live = new LiveObjectives(dir, first, this::publish, LONG, Clock.systemUTC());

    assertThat(live.slos()).isEmpty();
    assertThat(live.status().problem())
        .contains("a.yaml:13:25: target is '1'", "is known when Kafka answers");

    live.begin(FirstObjectives.of(dir, () -> last));

    assertThat(live.slos()).hasSize(BUILT_IN + 1).endsWith(last.get(0));
    assertThat(live.status().problem()).contains("the last valid set of 1 is in force");
  }

  @Test
  void setThatKafkaDoesNotTake_isTriedAgain() throws IOException {
    LiveObjectives live = live(LONG);
    write("a.yaml", TestFiles.availability("shop", "0.99"));
    brokenKafka = true;
    live.check();

    assertThat(live.status().problem()).contains("not published");

    brokenKafka = false;
    live.check();

    assertThat(live.status().isCurrent()).isTrue();
    assertThat(published).hasSize(1);
  }

  @Test
  void watch_seesNewFilesAndFoldersBeforeTheInterval() throws IOException {
    try (LiveObjectives live = live(LONG)) {
      write("a.yaml", TestFiles.availability("first", "0.99"));
      live.start();
      await().until(() -> has("first"));

      write("sub/b.yaml", TestFiles.availability("second", "0.99"));
      await().atMost(Duration.ofSeconds(20)).until(() -> has("second"));
    }
  }

  /** As the kubelet does it: a new directory, and one rename of a link. */
  @Test
  void watch_seesAConfigMapThatIsSwapped() throws IOException {
    write("..1/a.yaml", TestFiles.availability("first", "0.99"));
    write("..2/a.yaml", TestFiles.availability("second", "0.99"));
    Files.createSymbolicLink(dir.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(dir.resolve("a.yaml"), Path.of("..data", "a.yaml"));
    try (LiveObjectives live = live(LONG)) {
      live.start();
      await().until(() -> has("first"));

      Path next = Files.createSymbolicLink(dir.resolve("..data_tmp"), Path.of("..2"));
      Files.move(next, dir.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

      await().atMost(Duration.ofSeconds(20)).until(() -> has("second"));
    }
  }

  @Test
  void interval_findsWhatNobodyTold() throws IOException {
    Path outside = Files.createTempDirectory("pkgslo");
    Files.writeString(outside.resolve("x.yaml"), TestFiles.availability("first", "0.99"));
    Files.createSymbolicLink(dir.resolve("a.yaml"), outside.resolve("x.yaml"));
    try (LiveObjectives live = live(SHORT)) {
      live.start();
      await().until(() -> has("first"));

      Files.writeString(outside.resolve("x.yaml"), TestFiles.availability("second", "0.99"));

      await().until(() -> has("second"));
    }
  }

  private boolean has(String id) {
    return !published.isEmpty()
        && published.get(published.size() - 1).stream().anyMatch(slo -> slo.id().equals(id));
  }

  private LiveObjectives live(Duration interval) {
    return new LiveObjectives(
        dir,
        new FirstObjectives(DefaultObjectives.all(), null),
        this::publish,
        interval,
        Clock.systemUTC());
  }

  private void publish(List<Slo> slos) {
    if (brokenKafka) {
      throw new IllegalStateException("no broker");
    }
    published.add(slos);
  }

  private void write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
