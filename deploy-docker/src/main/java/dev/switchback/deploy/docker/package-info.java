// SPDX-License-Identifier: Apache-2.0
/** Runs the components of apps as containers of a Docker Engine. */
package dev.switchback.deploy.docker;
