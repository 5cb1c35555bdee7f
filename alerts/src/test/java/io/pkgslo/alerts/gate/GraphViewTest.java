// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pkgslo.model.wire.CallerEdge;
import io.pkgslo.model.wire.SubjectState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphViewTest {
  private final List<SubjectState> subjects = new ArrayList<>();

  private void calls(String version, String callee, String caller, long calls, long errors) {
    subjects.add(
        SubjectState.newBuilder()
            .setService("shop")
            .setVersion(version)
            .setPackage(callee)
            .addCaller(
                CallerEdge.newBuilder()
                    .setService("shop")
                    .setPackage(caller)
                    .setCalls(calls)
                    .setErrors(errors)
                    .setSelfNanos(500_000_000)
                    .setExampleTraceId(errors > 0 ? "f" + version : "o" + version))
            .build());
  }

  /** db is called by cart and user; these by web; web by itself and by db (a callback). */
  @Test
  void callers_areDirectThenIndirect_eachOnce() {
    calls("v1", "db", "cart", 10, 0);
    calls("v1", "db", "user", 20, 0);
    calls("v1", "cart", "web", 5, 0);
    calls("v1", "user", "web", 6, 0);
    calls("v1", "web", "web", 1, 0);
    calls("v1", "web", "db", 1, 0);

    assertThat(new GraphView(subjects).callersOf("shop", "db"))
        .extracting(
            GraphView.Caller::goPackage,
            GraphView.Caller::hops,
            caller -> caller.callee().goPackage(),
            GraphView.Caller::calls)
        .containsExactly(
            tuple("user", 1, "db", 20L), tuple("cart", 1, "db", 10L), tuple("web", 2, "user", 6L));
  }

  @Test
  void versions_areAddedUp_andAFailedCallIsTheExample() {
    calls("v1", "db", "cart", 10, 0);
    calls("v2", "db", "cart", 3, 2);
    calls("v3", "db", "cart", 1, 0);

    assertThat(new GraphView(subjects).callersOf("shop", "db"))
        .containsExactly(
            new GraphView.Caller(
                "shop", "cart", 1, new GraphView.Node("shop", "db"), 14, 2, 1.5, "fv2"));
  }

  @Test
  void unknownPackage_hasNoCallers() {
    calls("v1", "db", "cart", 10, 0);
    assertThat(new GraphView(subjects).callersOf("shop", "cart")).isEmpty();
    assertThat(new GraphView(subjects).callersOf("other", "db")).isEmpty();
  }
}
