// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.throughput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of the JVM's compiler threads in this process, from Linux' /proc; 0 elsewhere. They must
 * not come and go: -XX:-UseDynamicNumberOfCompilerThreads.
 */
final class CompilerThreads {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** Field 14 of stat is user time, field 15 system time; counted after the name, which is 2. */
  private static final int USER_TIME = 14 - 3;

  private static final int SYSTEM_TIME = 15 - 3;

  /** Linux gives the unit to programs as 1/100 s, whatever the kernel's own is. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private CompilerThreads() {}

  static long cpuNanos() {
    long ticks = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        ticks += ticks(task);
      }
    } catch (IOException e) {
      return 0;
    }
    return ticks * NANOS_PER_TICK;
  }

  private static long ticks(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"), StandardCharsets.UTF_8);
      int name = stat.lastIndexOf(')');
      if (!stat.substring(0, name).contains("CompilerThre")) {
        return 0;
      }
      String[] fields = stat.substring(name + 2).split(" ");
      return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    } catch (IOException e) {
      // The thread has ended meanwhile.
      return 0;
    }
  }
}
