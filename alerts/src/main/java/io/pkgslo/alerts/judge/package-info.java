// SPDX-License-Identifier: Apache-2.0
/**
 * Evidence to verdict; pure functions.
 *
 * <p>Comes in: looks, one interval of event time with counts and exposures of both arms ({@link
 * io.pkgslo.alerts.judge.Look}), init crashes, and the context of a question. Goes out: a {@link
 * io.pkgslo.alerts.judge.Decision} with its evidence. Can be dropped, and is counted in the state
 * by reason: a look that comes late or twice, events without exposure of one arm, durations of a
 * canary that warms up, counts under unequal sampling.
 *
 * <pre>{@code
 * RolloutJudge judge = new RolloutJudge(Policy.DEFAULT, Opening.of("v1.5.0", "v1.4.0", series));
 * JudgeState state = judge.start();
 * state = judge.next(state, look);             // once per look, in order of event time
 * state = judge.crash(state, initCrash);       // at any moment
 * Decision decision = judge.decide(state, Context.CLEAR.withDataAge(12));
 * }</pre>
 *
 * <p>Beside it: {@link io.pkgslo.alerts.judge.Overdispersion} measures the phi of a look's counts
 * from the baseline's pods, {@link io.pkgslo.alerts.judge.Incident} finds one failure in several
 * services, and {@link io.pkgslo.alerts.judge.JudgeFile} judges files of looks.
 *
 * <p>States are immutable records whose size does not depend on the number of looks. All arithmetic
 * has a fixed order and uses StrictMath, so the same input gives the same bits everywhere.
 */
@NullMarked
package io.pkgslo.alerts.judge;

import org.jspecify.annotations.NullMarked;
