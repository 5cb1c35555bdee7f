// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

/** What a pipeline may rely on, the same for every command. */
public final class ExitCodes {
  /** Done, valid, or promote. */
  public static final int YES = 0;

  /** The arguments or the input are wrong; standard error says what was expected. */
  public static final int BAD_ARGUMENTS = 2;

  /** No answer: something that was asked is missing or does not respond. */
  public static final int COULD_NOT_ASK = 3;

  /** The verdict is hold. */
  public static final int HOLD = 10;

  /** The verdict is rollback. */
  public static final int ROLLBACK = 20;

  static final String TEXT =
      "Exit codes: 0 yes, 2 bad arguments, 3 could not ask, 10 hold, 20 rollback.";

  private ExitCodes() {}
}
