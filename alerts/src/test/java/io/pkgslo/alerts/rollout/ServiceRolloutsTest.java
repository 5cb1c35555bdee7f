// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import static io.pkgslo.alerts.rollout.Minutes.PRICING;
import static io.pkgslo.alerts.rollout.Minutes.SERVICE;
import static io.pkgslo.alerts.rollout.Minutes.at;
import static io.pkgslo.alerts.rollout.Minutes.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.Policy;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.model.wire.ErrorLogExample;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRolloutsTest {
  private final ServiceRollouts rollouts = new ServiceRollouts(RolloutRules.of(Policy.DEFAULT));
  private ServiceState state = ServiceState.initial(SERVICE);
  private final List<Update> updates = new ArrayList<>();

  @Test
  void oneVersion_isNoRollout() {
    minute(0, bucket(0, "1.4.0", 900, 0));

    assertThat(state.rollouts()).isEmpty();
  }

  @Test
  void secondVersion_opensARollout_againstTheBusierOne() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(1, bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));

    RolloutState rollout = state.rollouts().get(0);
    assertThat(rollout.canary().label()).isEqualTo("1.5.0");
    assertThat(rollout.baseline().label()).isEqualTo("1.4.0");
    assertThat(rollout.course().openedMillis()).isEqualTo(at(1));
    assertThat(last().decision().verdict()).isEqualTo(Verdict.HOLD);
  }

  /** Five minutes apart is together, six is not. */
  @Test
  void overlap_isFiveMinutes() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(5, bucket(5, "1.5.0", 100, 0));
    assertThat(state.rollouts()).isEmpty();

    minute(6, bucket(6, "1.4.0", 900, 0));
    assertThat(state.rollouts()).hasSize(1);
  }

  @Test
  void panicsOfTheCanary_endInRollback_namingThePackage() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    for (int i = 1; i <= 7; i++) {
      minute(i, bucket(i, "1.4.0", 900, 0), bucket(i, "1.5.0", 100, 2));
    }

    assertThat(last().decision().verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(last().decision().goPackage()).isEqualTo(PRICING);
    assertThat(last().decision().reason()).contains("12 ").contains("1.5.0").contains("1.4.0");
    assertThat(last().decision().examples())
        .anySatisfy(example -> assertThat(example.stack()).isEqualTo("goroutine 7 [running]:"));
  }

  /** Calls that fail without a panic leave no stack: the verdict shows the traces of their logs. */
  @Test
  void errorsOfTheCanary_endInRollback_withTheTracesOfItsErrorLogs() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    for (int i = 1; i <= 9; i++) {
      minute(i, bucket(i, "1.4.0", 900, 0), failing(bucket(i, "1.5.0", 100, 0)));
    }

    assertThat(last().decision().verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(last().decision().goPackage()).isEqualTo(PRICING);
    assertThat(last().decision().examples())
        .anySatisfy(
            example -> {
              assertThat(example.arm()).isEqualTo(Arm.CANARY);
              assertThat(example.traceId()).isEqualTo("fedcba9876543210fedcba9876543210");
              assertThat(example.stack()).isNull();
            });
  }

  /** Half of the calls fail by themselves, and one log record says so. */
  private static SliBucket failing(SliBucket bucket) {
    SliBucket.Builder failing = bucket.toBuilder();
    failing.getProcessBuilderList().forEach(process -> process.setOwnErrors(25));
    return failing
        .setErrors(50)
        .setOwnErrors(50)
        .addErrorLog(ErrorLogExample.newBuilder().setSeverity(17).setText("no trace"))
        .addErrorLog(
            ErrorLogExample.newBuilder()
                .setSeverity(17)
                .setText("price of nothing")
                .setTraceId("fedcba9876543210fedcba9876543210"))
        .build();
  }

  /** The opening minute chooses what is tested; it must not be evidence too. */
  @Test
  void openingMinute_isNoLook() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(1, bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 50));

    assertThat(last().decision().looks()).isZero();
    assertThat(last().decision().verdict()).isEqualTo(Verdict.HOLD);
  }

  @Test
  void equalPanicRates_areNoEvidence() {
    minute(0, bucket(0, "1.4.0", 900, 9));
    for (int i = 1; i <= 30; i++) {
      minute(i, bucket(i, "1.4.0", 900, 9), bucket(i, "1.5.0", 100, 1));
    }

    assertThat(updates).noneMatch(update -> update.decision().verdict() == Verdict.ROLLBACK);
  }

  @Test
  void rollback_staysLatched_afterThePanicsEnd() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    for (int i = 1; i <= 8; i++) {
      minute(i, bucket(i, "1.4.0", 900, 0), bucket(i, "1.5.0", 100, 3));
    }
    minute(9, bucket(9, "1.4.0", 900, 0), bucket(9, "1.5.0", 5000, 0));

    assertThat(last().decision().verdict()).isEqualTo(Verdict.ROLLBACK);
  }

  @Test
  void silence_closes_andTheSamePairWithinADay_continues() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(1, bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));
    String id = state.rollouts().get(0).id();
    for (int i = 2; i <= 31; i++) {
      minute(i, bucket(i, "1.4.0", 900, 0));
    }
    assertThat(state.rollouts().get(0).course().closedMillis()).isEqualTo(at(31));

    minute(60, bucket(60, "1.4.0", 900, 0), bucket(60, "1.5.0", 100, 0));

    assertThat(state.rollouts())
        .singleElement()
        .satisfies(
            rollout -> {
              assertThat(rollout.id()).isEqualTo(id);
              assertThat(rollout.isOpen()).isTrue();
            });
  }

  /** After a rollback the old version comes back beside the new one: no canary of its own. */
  @Test
  void olderVersion_isNoCanary() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    for (int i = 70; i < 75; i++) {
      minute(i, bucket(i, "1.5.0", 900, 0));
    }
    minute(75, bucket(75, "1.5.0", 900, 0), bucket(75, "1.4.0", 100, 0));

    assertThat(state.rollouts()).isEmpty();
  }

  @Test
  void threeVersions_areTwoRollouts() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(1, bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0), bucket(1, "1.6.0", 100, 0));

    assertThat(state.rollouts())
        .extracting(rollout -> rollout.canary().label())
        .containsExactly("1.5.0", "1.6.0");
  }

  /** Two canary processes that die in init with one stack: at once, whatever alpha says. */
  @Test
  void initCrashLoop_isRollbackAtOnce() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    minute(1, bucket(1, "1.4.0", 900, 0), bucket(1, "1.5.0", 100, 0));
    minute(2, bucket(2, "1.4.0", 900, 0), crash(2, "pod-1"), crash(2, "pod-2"));

    assertThat(last().decision().verdict()).isEqualTo(Verdict.ROLLBACK);
    assertThat(last().decision().rule().id()).isEqualTo("init-crash-loop");
  }

  @Test
  void state_survivesItsCodec_bitForBit() {
    minute(0, bucket(0, "1.4.0", 900, 0));
    for (int i = 1; i <= 5; i++) {
      minute(i, bucket(i, "1.4.0", 900, 1), bucket(i, "1.5.0", 100, 1));
    }
    ServiceState restored = ServiceStateCodec.decode(ServiceStateCodec.encode(state));

    assertThat(restored).isEqualTo(state);
  }

  private static SliBucket crash(int minute, String process) {
    return SliBucket.newBuilder()
        .setService(SERVICE)
        .setVersion("1.5.0")
        .setArm("1.5.0")
        .setPackage("github.com/acme/shop/config/" + process)
        .setStartEpochMillis(at(minute))
        .setInitFailures(1)
        .addExample(
            PanicExample.newBuilder().setFingerprint(7).setInitFailure(true).setProcess(process))
        .build();
  }

  private void minute(int minute, SliBucket... buckets) {
    ServiceRollouts.Step step =
        rollouts.next(state, new ServiceMinute(SERVICE, at(minute), List.of(buckets)), 0);
    state = step.state();
    updates.addAll(step.updates());
  }

  private Update last() {
    return updates.get(updates.size() - 1);
  }
}
