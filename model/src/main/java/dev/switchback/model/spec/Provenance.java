// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * Where a component comes from. Nothing at run time depends on it.
 *
 * <p>Source: the RAM fields named below, on {@code apps[]}.
 *
 * @param serviceId the id of the component it was published from, {@code service_id}; may be empty
 * @param category {@code category}; may be empty
 * @param language {@code language}; may be empty
 * @param source {@code service_source}, such as {@code docker_run}; may be empty
 * @param type {@code service_type}: {@code application}, {@code vm}, {@code third_party}, …; may be empty
 * @param shareType {@code share_type}: {@code image} or {@code slug}; may be empty
 * @param sourceImage the image before publishing, {@code image}; may be empty
 * @param region {@code service_region}; may be empty
 * @param tenant {@code tenant_id}; may be empty
 * @param repository {@code git_url}; may be empty
 * @param creator RAM: {@literal creater}; may be empty
 * @param serviceName {@code service_name}; may be empty
 */
public record Provenance(
    String serviceId,
    String category,
    String language,
    String source,
    String type,
    String shareType,
    String sourceImage,
    String region,
    String tenant,
    String repository,
    String creator,
    String serviceName)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Provenance {
    requireNonNull(serviceId, "serviceId");
    requireNonNull(category, "category");
    requireNonNull(language, "language");
    requireNonNull(source, "source");
    requireNonNull(type, "type");
    requireNonNull(shareType, "shareType");
    requireNonNull(sourceImage, "sourceImage");
    requireNonNull(region, "region");
    requireNonNull(tenant, "tenant");
    requireNonNull(repository, "repository");
    requireNonNull(creator, "creator");
    requireNonNull(serviceName, "serviceName");
  }

  /** Returns the empty text, the provenance is an only child. */
  @Override
  public String key() {
    return "";
  }

  /** Returns the provenance that says nothing. */
  public static Provenance unknown() {
    return new Provenance("", "", "", "", "", "", "", "", "", "", "", "");
  }
}
