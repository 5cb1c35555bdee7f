// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.NullMarked;
