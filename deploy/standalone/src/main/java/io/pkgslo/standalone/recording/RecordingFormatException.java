// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.recording;

import java.io.IOException;

/** A file is not a recording, or is damaged; the message says what and where. */
public final class RecordingFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordingFormatException(String message) {
    super(message);
  }

  RecordingFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
