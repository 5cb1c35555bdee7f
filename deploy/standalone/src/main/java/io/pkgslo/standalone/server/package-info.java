// SPDX-License-Identifier: Apache-2.0
/**
 * The three services and what surrounds them in one process: before it, settings of a command;
 * after it, a broker, the services behind one HTTP port, and the OTLP receiver.
 */
@NullMarked
package io.pkgslo.standalone.server;

import org.jspecify.annotations.NullMarked;
