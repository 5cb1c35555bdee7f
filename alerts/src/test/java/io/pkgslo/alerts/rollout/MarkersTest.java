// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.PRICING;
import static io.pkgslo.alerts.rollout.Minutes.SERVICE;
import static io.pkgslo.alerts.rollout.Minutes.at;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.ledger.DecisionRecord;
import io.pkgslo.alerts.ledger.Replay;
import io.pkgslo.alerts.ledger.SealedRecord;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.SliBucket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rollouts that a deployment tool announces, and those that crash before anybody calls them. */
class MarkersTest {
  private final RolloutTopology rollouts = new RolloutTopology(1, RolloutRules.of(Policy.DEFAULT));
  private final DrivenTopology topology = new DrivenTopology(rollouts);

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void markedCanary_isHeld_untilItIsSeen() {
    baseline(0, 3);
    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, Marker.NONE, 3));

    RolloutView view = topology.view();
    assertThat(view.verdict()).isEqualTo("hold");
    assertThat(view.rule()).isEqualTo("arms-unknown");
    assertThat(view.reason()).contains("arm not seen");

    topology.closeUntil(4, bucket(3, "1.4.0", 900, 0), bucket(3, "1.5.0", 100, 0));
    assertThat(topology.views())
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.id()).isEqualTo(view.id());
              assertThat(seen.rule()).isNotEqualTo("arms-unknown");
            });
  }

  @Test
  void schemaMigration_isNotRolledBackByItself_butByAPerson() {
    baseline(0, 2);
    Marker migration = new Marker(null, List.of(), true, false, null, "run-7", null);
    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, migration, 2));
    both(2, 10, 3);

    RolloutView held = topology.view();
    assertThat(held.verdict()).isEqualTo("hold");
    assertThat(held.rule()).isEqualTo("schema-migration");
    assertThat(held.asksForPerson()).isTrue();

    topology.order(
        Order.ofPerson("id", OrderKind.APPROVE_ROLLBACK, held, "ann", "it is additive", at(10)));
    assertThat(topology.view().verdict()).isEqualTo("rollback");
  }

  /** A configuration changed, the version did not: the pod-template hash tells the sides apart. */
  @Test
  void armsOfOneVersion_areToldApartByHash() {
    for (int minute = 0; minute < 3; minute++) {
      topology.closeUntil(minute + 1, armed(minute, "aaaa", 900, 0));
    }
    topology.order(open(new ArmSelector("1.4.0", null, "bbbb", null), null, Marker.NONE, 3));
    for (int minute = 3; minute < 12; minute++) {
      topology.closeUntil(minute + 1, armed(minute, "aaaa", 900, 0), armed(minute, "bbbb", 100, 2));
    }

    RolloutView view = topology.view();
    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.version()).isEqualTo("1.4.0 (hash bbbb)");
    assertThat(view.baseline()).isEqualTo("1.4.0 (hash aaaa)");
    assertThat(view.details().canary().hash()).isEqualTo("bbbb");
  }

  /** Argo knows the hash of a pod template and no version. */
  @Test
  void markerWithAHashAlone_isComparedWithTheBusiestOther() {
    for (int minute = 0; minute < 3; minute++) {
      topology.closeUntil(minute + 1, armed(minute, "aaaa", 900, 0));
    }
    topology.order(open(new ArmSelector(null, null, "bbbb", null), null, Marker.NONE, 3));

    RolloutView view = topology.view();
    assertThat(view.version()).isEqualTo("hash bbbb");
    assertThat(view.baseline()).isEqualTo("1.4.0 (hash aaaa)");
  }

  /** The router sends some of the calls of one version into new code, and says so on the spans. */
  @Test
  void armsOfOneVersion_areToldApartByAttribute() {
    for (int minute = 0; minute < 3; minute++) {
      topology.closeUntil(minute + 1, routed(minute, "", 900, 0));
    }
    ArmSelector canary = new ArmSelector(null, null, null, null, Map.of("canary", "true"));
    topology.order(open(canary, null, Marker.NONE, 3));
    for (int minute = 3; minute < 12; minute++) {
      topology.closeUntil(
          minute + 1, routed(minute, "", 900, 0), routed(minute, "+@canary=true", 100, 2));
    }

    RolloutView view = topology.view();
    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.version()).isEqualTo("canary=true");
    assertThat(view.baseline()).isEqualTo("without canary");
    assertThat(view.evidence())
        .filteredOn(claim -> claim.sli().equals("panics"))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.canaryCalls()).isEqualTo(900);
              assertThat(claim.baselineCalls()).isEqualTo(8_100);
              assertThat(claim.baselineEvents()).isZero();
            });
  }

  /**
   * The baseline is the whole version, as a pipeline would name it: the canary is no part of it.
   */
  @Test
  void whatBothSidesMatch_belongsToTheOneThatNamesMore() {
    for (int minute = 0; minute < 3; minute++) {
      topology.closeUntil(minute + 1, routed(minute, "", 900, 0));
    }
    ArmSelector canary = new ArmSelector("1.4.0", null, null, null, Map.of("canary", "true"));
    topology.order(open(canary, ArmSelector.ofVersion("1.4.0"), Marker.NONE, 3));
    for (int minute = 3; minute < 6; minute++) {
      topology.closeUntil(
          minute + 1, routed(minute, "", 900, 0), routed(minute, "+@canary=true", 100, 0));
    }

    assertThat(topology.view().evidence())
        .allSatisfy(claim -> assertThat(claim.baselineCalls()).isEqualTo(2_700));
  }

  /** 1.5.0 was compared with 1.3.0 and with 1.4.0; it comes back beside 1.4.0. */
  @Test
  void markerWithoutABaseline_reopensOneRollout() {
    baseline(0, 2);
    topology.order(
        open(ArmSelector.ofVersion("1.5.0"), ArmSelector.ofVersion("1.3.0"), Marker.NONE, 2));
    String former = topology.view().id();
    topology.order(closed("1.5.0", 2));
    topology.order(
        open(ArmSelector.ofVersion("1.5.0"), ArmSelector.ofVersion("1.4.0"), Marker.NONE, 2));
    String latter = topology.view().id();
    topology.order(closed("1.5.0", 2));
    topology.views();

    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, Marker.NONE, 3));

    assertThat(topology.views())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.id()).isEqualTo(latter).isNotEqualTo(former);
              assertThat(view.closedAt()).isNull();
            });
  }

  /** All at once: the baseline is gone, and what is left is what it did before. */
  @Test
  void withoutABaselineBesideIt_theArchivedOneIsCompared_andItIsSaid() {
    baseline(0, 40);
    for (int minute = 40; minute < 55; minute++) {
      topology.closeUntil(minute + 1);
    }
    topology.order(
        open(ArmSelector.ofVersion("1.5.0"), ArmSelector.ofVersion("1.4.0"), Marker.NONE, 55));
    for (int minute = 55; minute < 65; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.5.0", 900, 3));
    }

    RolloutView view = topology.view();
    assertThat(view.details().control()).isEqualTo("archived");
    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.reason()).contains("the control is archived, not concurrent");
  }

  @Test
  void innocentRelease_againstTheArchive_isNotRolledBack_andTheArchiveIsUsedOnce() {
    for (int minute = 0; minute < 20; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.4.0", 900, 1));
    }
    for (int minute = 20; minute < 35; minute++) {
      topology.closeUntil(minute + 1);
    }
    topology.order(
        open(ArmSelector.ofVersion("1.5.0"), ArmSelector.ofVersion("1.4.0"), Marker.NONE, 35));
    for (int minute = 35; minute < 80; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.5.0", 900, 1));
    }

    RolloutView view = topology.view();
    assertThat(view.verdict()).isNotEqualTo("rollback");
    assertThat(view.evidence())
        .filteredOn(claim -> claim.sli().equals("panics"))
        .singleElement()
        .satisfies(claim -> assertThat(claim.baselineCalls()).isEqualTo(20 * 900.0, within()));
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void closedByMarker_staysClosed_untilItIsOpenedAgain() {
    baseline(0, 2);
    both(2, 5, 0);
    RolloutView open = topology.view();
    Order close =
        new Order(
            "c",
            OrderKind.CLOSE,
            SERVICE,
            null,
            "cd",
            "",
            at(5),
            ArmSelector.ofVersion("1.5.0"),
            null,
            null);
    topology.order(close);
    assertThat(topology.view().closedAt()).isNotNull();

    both(5, 7, 0);
    assertThat(topology.views()).isEmpty();

    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, Marker.NONE, 7));
    RolloutView again = topology.view();
    assertThat(again.id()).isEqualTo(open.id());
    assertThat(again.closedAt()).isNull();
  }

  /** 1.5.0 was promoted over 1.4.0; now it is compared with 1.6.0, which is another question. */
  @Test
  void markerWithAnotherBaseline_isAnotherRollout() {
    baseline(0, 2);
    both(2, 5, 0);
    RolloutView first = topology.view();
    topology.order(
        new Order(
            "c",
            OrderKind.CLOSE,
            SERVICE,
            null,
            "cd",
            "",
            at(5),
            ArmSelector.ofVersion("1.5.0"),
            null,
            null));
    assertThat(topology.view().closedAt()).isNotNull();

    topology.order(
        open(ArmSelector.ofVersion("1.5.0"), ArmSelector.ofVersion("1.6.0"), Marker.NONE, 6));
    assertThat(topology.views())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.id()).isNotEqualTo(first.id());
              assertThat(view.baseline()).isEqualTo("1.6.0");
              assertThat(view.closedAt()).isNull();
            });
  }

  /** Steps of 5, 25, 50 % with one test through all of them; the share is no mismatch. */
  @Test
  void steps_areOneSequentialTest() {
    baseline(0, 2);
    Marker steps = new Marker(null, List.of(0.05, 0.25, 0.5), false, false, null, null, null);
    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, steps, 2));
    long[] canaryCalls = {50, 250, 500};
    for (int minute = 2; minute < 32; minute++) {
      long calls = canaryCalls[(minute - 2) / 10];
      topology.closeUntil(
          minute + 1, api(minute, "1.4.0", 1000 - calls), api(minute, "1.5.0", calls));
    }

    RolloutView view = topology.view();
    assertThat(view.rule()).isNotEqualTo("sample-ratio");
    assertThat(view.evidence().get(0).canaryCalls()).isEqualTo(8000);
  }

  @Test
  void anotherShareThanConfigured_isSaid() {
    baseline(0, 2);
    Marker half = new Marker(0.5, List.of(), false, false, null, null, null);
    topology.order(open(ArmSelector.ofVersion("1.5.0"), null, half, 2));
    for (int minute = 2; minute < 12; minute++) {
      topology.closeUntil(minute + 1, api(minute, "1.4.0", 300), api(minute, "1.5.0", 700));
    }

    assertThat(topology.view().rule()).isEqualTo("sample-ratio");
  }

  /** Two pods die in init before their first call; nobody announced them, no minute is over. */
  @Test
  void crashLoop_isRollbackAtOnce_alsoWithoutACallOrAMarker() {
    baseline(0, 3);
    topology.views();

    topology.observe(crash("1.5.0", "pod-1", at(3) + 1_000));
    assertThat(topology.view().verdict()).isEqualTo("hold");
    topology.observe(crash("1.5.0", "pod-2", at(3) + 2_000));

    RolloutView view = topology.view();
    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.rule()).isEqualTo("init-crash-loop");
    assertThat(view.goPackage()).isEqualTo("github.com/acme/shop/config");
    assertThat(view.version()).isEqualTo("1.5.0");
  }

  /** The same crash is told at once and with its minute: it is one. */
  @Test
  void crashToldTwice_isOne() {
    baseline(0, 3);
    for (int i = 0; i < 5; i++) {
      topology.observe(crash("1.5.0", "pod-1", at(3) + 1_000));
    }

    assertThat(topology.view().verdict()).isEqualTo("hold");
    topology.observe(crash("1.5.0", "pod-1", at(3) + 11_000));
    topology.observe(crash("1.5.0", "pod-1", at(3) + 31_000));
    topology.observe(crash("1.5.0", "pod-1", at(3) + 51_000));
    assertThat(topology.view().rule()).isEqualTo("init-crash-loop");
  }

  /** Told by stderr before they settle: rolled back then, which the ledger says and replays. */
  @Test
  void crashLoop_isRolledBackBeforeItSettles() {
    baseline(0, 3);
    topology.views();
    topology.observe(early("1.5.0", "pod-1", at(3) + 1_000));
    assertThat(topology.view().verdict()).isEqualTo("hold");
    topology.observe(early("1.5.0", "pod-2", at(3) + 2_000));

    assertThat(topology.view().rule()).isEqualTo("init-crash-loop");
    List<String> records = topology.records();
    DecisionRecord decided = SealedRecord.parse(records.get(records.size() - 1)).record();
    assertThat(decided.question().askedBy()).isEqualTo("judge, on a crash that has not settled");
    assertThat(Replay.of(decided).confirms(decided)).isTrue();
  }

  /** It settles under the name that the SDK gives the process, and at another time. */
  @Test
  void crashToldEarlyAndSettled_isOne() {
    baseline(0, 3);
    for (int i = 0; i < 4; i++) {
      topology.observe(early("1.5.0", "pod-1", at(3) + 1_000));
      topology.observe(settled("1.5.0", "pod-1", at(3) + 1_000, "instance-1"));
    }

    assertThat(topology.view().verdict()).isEqualTo("hold");
    topology.observe(early("1.5.0", "pod-1", at(3) + 11_000));
    topology.observe(early("1.5.0", "pod-1", at(3) + 31_000));
    topology.observe(settled("1.5.0", "pod-1", at(3) + 11_000, "instance-2"));
    assertThat(topology.view().verdict()).isEqualTo("hold");
    topology.observe(early("1.5.0", "pod-1", at(3) + 51_000));
    assertThat(topology.view().rule()).isEqualTo("init-crash-loop");
  }

  /** The baseline dies of the same, and stderr says so early as well. */
  @Test
  void crashOfBothVersions_isNoHardStop() {
    baseline(0, 3);
    topology.observe(early("1.5.0", "pod-1", at(3) + 1_000));
    topology.observe(early("1.4.0", "pod-9", at(3) + 1_500));
    topology.observe(early("1.5.0", "pod-2", at(3) + 2_000));

    assertThat(topology.view().verdict()).isEqualTo("hold");
  }

  private static ObservationBlock early(String version, String process, long millis) {
    ObservationBlock.Builder block = settled(version, process, millis, process).toBuilder();
    return block.addEarlyCrash(block.getPanic(0)).clearPanic().build();
  }

  private static ObservationBlock settled(
      String version, String process, long millis, String named) {
    ObservationBlock.Builder block = crash(version, named, millis + 7).toBuilder();
    block.getPanicBuilder(0).setCrashProcess(process).setCrashEpochNanos(millis * 1_000_000);
    return block.build();
  }

  /** The way back is taken: three minutes without harm. */
  @Test
  void recovery_isWatched_afterARollback() {
    baseline(0, 2);
    both(2, 10, 3);
    assertThat(topology.view().details().recovered()).isFalse();
    baseline(10, 14);

    RolloutView view = topology.view();
    assertThat(view.verdict()).isEqualTo("rollback");
    assertThat(view.details().recovered()).isTrue();
    assertThat(view.details().recoverySeconds()).isPositive();
  }

  private static ObservationBlock crash(String version, String process, long millis) {
    return ObservationBlock.newBuilder()
        .addOrigin(
            Origin.newBuilder()
                .setService(SERVICE)
                .setVersion(version)
                .setArm(version)
                .setProcess(process))
        .addPackage("github.com/acme/shop/config")
        .addPanic(
            PanicCount.newBuilder()
                .setInitFailure(true)
                .setFingerprint(7)
                .setTimeEpochNanos(millis * 1_000_000))
        .build();
  }

  private static Order open(
      ArmSelector canary, @Nullable ArmSelector baseline, Marker marker, int minute) {
    return Order.ofDeployment(
        "o" + minute,
        new Order.Deployment(SERVICE, false, canary, baseline, marker),
        "cd",
        "",
        at(minute));
  }

  private void baseline(int from, int until) {
    for (int minute = from; minute < until; minute++) {
      topology.closeUntil(minute + 1, bucket(minute, "1.4.0", 900, 0));
    }
  }

  private void both(int from, int until, long panics) {
    for (int minute = from; minute < until; minute++) {
      topology.closeUntil(
          minute + 1, bucket(minute, "1.4.0", 900, 0), bucket(minute, "1.5.0", 100, panics));
    }
  }

  private static Order closed(String version, int minute) {
    return new Order(
        "c" + minute,
        OrderKind.CLOSE,
        SERVICE,
        null,
        "cd",
        "",
        at(minute),
        ArmSelector.ofVersion(version),
        null,
        null);
  }

  private static SliBucket routed(int minute, String attribute, long calls, long panics) {
    return bucket(minute, "1.4.0", calls, panics).toBuilder().setArm("1.4.0" + attribute).build();
  }

  private static SliBucket armed(int minute, String hash, long calls, long panics) {
    return bucket(minute, "1.4.0", calls, panics).toBuilder()
        .setArm("1.4.0+workload=checkout+hash=" + hash)
        .setPackage(PRICING)
        .build();
  }

  private static SliBucket api(int minute, String version, long calls) {
    return bucket(minute, version, calls, 0).toBuilder().setApiCalls(calls).build();
  }
}
