// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Asks at the end of every integration test, which is one whose class is called {@code *IT}, for
 * the accounts of what ran in it. JUnit finds it by itself, see {@code META-INF/services}: a new
 * test that neither holds anything to its account nor says why not ({@link NothingReceived}) fails.
 */
public final class AccountsExtension implements AfterEachCallback {
  private static final String INTEGRATION_TEST = "IT";

  @Override
  public void afterEach(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    if (!type.getName().endsWith(INTEGRATION_TEST)) {
      return;
    }
    // A test that has failed was left somewhere in its midst.
    if (context.getExecutionException().isPresent()) {
      Accounts.forget();
    } else {
      Accounts.end(
          type.getSimpleName() + "." + context.getDisplayName(),
          isExempt(context.getRequiredTestMethod()) || isExempt(type));
    }
  }

  private static boolean isExempt(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, NothingReceived.class).isPresent();
  }
}
