// SPDX-License-Identifier: Apache-2.0

/**
 * Decides what an operation on an app will do, before anything happens.
 *
 * <p>Start at {@link dev.switchback.plan.Planner}: it takes what the caller has loaded ({@link
 * dev.switchback.plan.PlanInput}) and what is asked for ({@link dev.switchback.plan.PlanRequest}),
 * and answers with a {@link dev.switchback.plan.Plan} and the state it leads to. {@link
 * dev.switchback.plan.Policy} says what an upgrade may change, {@link
 * dev.switchback.plan.PlanTable} shows a plan to a person, {@link dev.switchback.plan.Upgrades}
 * finds the versions an app can go to. Nothing here changes anything, does I/O or reads a clock.
 */
package dev.switchback.plan;
