// SPDX-License-Identifier: Apache-2.0
/**
 * What a site has: {@link dev.switchback.model.app.AppState} (the recorded state of an installed
 * template), its {@link dev.switchback.model.app.Build builds}, the {@link
 * dev.switchback.model.app.OperationRecord records} of what happened, the journal entries and the
 * {@link dev.switchback.model.app.Lease} that guards a change.
 */
package dev.switchback.model.app;
